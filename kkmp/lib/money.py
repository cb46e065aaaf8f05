"""Whole rupiah: reading what people type, writing it, rounding once, sharing without loss.

Amounts are ``int`` and their names end in ``_idr``. There are no fractions of a rupiah and no
floats; a spreadsheet's ``100000.0`` is read as the whole number it stands for.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError

#: The largest amount that is read. More than a thousand trillion is a typing mistake, and
#: sums of amounts up to here stay far within 64 bits.
MAX_IDR = 10**15


class MoneyError(DomainError):
    """The amount cannot be read as rupiah, or cannot be shared; the message is fit to show."""


def format_rupiah(amount_idr: int) -> str:
    """``Rp1.250.000``, below zero ``-Rp1.250.000``; for English readers ``Rp 1,250,000``."""
    sign = "-" if amount_idr < 0 else ""
    space = "\u00a0" if is_english() else ""
    return f"{sign}Rp{space}{group_thousands(abs(amount_idr))}"


def group_thousands(number: int) -> str:
    """``1.250.000``; for English readers ``1,250,000``."""
    return f"{number:,d}" if is_english() else write_thousands(number)


def write_thousands(number: int) -> str:
    """``1.250.000`` in a box that is read again: what is typed has one grammar in any language."""
    return f"{number:,d}".replace(",", ".")


def decimal_mark() -> str:
    """What starts the decimals of a number, for whoever reads."""
    return "." if is_english() else ","


def is_english() -> bool:
    """Whether what is written now is for English readers."""
    return (get_language() or "").startswith("en")


def parse_rupiah(text: str | int | float | Decimal) -> int:
    """Read an amount as people type it or spreadsheets keep it.

    Dots part thousands and a comma starts decimals, so ``1.250`` is 1250. Understood:
    ``1250000``, ``1.250.000``, ``Rp1.250.000,00``, ``Rp 100.000,-``, ``-Rp5.000``,
    ``(5.000)`` as negative, and ``1,25 jt``, ``1,25 juta``, ``1.5 jt``, ``500rb``,
    ``500 ribu``, ``50k``, ``2 miliar``. The English ``1,250,000``, ``1,250.00`` and
    ``1250.00`` are understood because they cannot mean anything else.

    Refused, rather than wrong by a factor of a thousand: ``1,250`` and ``1.250 jt``, which
    two people read in two ways; fractions of a rupiah; amounts above :data:`MAX_IDR`; blanks
    (see :func:`parse_rupiah_or_none`).

    :raises MoneyError: with a message that says what to write instead
    """
    amount = _read(text) if isinstance(text, str) else text
    if isinstance(amount, bool) or not isinstance(amount, int | float | Decimal | Fraction):
        raise _unreadable()
    if amount.is_nan() if isinstance(amount, Decimal) else amount != amount:
        raise _unreadable()
    if not -MAX_IDR <= amount <= MAX_IDR:
        raise MoneyError(_("This amount is too large to be right."))
    whole = round(amount)
    # A spreadsheet's arithmetic leaves floats like 59850.00000000001.
    if amount != whole and not (isinstance(amount, float) and abs(amount - whole) < 1e-6):
        raise MoneyError(_("Write whole rupiah, without cents."))
    return whole


def parse_rupiah_or_none(text: str | int | float | Decimal | None) -> int | None:
    """Like :func:`parse_rupiah`, and None for a blank: nothing, ``-``, ``–`` or ``Rp -``.

    :raises MoneyError: it is not blank and cannot be read
    """
    if text is None or (isinstance(text, str) and _BLANK.fullmatch(text)):
        return None
    return parse_rupiah(text)


def round_half_up(value: Decimal | Fraction) -> int:
    """The nearest whole number; a half goes away from zero, as people round on paper."""
    numerator, denominator = value.as_integer_ratio()
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def line_total_idr(quantity: Decimal, price_idr: int) -> int:
    """Quantity times price, rounded once, half up."""
    return round_half_up(Fraction(quantity) * price_idr)


def share_of_value(value_idr: int, part: Decimal, whole: Decimal) -> int:
    """What ``part`` is worth when ``whole`` is worth ``value_idr``; the moving-average cost.

    Taking all of it takes all of the value, so that nothing is left over when stock runs out.

    :raises ValueError: ``whole`` is not above zero
    """
    if whole <= 0:
        raise ValueError("nothing to take a share of")
    return round_half_up(value_idr * Fraction(part) / Fraction(whole))


def split_largest_remainder(total_idr: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Share a total by weight without losing a rupiah.

    Each share is rounded towards zero; what is then missing goes, a rupiah each, to the largest
    remainders, the earlier of two equal ones first. The shares add up to the total, a weight
    of zero gets nothing, and a negative total is shared like the positive one, with its sign.

    :raises MoneyError: no weight is above zero, or one is below
    """
    exact = [Fraction(weight) for weight in weights]
    total_weight = sum(exact)
    if total_weight <= 0 or min(exact) < 0:
        raise MoneyError(_("There is nobody to share this amount among."))
    ideal = [abs(total_idr) * weight / total_weight for weight in exact]
    shares = [int(share) for share in ideal]
    by_remainder = sorted(range(len(ideal)), key=lambda at: shares[at] - ideal[at])
    for at in by_remainder[: abs(total_idr) - sum(shares)]:
        shares[at] += 1
    return shares if total_idr >= 0 else [-share for share in shares]


