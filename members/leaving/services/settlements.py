"""What somebody who leaves gets back: the savings of each kind, less what they owe,
and with what the shop owes them."""

from dataclasses import dataclass

from finance.ledger import queries as books
from members.register.models import Member
from members.savings.models import SavingsBalance


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a leaving would pay out as things stand, over all that both sides owe each other.

    :param balances: of every kind of savings that holds something
    :param owed_idr: what the person owes on purchases by the books; below zero, what the shop
        owes the person
    """

    balances: list[SavingsBalance]
    owed_idr: int

    @property
    def savings_idr(self) -> int:
        return sum(held.balance_idr for held in self.balances)

    @property
    def debt_idr(self) -> int:
        """What the person owes."""
        return max(self.owed_idr, 0)

    @property
    def credited_idr(self) -> int:
        """What the shop owes the person: goods that were paid for came back."""
        return max(-self.owed_idr, 0)

    @property
    def refund_idr(self) -> int:
        """The savings to be paid out; zero where the debt takes all of them."""
        return max(self.savings_idr - self.owed_idr, 0)

    @property
    def short_idr(self) -> int:
        """What has to be paid first, because the savings do not cover the debt."""
        return max(self.debt_idr - self.savings_idr, 0)


def settlement_of(member: Member) -> Settlement:
    """The settlement of a member, from the balances and the lines of the books."""
    held = SavingsBalance.objects.of(member.cooperative_id).filter(member=member)
    held = held.exclude(balance_idr=0).select_related("kind")
    owed_idr = books.purchases_owed_idr(member.cooperative, member.party_id)
    return Settlement(list(held.order_by("kind__position", "kind__code", "id")), owed_idr)
