"""Finding active members at a desk or a till."""

from contextlib import suppress

from django.db.models import Q

from kkmp.lib.phone import PhoneError, parse_phone
from kkmp.registry.models import Cooperative
from members.register.models import Member, Status

#: More people than this in an answer help nobody at a till.
MEMBERS_FOUND = 8


def find_members(cooperative: Cooperative, text: str) -> list[Member]:
    """Active members by number, name or phone; their number and name are loaded, no more."""
    text = text.strip()
    if not text:
        return []
    asked = Q(*(Q(name__icontains=word) for word in text.split()))
    digits = text.lstrip("#").lstrip("0")
    if digits.isdecimal() and len(digits) < 9:
        asked |= Q(number=int(digits))
    with suppress(PhoneError):
        asked |= Q(phone=parse_phone(text) or text)
    return list(
        Member.objects.of(cooperative)
        .with_status(Status.ACTIVE)
        .filter(asked)
        .only("cooperative_id", "number", "name")
        .order_by("name", "id")[:MEMBERS_FOUND]
    )
