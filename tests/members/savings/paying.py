"""Money that people of a furnished cooperative pay in."""

from kkmp.access.permissions import Role
from kkmp.lib.ids import new_id
from members.models import Member, SavingsEntry, SavingsKind
from members.savings.services import savings
from tests.guards.side import OCTOBER, Side


def deposit(side: Side, member: Member, kind: str, amount_idr: int) -> SavingsEntry:
    return savings.deposit(
        member=member,
        kind=SavingsKind.objects.of(side.cooperative).get(code=kind),
        amount_idr=amount_idr,
        key=new_id(),
        on=OCTOBER,
        by=side.staff[Role.TREASURER],
    )
