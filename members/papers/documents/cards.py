"""Membership cards: what stands on them, what their QR code says, and the files.

They are Indonesian, whatever language the pages are read in. The QR code holds the cooperative
and the member number, never the NIK.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kkmp.lib import documents
from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present
from kkmp.lib.languages import in_indonesian
from kkmp.lib.periods import format_date
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative
from members.register.models import Category, Member
from members.register.numbers import member_number
from members.register.services import leaving_open

#: Cards on a sheet of A4.
CARDS_A_SHEET = 10
#: Cards in one file; more come as several files.
CARDS_A_FILE = 200

_PAYLOAD = re.compile(r"KKMP:([0-9A-Z-]{1,10}):([0-9]{4,9})", re.ASCII)


class CardRefused(DomainError):
    """No card may be made; the message says why."""


def payload(member: Member) -> str:
    """What the QR code of a member's card says: ``KKMP:3374111002:0012``.

    Capitals, digits and colons only, which a QR code holds in few and large squares.
    """
    return f"KKMP:{member.cooperative.code.upper()}:{member_number(member.number)}"


def read(text: str) -> tuple[str, int] | None:
    """A cooperative's code and a member number, of what :func:`payload` gave; else None."""
    found = _PAYLOAD.fullmatch(text.strip().upper())
    return (found[1].lower(), int(found[2])) if found else None


def refuse_cardless(member: Member) -> None:
    """
    :raises CardRefused: no member yet, no member any more, or about to be none
    """
    leaving = leaving_open.reasons_by_member(member.cooperative_id, [member.id])
    if leaving:
        raise CardRefused(leaving[member.id])
    if not member.is_active:
        raise CardRefused(
            _("%(name)s is not an active member, so there is no card.") % {"name": member.name}
        )


def undrawn(members: Iterable[Member]) -> list[tuple[str, str]]:
    """Names with letters that stand on a card as empty boxes, and which."""
    return documents.undrawn_in([member.name for member in members])


def pdf(member: Member) -> bytes:
    """One card as PDF, 85.6 × 54 mm.

    :raises CardRefused: as :func:`refuse_cardless`
    """
    refuse_cardless(member)
    return documents.render("members/papers/card.typ", _data(member.cooperative, [member]))


def image(member: Member) -> bytes:
    """One card as PNG, 300 dots an inch.

    :raises CardRefused: as :func:`refuse_cardless`
    """
    refuse_cardless(member)
    return documents.render_png("members/papers/card.typ", _data(member.cooperative, [member]))


def sheets(cooperative: Cooperative, members: Iterable[Member]) -> bytes:
    """Cards of several members on A4, ten a page with cut marks; others are left out.

    :raises CardRefused: nobody among them is an active member
    """
    active = [member for member in members if member.is_active]
    leaving = leaving_open.reasons_by_member(cooperative.pk, [member.id for member in active])
    active = [member for member in active if member.id not in leaving]
    if not active:
        raise CardRefused(
            _("There is nobody to print a card for. Tick somebody, or search for others.")
        )
    return documents.render("members/papers/cards_a4.typ", _data(cooperative, active))


def _data(cooperative: Cooperative, members: list[Member]) -> dict[str, Any]:
    with in_indonesian():
        return {
            "cooperative": cooperative.name,
            "logo": documents.picture("logo.svg"),
            "pattern": documents.picture("kawung.svg"),
            "demo": registry.is_demo(),
            "cards": [_card(cooperative, member) for member in members],
        }


def _card(cooperative: Cooperative, member: Member) -> dict[str, str]:
    joined_on = present(member.joined_on, "only members have a card")
    member.cooperative = cooperative
    ordinary = member.category == Category.ORDINARY
    return {
        "name": member.name,
        "number": member_number(member.number),
        "since": format_date(joined_on),
        "title": "KARTU ANGGOTA" if ordinary else "KARTU ANGGOTA LUAR BIASA",
        "qr": documents.qr_svg(payload(member)),
    }
