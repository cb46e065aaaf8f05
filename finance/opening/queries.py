"""What was there when the books began."""

from dataclasses import dataclass

from django.db.models import F, Sum

from finance.ledger import kinds
from finance.ledger.accounts import Code
from finance.ledger.models import Account, Journal, Line
from finance.ledger.queries import has_reversal, journals
from kkmp.registry.models import Cooperative


def opening_cash(cooperative: Cooperative) -> Journal | None:
    """The opening of cash and bank that stands, if it has been recorded."""
    # Said twice, so that the index without sales is used.
    recorded = journals(cooperative).filter(kind=kinds.OPENING_CASH).exclude(kind="sale")
    return recorded.exclude(has_reversal(cooperative)).first()


@dataclass(frozen=True, slots=True)
class Clearing:
    """What the opening entries put on the clearing account, whole rupiah.

    Cash, bank and stock are what the cooperative had; savings are what it owed its members.
    """

    by_kind: dict[str, int]

    @property
    def had_idr(self) -> int:
        return sum(amount for amount in self.by_kind.values() if amount > 0)

    @property
    def owed_idr(self) -> int:
        return -sum(amount for amount in self.by_kind.values() if amount < 0)

    @property
    def left_idr(self) -> int:
        """Positive: more was there than is explained. Negative: money is still to be found."""
        return self.had_idr - self.owed_idr

    @property
    def missing_idr(self) -> int:
        """What is still to be found; zero if nothing is."""
        return max(-self.left_idr, 0)


def clearing(cooperative: Cooperative) -> Clearing:
    """What stands on the clearing account, by the kind of entry; reversals taken off."""
    # By the account's id: its lines are few, and the database knows that of a value alone.
    account = Account.objects.of(cooperative).get(code=Code.OPENING_CLEARING)
    rows = (
        Line.objects.of(cooperative)
        .filter(account_id=account.pk)
        .order_by()
        .values("journal__kind")
        .annotate(amount_idr=Sum(F("credit_idr") - F("debit_idr")))
    )
    by_kind: dict[str, int] = {}
    for row in rows:
        kind = kinds.original(row["journal__kind"])
        by_kind[kind] = by_kind.get(kind, 0) + row["amount_idr"]
    return Clearing({kind: amount for kind, amount in sorted(by_kind.items()) if amount})
