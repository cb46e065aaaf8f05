"""A cooperative of the demo and the people who act for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from kkmp.access.models import User
from kkmp.lib.periods import JAKARTA
from kkmp.registry.models import Cooperative
from members.register.models import Member, Status
from members.savings.models import SavingsKind, SavingsRole

_NAMESPACE = UUID("0199c0de-0000-7000-8000-000000000178")


@dataclass(frozen=True, slots=True)
class Story:
    """A cooperative and the people who act for it, each in a role of their own."""

    cooperative: Cooperative
    members: Sequence[Member]
    #: Principal and mandatory savings of all members at the beginning.
    capital_idr: int
    last: date
    clerk: User
    treasurer: User
    chair: User

    def before(self, days: int) -> date:
        """The day that lies so many days before the demo's last one."""
        return self.last - timedelta(days=days)

    def at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), JAKARTA)

    def key(self, act: str) -> UUID:
        """The idempotency key of an act, which is the same at every load of the demo."""
        return uuid5(_NAMESPACE, f"{self.cooperative.code} {act}")

    def kind(self, role: SavingsRole) -> SavingsKind:
        return SavingsKind.objects.of(self.cooperative).filter(role=role).order_by("position")[0]


def leads(story: Story) -> list[Member]:
    rows = Member.objects.of(story.cooperative).with_status(Status.LEAD)
    return list(rows.select_related("cooperative").order_by("applied_on", "name", "id")[:5])
