"""What the shop shows on a member's page: what the member owes."""

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.lib.clock import business_today
from members.register.models import Member
from members.register.panels import Panel
from shops.credit import queries


def credit(request: CoopRequest, member: Member) -> Panel | None:
    """The member's credit; nothing of it where there is none and none can be given."""
    if Permission.PAYMENTS_READ not in request.permissions:
        return None
    account = queries.account(member, on=business_today())
    may_give = Permission.CREDIT_WRITE in request.permissions and member.is_active
    if not account.limit_idr and not account.owed_idr and not may_give:
        return None
    return Panel("shops/credit/_credit_panel.html", {"account": account, "may_give": may_give})
