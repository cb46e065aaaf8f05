"""The text of a QRIS code: fields of a tag, a length and a value, closed by a checksum (EMVCo)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError

_RUPIAH, _INDONESIA = "360", "ID"


class QrisRefused(DomainError):
    """This is no code that a shop can show; the message is fit to show."""


@dataclass(frozen=True, slots=True)
class Merchant:
    """The merchant whom a QRIS code pays."""

    name: str
    city: str


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, begins with FFFF) as four hexadecimal digits."""
    value = 0xFFFF
    for byte in text.encode():
        value ^= byte << 8
        for _bit in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return f"{value:04X}"


def tidied(text: str) -> str:
    """The code without the line breaks that copying leaves; spaces within names stay."""
    return "".join(text.splitlines()).strip()


def read(text: str) -> Merchant:
    """The merchant whom a static QRIS code pays.

    :param text: of :func:`tidied`
    :raises QrisRefused: it is no QRIS code, it was copied wrong, or it is of one payment only
    """
    fields = _fields(text)
    if fields.get("00") != "01" or list(fields)[-1:] != ["63"]:
        raise QrisRefused(_("This is not the text of a QRIS code. It begins with 000201."))
    if fields["63"].upper() != crc(text[:-4]):
        raise QrisRefused(_("Something is missing or wrong in this text. Copy it once more."))
    if fields.get("53") != _RUPIAH or fields.get("58") != _INDONESIA:
        raise QrisRefused(_("This code is not for payments in rupiah in Indonesia."))
    if fields.get("01") == "12" or "54" in fields:
        raise QrisRefused(
            _("This code is for one payment only. Use the one on the shop's printed card.")
        )
    return Merchant(name=fields.get("59", ""), city=fields.get("60", ""))


def _fields(text: str) -> dict[str, str]:
    """Values by tag, in their order; empty where the text does not come out even."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (length.isascii() and length.isdigit()) or tag in found:
            return {}
        value = text[at + 4 : at + 4 + int(length)]
        if len(value) < int(length):
            return {}
        found[tag] = value
        at += 4 + int(length)
    return found
