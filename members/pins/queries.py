"""What is known of members' PINs; never the PIN itself."""

from django.db.models import QuerySet

from kkmp.registry.models import Cooperative
from members.pins.models import MemberPin
from members.register.models import Member


def in_force(cooperative: Cooperative) -> QuerySet[MemberPin]:
    """The PINs that members can pay with now, blocked ones among them."""
    return MemberPin.objects.of(cooperative).filter(ended_on=None)


def history(member: Member) -> QuerySet[MemberPin]:
    """Each time that a PIN was set for a member, the latest first."""
    rows = MemberPin.objects.of(member.cooperative_id).filter(member=member)
    return rows.select_related("set_by").order_by("-set_at", "-id")
