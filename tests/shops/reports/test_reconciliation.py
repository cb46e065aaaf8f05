"""What was tampered with is named: sales, returns, drawers, vouchers and QRIS."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance.ledger import checks as ledger_checks
from finance.ledger.services import ledger
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.drawers.services import shifts
from shops.reports.date_ranges import DateRange
from shops.reports.queries import sums as reports_queries
from shops.reports.queries.sums import ReportScope
from shops.returns.services import returns
from shops.till import queries as till_queries
from shops.till.services.sales import Tender
from shops.units import queries as units_queries
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift
from tests.shops.till.test_tenders import by, voucher

__all__ = ["voucher"]

pytestmark = pytest.mark.raw_statements


@pytest.fixture
def day(sell, gula, telur, ani, gerai, sari, budi, voucher):
    """A morning with every kind of money, a return, a void, and two shifts of which one is open."""
    first = open_shift(gerai, sari, float_idr=50_000)
    part = sell((gula, "3"), (telur, "1.255"), needs_shift=True)
    whole = sell((gula, "1"), needs_shift=True, member=ani)
    approved = returns.Approved(sari, budi, first)
    back = {"reason": "Rusak", "at": MORNING, "approved": approved}
    one = {till_queries.lines_of(part)[0].id: Decimal(1)}
    returns.take_back(sale=part, quantities=one, key=new_id(), **back)
    returns.take_back(sale=whole, quantities=None, key=new_id(), **back)
    sell((gula, "1"), payments=[by("qris", 7_500), by("voucher", 10_000, "AB12CD34")])
    shifts.close(
        shift=first,
        counted=shifts.Counted({50_000: 2}),
        note="",
        key=new_id(),
        at=MORNING,
        by=sari,
    )
    open_shift(gerai, sari, float_idr=20_000)
    sell((gula, "1"), needs_shift=True, payments=[Tender("qris", 5_000), Tender("cash", 20_000)])
    sell((gula, "1"))
    return part


def test_a_day_with_everything_agrees(day, in_melati):
    assert ledger_checks.differences(in_melati) == []


def test_re_added_figures_follow_the_returns(day, in_melati):
    from kkmp.city.figures.services import rebuild

    assert rebuild.compare(cooperative=in_melati) == []
    asked = ReportScope(in_melati, DateRange(MONDAY, MONDAY))
    total = reports_queries.total(asked)
    # Three packs and eggs less one pack, one to a member that came back, three more.
    assert (total.count, total.turnover_idr) == (5, 5 * 17_500 + 36_395)
    assert (total.members_idr, total.cost_idr) == (0, 5 * 16_200 + 33_258)
    (unit,) = units_queries.units(in_melati)
    assert reports_queries.total(replace(asked, unit=unit)).turnover_idr == total.turnover_idr
    best = reports_queries.by_product(asked)
    assert [(row.names["name"], row.quantity) for row in best] == [
        ("Gula Pasir 1 kg", 5),
        ("Telur Ayam", Decimal("1.255")),
    ]


OWNER = """
    ALTER TABLE {table} DISABLE TRIGGER USER;
    {statement};
    ALTER TABLE {table} ENABLE TRIGGER USER
"""


@pytest.fixture
def tampered(as_owner, transactional_db):
    """Change what the application may not, as the owner would with triggers off."""

    def do(table, statement):
        as_owner(OWNER.format(table=table, statement=statement))

    return do


@pytest.mark.parametrize(
    ("table", "statement", "words"),
    [
        ("shops_salepayment", "UPDATE shops_salepayment SET amount_idr = amount_idr + 1",
         ["its payments Rp\xa017,501"]),
        ("shops_saleline", "UPDATE shops_saleline SET total_idr = total_idr - 1",
         ["its lines make Rp\xa017,499"]),
        ("shops_returnedline", "UPDATE shops_returnedline SET total_idr = total_idr + 1",
         ["Return 1 is of Rp\xa017,500", "More came back of receipt 1"]),
        ("shops_refund", "UPDATE shops_refund SET amount_idr = amount_idr + 1",
         ["what was paid back Rp\xa017,501", "More came back of receipt 1"]),
        ("shops_shift", "UPDATE shops_shift SET expected_idr = expected_idr + 1",
         ["Shift 1 was closed with Rp\xa050,001 expected"]),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_named(shop, sari, budi, tampered, table, statement, words):
    shop.undone_day(sari, budi)
    tampered(table, statement)
    with scope.cooperative(shop.cooperative.pk):
        found = " ".join(ledger_checks.differences(shop.cooperative))
    for word in words:
        assert word in found


def test_drawers_vouchers_and_qris_are_those_of_the_books(day, in_melati, budi):
    entries = [
        ledger.debit("1-1102", 1),
        ledger.debit("1-1112", 2),
        ledger.credit("2-1115", 3),
    ]
    ledger.post(
        cooperative=in_melati,
        kind="manual",
        memo="Keliru",
        entries=entries,
        key=new_id(),
        on=MONDAY,
        by=budi,
    )
    found = " ".join(ledger_checks.differences(in_melati))
    assert "Rp\xa050,000 in the open drawers, account 1-1102 says Rp\xa050,001" in found
    assert "The vouchers are good for Rp\xa010,000, account 2-1115 says Rp\xa010,003" in found
    assert "QRIS payments still to be settled are Rp\xa012,500" in found
