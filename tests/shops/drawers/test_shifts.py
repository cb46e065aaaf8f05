"""A shift: opened with a float, fed and emptied, counted blind, closed with its difference."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.services.ledger import KeyReused, MonthClosed, NotInCash
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from shops.drawers import cash as drawers_cash
from shops.drawers import checks
from shops.drawers.cash import Flow
from shops.drawers.models import MOST_IN_DRAWER_IDR
from shops.drawers.services import movements, shifts
from shops.drawers.services.shifts import Counted, ShiftRefused, ShiftTaken
from shops.goods.services import products
from shops.models import CashMovement, CashReason, CountedCash, CreditPayment, Method, Shift
from shops.till.services.sales import Tender
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, MORNING, fill_cash_box, open_shift, particulars, stocked
from tests.shops.till.test_sales import posted

EVENING = MORNING + timedelta(hours=8)


@pytest.fixture
def shift(gerai, sari):
    """Opened with Rp100; Rp50 are left in the main cash box."""
    fill_cash_box(gerai.cooperative, 50)
    return open_shift(gerai, sari, float_idr=100)


@pytest.fixture
def permen(gerai, budi):
    """Sweets at the price asked for."""

    def priced(price_idr):
        product = products.add(
            on=MONDAY,
            cooperative=gerai.cooperative,
            particulars=particulars(
                gerai,
                name=f"Permen {price_idr}",
                general_price_idr=price_idr,
                member_price_idr=price_idr,
                wholesale_price_idr=None,
            ),
            by=budi,
        )
        return stocked(product, "10", 10, budi)

    return priced


@pytest.fixture
def at_the_till(sell, shift):
    """Sell into the open shift."""
    return lambda *goods, **asked: sell(*goods, needs_shift=True, **asked)


def closed(shift, *pieces, key=KEY, by=None, note=""):
    return shifts.close(
        shift=shift,
        counted=Counted(dict(pieces)),
        note=note,
        key=key,
        at=EVENING,
        by=by or shift.cashier,
    )


def moved(shift, reason, amount_idr, note="", key=None):
    return movements.move_cash(
        shift=shift,
        reason=CashReason(reason),
        amount_idr=amount_idr,
        note=note,
        key=key or new_id(),
        at=MORNING,
        by=shift.cashier,
    )


def balance(cooperative, code):
    return books.balances(cooperative, [code], MONDAY)[code]


def refused(words, call, error=ShiftRefused):
    with pytest.raises(error, match=words):
        call()


# --- Opening ---------------------------------------------------------------------------------


def test_the_float_comes_out_of_the_cash_box(gerai, sari, in_melati):
    fill_cash_box(in_melati, 300_000)
    shift = open_shift(gerai, sari, float_idr=200_000, drawer=" Laci  1 ")
    assert (shift.number, shift.drawer, shift.is_open) == (1, "Laci 1", True)
    assert balance(in_melati, Code.DRAWER) == 200_000
    assert balance(in_melati, Code.CASH) == 300_000
    event = AuditEvent.objects.of(in_melati).get(action="shift.open")
    assert (event.actor, event.details["float_idr"]) == (sari, 200_000)


def test_a_float_that_the_main_cash_box_does_not_hold_opens_nothing(gerai, sari, in_melati):
    fill_cash_box(in_melati, 499_999)
    with (
        pytest.raises(NotInCash, match=r"Main cash cannot give Rp\xa0500,000") as refusal,
        transaction.atomic(),
    ):
        shifts.open_shift(
            cooperative=in_melati,
            unit=gerai,
            drawer="Laci 1",
            float_idr=500_000,
            key=KEY,
            at=MORNING,
            by=sari,
        )
    assert "499,999" not in str(refusal.value)
    assert not Shift.objects.of(in_melati).exists()
    assert balance(in_melati, Code.CASH) == 499_999


def test_without_a_float_nothing_is_posted(gerai, sari, in_melati):
    assert open_shift(gerai, sari).opening is None


def test_one_drawer_a_cashier(gerai, sari, budi, shift):
    refused(
        "Your shift 1 at Laci sari is still open",
        lambda: open_shift(gerai, sari, drawer="Laci 2"),
        ShiftTaken,
    )
    refused(
        r"Laci sari is open for Sari \(rekaan\)",
        lambda: open_shift(gerai, budi, drawer="Laci sari"),
        ShiftTaken,
    )
    assert open_shift(gerai, budi).number == 2


def test_the_same_drawer_of_another_unit_is_another(in_melati, budi, shift):
    apotek = units.open_unit(cooperative=in_melati, name="Apotek", by=budi)
    assert open_shift(apotek, budi, drawer="Laci sari").unit == apotek


def test_the_same_key_opens_once(gerai, sari, in_melati):
    first = open_shift(gerai, sari, key=KEY, float_idr=100)
    assert open_shift(gerai, sari, key=KEY, float_idr=100) == first
    assert balance(in_melati, Code.DRAWER) == 100
    refused("other content", lambda: open_shift(gerai, sari, key=KEY, float_idr=200), KeyReused)


def test_what_cannot_be_opened_is_refused(gerai, sari, budi):
    refused("Write which drawer", lambda: open_shift(gerai, sari, drawer="  "))
    refused("makes no sense", lambda: open_shift(gerai, sari, float_idr=-1))
    refused("makes no sense", lambda: open_shift(gerai, sari, float_idr=MOST_IN_DRAWER_IDR + 1))
    gerai = units.edit(unit=gerai, name=gerai.name, is_active=False, by=budi)
    refused("is closed", lambda: open_shift(gerai, sari))


def test_the_open_shift_of_a_cashier_is_found(gerai, sari, budi, shift, in_melati):
    assert shifts.open_of(in_melati, sari) == shift
    assert shifts.open_of(in_melati, budi) is None


# --- Closing ---------------------------------------------------------------------------------


def test_opening_100_sale_20_count_120_closes(sell, gerai, sari, permen, in_melati):
    """In thousands of rupiah: no smaller notes are about."""
    shift = open_shift(gerai, sari, float_idr=100_000)
    sell((permen(20_000), "1"), needs_shift=True)
    assert drawers_cash.expected_idr(shift) == 120_000
    done = closed(shift, (100_000, 1), (20_000, 1))
    assert (done.expected_idr, done.counted_idr, done.difference_idr) == (120_000, 120_000, 0)
    assert balance(in_melati, Code.DRAWER) == 0
    assert balance(in_melati, Code.CASH) == 120_000
    assert balance(in_melati, Code.CASH_DIFFERENCES) == 0


def test_closing_uncounted_is_refused(shift):
    refused(
        "Count the money in the drawer first",
        lambda: shifts.close(
            shift=shift, counted=None, note="", key=KEY, at=EVENING, by=shift.cashier
        ),
    )
    assert Shift.objects.of(shift.cooperative).get().is_open


def test_payments_of_3500_and_3200_give_6700_on_the_closing_sheet(
    at_the_till, shift, permen, in_melati
):
    at_the_till((permen(3_500), "1"))
    at_the_till((permen(3_200), "1"))
    cash = drawers_cash.cash_of(shift)
    assert (cash.sales_idr, cash.expected_idr) == (6_700, 6_800)
    done = closed(shift, (5_000, 1), (1_000, 1), (500, 1), (200, 1), (100, 1))
    assert (done.counted_idr, done.difference_idr) == (6_800, 0)
    kept = CountedCash.objects.of(in_melati).filter(shift=done)
    assert sum(row.denomination_idr * row.pieces for row in kept) == 6_800


@pytest.mark.parametrize(
    ("counted", "difference", "posted_idr"),
    [((2_000, 1), 1_900, -1_900), ((100, 0), -100, 100)],
)
def test_a_difference_goes_to_its_account(shift, in_melati, counted, difference, posted_idr):
    done = closed(shift, counted, note=" Uang  kembalian keliru ")
    assert (done.difference_idr, done.note) == (difference, "Uang kembalian keliru")
    assert balance(in_melati, Code.DRAWER) == 0
    assert balance(in_melati, Code.CASH_DIFFERENCES) == posted_idr
    event = AuditEvent.objects.of(in_melati).get(action="shift.close")
    assert event.details == {"expected_idr": 100, "counted_idr": 100 + difference}


def test_only_cash_is_counted(at_the_till, shift, gula):
    at_the_till((gula, "2"), payments=[Tender(Method.QRIS, 20_000), Tender(Method.CASH, 50_000)])
    assert drawers_cash.expected_idr(shift) == 15_100


def test_an_empty_drawer_closes_without_a_journal(gerai, sari):
    assert closed(open_shift(gerai, sari)).closing is None


def test_a_shift_is_closed_once(shift, in_melati):
    first = closed(shift, (100, 1))
    assert closed(shift, (100, 1)) == first
    refused("Shift 1 is closed already", lambda: closed(shift, (100, 1), key=new_id()))
    assert balance(in_melati, Code.CASH) == 150


def test_an_empty_drawer_too(gerai, sari):
    shift = open_shift(gerai, sari)
    assert closed(shift) == closed(shift)
    refused("Shift 1 is closed already", lambda: closed(shift, key=new_id()))


def test_another_count_under_the_same_key_is_refused(shift):
    closed(shift, (100, 1))
    with pytest.raises(KeyReused):
        closed(shift, (100, 2))


def test_somebody_else_may_close_it(shift, budi):
    done = closed(shift, (100, 1), by=budi)
    assert (done.closed_by, done.cashier.username) == (budi, "sari")


def test_what_was_not_counted_right_is_refused(shift):
    refused("below zero", lambda: closed(shift, (100, -1)))
    refused("too large", lambda: closed(shift, (100_000, 10**12)))
    with pytest.raises(ValueError, match="no such note"):
        closed(shift, (7, 1))


def test_a_cashier_opens_again_after_closing(gerai, sari, shift):
    closed(shift, (100, 1))
    assert open_shift(gerai, sari).number == 2


def test_a_shift_is_not_closed_into_a_closed_month(gerai, sari, budi, shift, in_melati):
    from finance.months.services import months

    months.close(cooperative=in_melati, month=MONDAY, on=MONDAY + timedelta(days=30), by=budi)
    with pytest.raises(MonthClosed):
        closed(shift, (100, 1))
    later = shifts.close(
        shift=shift,
        counted=Counted({100: 1}),
        note="",
        key=KEY,
        at=EVENING + timedelta(days=30),
        by=sari,
    )
    assert later.difference_idr == 0


# --- Money in and out ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "signed", "account", "there"),
    [
        ("change", 50, Code.CASH, 0),
        ("deposit", -50, Code.CASH, 100),
        ("expense", -50, Code.OTHER_EXPENSES, 50),
        ("other_in", 50, Code.OTHER_INCOME, 50),
    ],
)
def test_money_in_and_out_is_posted_by_its_reason(shift, in_melati, reason, signed, account, there):
    movement = moved(shift, reason, 50, note="Beli lakban")
    assert movement.amount_idr == signed
    assert balance(in_melati, Code.DRAWER) == 100 + signed
    assert balance(in_melati, account) == there
    assert drawers_cash.expected_idr(shift) == 100 + signed
    assert AuditEvent.objects.of(in_melati).filter(action="shift.move_cash").count() == 1


def test_what_makes_no_sense_is_not_moved(shift):
    refused("more than zero", lambda: moved(shift, "deposit", 0))
    refused("Write what it was for", lambda: moved(shift, "expense", 50, note=" "))
    refused("Write what it was for", lambda: moved(shift, "other_in", 50))
    refused("There cannot be Rp\xa0101 in the drawer", lambda: moved(shift, "deposit", 101))
    closed(shift, (100, 1))
    refused("closed already", lambda: moved(shift, "change", 50))


def test_the_same_key_moves_once(shift, in_melati):
    assert moved(shift, "change", 50, key=KEY) == moved(shift, "change", 50, key=KEY)
    assert CashMovement.objects.of(in_melati).count() == 1
    refused("other content", lambda: moved(shift, "change", 60, key=KEY), KeyReused)


def test_a_payment_of_credit_in_cash_lies_in_the_drawer(shift, ani, in_melati, sari):
    from finance.ledger.services import ledger

    journal = ledger.post(
        cooperative=in_melati,
        kind="credit.payment",
        memo="Bon",
        entries=[
            ledger.debit(Code.DRAWER, 500),
            ledger.credit(Code.MEMBER_CREDIT, 500, party=ani.party),
        ],
        key=new_id(),
        on=MONDAY,
        by=sari,
    )
    CreditPayment.objects.create(
        cooperative=in_melati,
        member=ani,
        number=1,
        date=MONDAY,
        method=Method.CASH,
        amount_idr=500,
        shift=shift,
        journal=journal,
        key=new_id(),
        by=sari,
    )
    assert drawers_cash.cash_of(shift).credits_idr == 500
    assert list(checks.drawer_differences(in_melati)) == []


def test_the_journal_of_a_closing_names_drawer_and_unit(shift):
    done = closed(shift, (2_000, 1))
    assert posted_of(done.closing) == [
        ("1-1102", 0, 100),
        ("1-1101", 2_000, 0),
        ("1-1126", 0, 1_900),
    ]
    assert "Laci sari" in done.closing.memo


def posted_of(journal):
    class Sale:
        pass

    sale = Sale()
    sale.cooperative_id, sale.journal = journal.cooperative_id, journal
    return posted(sale)


# --- Counted before the last sale --------------------------------------------------------------


def test_the_payments_of_a_shift_are_looked_up_once_each(at_the_till, shift, permen):
    """Whatever the database knows of the cooperative: it has gathered no statistics here."""
    for price_idr in (500, 1_500, 2_500):
        at_the_till((permen(price_idr), "1"))
    paid = drawers_cash.payments_of(shift, Flow.SALES)
    assert [row.brought_idr for row in paid.order_by("brought_idr")] == [500, 1_500, 2_500]
    (plan,) = json.loads(paid.explain(format="json", analyze=True))
    assert repeated(plan["Plan"]) == []


def repeated(node):
    """The steps of a plan that are gone through more than once."""
    again = [node["Node Type"]] if node["Actual Loops"] > 1 else []
    return again + [step for below in node.get("Plans", []) for step in repeated(below)]


def test_a_count_that_is_older_than_the_last_sale_closes_nothing(at_the_till, shift, permen):
    began = drawers_cash.acts_of(shift)
    at_the_till((permen(500), "1"))
    moved(shift, "deposit", 200)
    assert drawers_cash.acts_of(shift) == began + 2

    def close(acts_seen):
        return shifts.close(
            shift=shift,
            counted=Counted({100: 1}),
            note="",
            key=KEY,
            at=EVENING,
            by=shift.cashier,
            acts_seen=acts_seen,
        )

    refused("since you began to count", lambda: close(began), shifts.CountedTooEarly)
    assert Shift.objects.of(shift.cooperative).get(id=shift.id).is_open
    assert close(began + 2).closed_at == EVENING
