"""Savings, their receipts and returns."""

from datetime import date
from decimal import Decimal

from kkmp.access.permissions import Role
from kkmp.lib.ids import new_id
from members.models import Paper, ReceiptPrint, ReturnRun, SavingsEntry, SavingsKind
from members.savings.services import kinds, receipts, returns
from tests.conftest import MONDAY
from tests.guards.side import NOVEMBER, Side
from tests.members.savings.paying import deposit

WEIGHT = 21
KINDS = {
    "entry": (SavingsEntry, {"kind__code": "sukarela"}),
    "kind": (SavingsKind, {"code": "sukarela"}),
    "print": (ReceiptPrint, {}),
    "run": (ReturnRun, {}),
}
ADDRESSES = {("members:posted", "journal_id"): "savings journal"}
PLAIN = """
    amount_idr method min_balance_idr min_deposit_idr most_withdrawal_idr name name_en paper
    reason return_percent shown withdrawals_a_month
"""


def furnish(side: Side) -> None:
    """Voluntary savings that bear a return, and a kind of the cooperative's own."""
    here, by, ani = side.cooperative, side.staff[Role.TREASURER], side.shop.ani
    kind = SavingsKind.objects.of(here).get(code="sukarela")
    terms = kinds.Terms(name=kind.name, return_percent=Decimal(6))
    kinds.change(on=MONDAY, kind=kind, terms=terms, version=1, by=by)
    entry = deposit(side, ani, "sukarela", 1_000_000)
    receipts.issue(entry=entry, paper=Paper.A4, by=by)
    shown = returns.content(returns.due(here, NOVEMBER))
    returns.credit(
        cooperative=here, month=NOVEMBER, shown=shown, key=new_id(), on=date(2026, 12, 1), by=by
    )
    side.ids["last entry"] = deposit(side, ani, "sukarela", 20_000).pk
    terms = kinds.Terms(name=f"Simpanan {side.word}")
    defined = kinds.define(on=MONDAY, cooperative=here, terms=terms, by=by)
    side.ids["kind code"], side.ids["defined kind"] = defined.code, defined.pk
    side.ids["savings journal"] = SavingsEntry.objects.of(here).order_by("id")[0].journal_id