_BLANK = re.compile(r"\s*(rp\.?|idr)?\s*[-–—]?\s*", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<minus>[-−])?\s*(?:rp\.?|idr)?\s*(?P<minus_inside>[-−])?\s*"
    r"(?P<number>\d[\d.,\s]*?)(?:[.,]\s?[-–—=]{1,2})?\s*(?P<unit>[a-z]+)?\.?\s*(?P<close>\))?",
    re.IGNORECASE | re.ASCII,
)
_UNITS = {
    "k": 10**3,
    "rb": 10**3,
    "ribu": 10**3,
    "jt": 10**6,
    "juta": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
}
_PLAIN = re.compile(r"\d+(?:,\d{1,2})?", re.ASCII)
_INDONESIAN = re.compile(r"\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*(?:,\d{1,2})?", re.ASCII)
_ENGLISH = re.compile(
    r"\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d{1,2})?|,\d{3}\.\d{1,2})|\d{4,}\.\d{1,2}", re.ASCII
)
_WITH_UNIT = re.compile(r"\d+(?:,\d+|\.\d{1,2})?", re.ASCII)


def _read(text: str) -> Fraction:
    if len(text) > 60:
        raise _unreadable()
    written = " ".join(text.split()).strip("'\"").strip()
    match = _AMOUNT.fullmatch(written)
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise _unreadable()
    minuses = [match["open"], match["minus"], match["minus_inside"]]
    if sum(map(bool, minuses)) > 1:
        raise _unreadable()
    amount = _number(match["number"], match["unit"])
    return -amount if any(minuses) else amount


def _number(number: str, unit: str | None) -> Fraction:
    if unit is not None:
        if unit.lower() not in _UNITS:
            raise _unreadable()
        if not _WITH_UNIT.fullmatch(number):
            raise _two_ways()
        return Fraction(number.replace(",", ".")) * _UNITS[unit.lower()]
    if _PLAIN.fullmatch(number) or _INDONESIAN.fullmatch(number):
        return Fraction(re.sub("[. ]", "", number).replace(",", "."))
    if _ENGLISH.fullmatch(number):
        return Fraction(number.replace(",", ""))
    if re.fullmatch(r"\d{1,3},\d{3}", number):
        raise _two_ways()
    raise _unreadable()


def _two_ways() -> MoneyError:
    return MoneyError(_("This amount can be read in two ways; write it in full, like 1.250.000."))


def _unreadable() -> MoneyError:
    return MoneyError(_("Write the amount in whole rupiah, like 1.250.000."))
