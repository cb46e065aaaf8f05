"""Quantities of goods: at most three decimals, written with a decimal comma."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.money import decimal_mark, group_thousands

#: As many places as the database keeps.
PLACES = Decimal("0.001")
#: Quantities are below this, in the database too.
LIMIT = Decimal(10**9)


class QuantityError(DomainError):
    """The text cannot be read as a quantity; the message is fit to show."""


def format_quantity(quantity: Decimal | int) -> str:
    """``125,5``, ``1.250``, ``0,25``: no trailing zeros; for English readers ``1,250.5``.

    :raises ValueError: it has more than three decimals
    """
    sign, whole, decimals = _parts(quantity)
    return f"{sign}{group_thousands(int(whole))}{decimal_mark() if decimals else ''}{decimals}"


def write_quantity(quantity: Decimal | int) -> str:
    """``1250,5`` in a box that is read again: whatever it is of, and in any language."""
    sign, whole, decimals = _parts(quantity)
    return f"{sign}{whole}{',' if decimals else ''}{decimals}"


def _parts(quantity: Decimal | int) -> tuple[str, str, str]:
    exact = Decimal(quantity)
    whole, _point, decimals = f"{abs(exact):.3f}".partition(".")
    if Decimal(f"{whole}.{decimals}") != abs(exact):
        raise ValueError("a quantity has at most three decimals")
    return "-" if exact < 0 else "", whole, decimals.rstrip("0")


def parse_quantity(
    text: str | int | float | Decimal, *, is_weighed: bool | None = False
) -> Decimal:
    """Read a quantity as it is typed here or kept in a spreadsheet.

    A comma starts decimals (``125,5``), and so does a single dot (``125.5``, ``0.250``) unless it
    stands where thousands are parted: ``1.250`` is 1250 of what is counted, and one and a quarter
    of what is weighed, as scales show it. Two dots part thousands in any case. A float that a
    spreadsheet's arithmetic has left a hair off is set right. The result has three places, as the
    database keeps it.

    :param is_weighed: what it is of; None where that is not known: ``1.250`` is refused then
    :raises QuantityError: with a message that says what to write instead
    """
    exact = _read(text, is_weighed) if isinstance(text, str) else _exact(text)
    if exact.is_nan():
        raise _unreadable()
    if abs(exact) >= LIMIT:
        raise QuantityError(_("This quantity is too large to be right."))
    places = exact.quantize(PLACES)
    if exact != places:
        raise QuantityError(_("Write at most three decimals."))
    return places


def parse_quantity_or_none(
    text: str | int | float | Decimal | None, *, is_weighed: bool | None = False
) -> Decimal | None:
    """Like :func:`parse_quantity`, and None for a blank: nothing, ``-`` or ``–``.

    :raises QuantityError: it is not blank and cannot be read
    """
    if text is None or (isinstance(text, str) and text.strip() in {"", "-", "–", "—"}):
        return None
    return parse_quantity(text, is_weighed=is_weighed)


_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)


def _read(text: str, is_weighed: bool | None) -> Decimal:
    written = text.strip().strip("'\"").strip()
    sign = -1 if written[:1] in {"-", "−"} else 1
    written = written[1:].strip() if sign < 0 else written
    if len(written) > 20:
        raise _unreadable()
    if is_weighed is not False and _ONE_DOT.fullmatch(written):
        if is_weighed is None:
            raise _two_ways(written)
        return sign * Decimal(written)
    if _THOUSANDS.fullmatch(written):
        return sign * Decimal(written.replace(".", "").replace(",", "."))
    if _DECIMAL.fullmatch(written):
        return sign * Decimal(written.replace(",", "."))
    raise _unreadable()


def _exact(number: object) -> Decimal:
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        raise _unreadable()
    if not isinstance(number, float):
        return Decimal(number)
    near = Decimal(repr(round(number, 3)))
    return near if abs(number - float(near)) < 1e-7 else Decimal(repr(number))


def _two_ways(written: str) -> QuantityError:
    return QuantityError(
        _("This can be read in two ways: write %(many)s or %(few)s.")
        % {
            "many": written.replace(".", ""),
            "few": write_quantity(Decimal(written)) + (",0" if written.endswith("000") else ""),
        }
    )


def _unreadable() -> QuantityError:
    return QuantityError(_("Write the quantity as a number, like 12 or 125,5."))
