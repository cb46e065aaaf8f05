"""What a member sees of the own purchases."""

from datetime import timedelta

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.lib.ids import new_id
from members.register.own_page import Asked
from shops.till.own_page import purchases
from tests.conftest import MONDAY


def _buy(member, amount_idr, by, on=MONDAY):
    """What a sale posts; negative for one that is taken back."""
    sides = [
        ledger.debit(Code.CASH, abs(amount_idr)),
        ledger.credit(Code.MEMBER_SALES, abs(amount_idr), party=member.party),
    ]
    if amount_idr < 0:
        sides = [
            ledger.debit(Code.MEMBER_SALES, -amount_idr, party=member.party),
            ledger.credit(Code.CASH, -amount_idr),
        ]
    ledger.post(
        cooperative=member.cooperative,
        kind="manual",
        memo="Nota",
        entries=sides,
        key=new_id(),
        on=on,
        by=by,
    )


def test_purchases_are_read_from_the_books_by_month_and_day(ani, tono):
    _buy(ani, 30_000, tono, MONDAY - timedelta(days=60))
    _buy(ani, 20_000, tono)
    _buy(ani, 5_000, tono)
    _buy(ani, -5_000, tono)
    shown = purchases(Asked(ani, on=MONDAY)).context
    assert [(one.month.month, one.amount_idr) for one in shown["months"]] == [
        (11, 20_000),
        (10, 0),
        (9, 30_000),
    ]
    assert [one.amount_idr for one in shown["latest"]] == [-5_000, 5_000, 20_000, 30_000]
