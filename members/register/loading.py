"""The person whom an address names."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from kkmp.access.api import ApiRequest
from kkmp.access.web import CoopRequest
from members.register.models import Member


def member_of(request: CoopRequest | ApiRequest, member_id: UUID) -> Member:
    """The person on the register, with the cooperative in hand, so that nothing fetches it again.

    :raises Http404: the cooperative has no such person
    """
    member = get_object_or_404(Member.objects.of(request.cooperative), id=member_id)
    member.cooperative = request.cooperative
    return member
