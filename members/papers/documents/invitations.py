"""The address of a member's own page, and the text that goes with it, in Indonesian."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from rest_framework.request import Request

from kkmp.lib.languages import in_indonesian
from kkmp.lib.periods import business_day, format_date
from kkmp.lib.phone import wa_link
from members.papers.models import MemberLink
from members.papers.services import links


@dataclass(frozen=True, slots=True)
class Invitation:
    """:param whatsapp: opens WhatsApp with the text ready to be sent"""

    address: str
    text: str
    whatsapp: str


def invitation_for(link: MemberLink, request: HttpRequest | Request) -> Invitation:
    """
    :param request: whose host the address is on
    """
    path = reverse("own:page", args=[link.cooperative.code, links.token(link)])
    address = request.build_absolute_uri(path)
    with in_indonesian():
        until = format_date(business_day(link.expires_at))
    text = (
        f"Yth. {link.member.name}, ini halaman Anda di {link.cooperative.name}: simpanan, "
        f"belanja, dan bagian SHU.\n\n{address}\n\nBisa dibuka sampai {until}. Tautan ini hanya "
        "untuk Anda; jangan diteruskan kepada orang lain."
    )
    return Invitation(address, text, wa_link(link.member.phone, text))
