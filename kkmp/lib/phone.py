"""Telephone numbers: kept as E.164 (``+6281897825707``), shown as people dial them.

They are not unique: families share one.
"""

import re
from urllib.parse import quote

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from kkmp.lib.errors import DomainError

#: Indonesian mobiles: +628 and 7 to 11 digits more. Operators get new prefixes faster than the
#: library learns of them, so only the length is held against a mobile.
_MOBILE = re.compile(r"628[0-9]{7,11}")

#: Marks of writing direction that come along when a number is copied from a chat.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class PhoneError(DomainError):
    """The text is no telephone number; the message is fit to show."""


def parse_phone(text: str | float | int | None) -> str | None:
    """Read a number as typed or kept in a spreadsheet, as E.164; None for a blank.

    ``0818-9782-5707``, ``+62 818-9782-5707``, ``6281897825707`` and ``81897825707`` (its zero
    lost in a spreadsheet) are the same. Landlines need their area code; numbers of other
    countries their ``+`` and country code.

    :raises PhoneError: it cannot be dialled
    """
    written = _as_text(text)
    if written in {"", "-", "–", "—"}:
        return None
    if not re.fullmatch(r"\+?[0-9\s().\-–/]+", written):
        raise _undiallable()
    digits = re.sub(r"[^0-9]", "", written)
    if written.startswith("+") and not digits.startswith("62"):
        return _diallable("+" + digits)
    national = re.sub(r"^(00)?62", "", digits).lstrip("0")
    if national.startswith("8"):
        if not _MOBILE.fullmatch("62" + national):
            raise _undiallable()
        return "+62" + national
    return _diallable("+62" + national)


def format_phone(phone: str) -> str:
    """``0818-9782-5707``; a landline ``(024) 7471234``; foreign numbers with ``+``."""
    number = _parsed(phone)
    if number.country_code != 62:
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    if _MOBILE.fullmatch(wa_me(phone)):
        national = f"0{number.national_number}"
        return "-".join(filter(None, (national[:4], national[4:8], national[8:])))
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def wa_me(phone: str) -> str:
    """The digits for a ``https://wa.me/`` link: ``6281897825707``."""
    return phone.removeprefix("+")


def wa_link(phone: str, text: str) -> str:
    """Opens WhatsApp with a text ready to be sent; without a number it asks to whom."""
    return f"https://wa.me/{wa_me(phone)}?text={quote(text)}"


def wa_link_of(phone: str, text: str) -> str:
    """Opens WhatsApp at somebody's number with a text; empty where it is missing or a landline."""
    is_landline = phone.startswith("+62") and not phone.startswith("+628")
    return wa_link(phone, text) if phone and not is_landline else ""


def _as_text(text: str | float | int | None) -> str:
    if text is None:
        return ""
    if isinstance(text, float):
        return str(int(text)) if text.is_integer() else repr(text)
    return _INVISIBLE.sub("", str(text)).strip().strip("'\"’").strip()


def _diallable(phone: str) -> str:
    number = _parsed(phone)
    if not phonenumbers.is_valid_number(number):
        raise _undiallable()
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _parsed(phone: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(phone, "ID")
    except NumberParseException as error:
        raise _undiallable() from error


def _undiallable() -> PhoneError:
    return PhoneError(_("Write the phone number like 0812-3456-7890, landlines with area code."))
