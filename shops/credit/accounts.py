"""How one member stands on a day, reckoned from what is owed and open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from members.register.models import Member
from shops.credit import ageing
from shops.credit.ageing import Ages, Open
from shops.credit.models import CreditTerms


@dataclass(frozen=True, slots=True)
class Account:
    """How one member stands on a day.

    :param owed_idr: by the books; below zero the shop owes the member
    :param overdue_days: whoever is later than this buys nothing more on credit
    """

    member: Member
    terms: CreditTerms | None
    owed_idr: int
    open: Sequence[Open]
    on: date
    overdue_days: int

    @property
    def limit_idr(self) -> int:
        return self.terms.limit_idr if self.terms else 0

    @property
    def free_idr(self) -> int:
        return max(self.limit_idr - self.owed_idr, 0)

    @property
    def ages(self) -> Ages:
        return ageing.ages(self.open, on=self.on)

    @property
    def older_idr(self) -> int:
        """What has been open for more than thirty days."""
        return self.ages.total_idr - self.ages.fresh_idr

    @property
    def too_much_idr(self) -> int:
        """What the shop owes the member."""
        return max(-self.owed_idr, 0)

    @property
    def overdue_idr(self) -> int:
        return ageing.overdue_idr(self.open, on=self.on)

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more is sold on credit before what is long overdue is paid."""
        return self.owed_idr > 0 and self.days_overdue > self.overdue_days

    @property
    def oldest_due(self) -> date | None:
        return ageing.oldest_due(self.open)

    @property
    def days_overdue(self) -> int:
        """Days since the oldest open part should have been paid; zero where nothing is late."""
        due = self.oldest_due
        return max((self.on - due).days, 0) if due else 0
