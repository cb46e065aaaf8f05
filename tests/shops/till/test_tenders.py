"""What stands behind a payment: credit within its limit, savings with a PIN, vouchers."""

from datetime import timedelta

import pytest

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from kkmp.registry.models import DayFigures
from members.models import SavingsBalance, SavingsKind
from members.pins.services.pins import Proof
from members.savings.services import savings
from shops.models import CreditTerms, Method, Voucher, VoucherBatch
from shops.till.services.sales import SaleRefused, Tender
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING
from tests.shops.till.test_sales import left, posted


def cash(amount_idr):
    return Tender(Method.CASH, amount_idr)


def by(method, amount_idr, reference=""):
    return Tender(Method(method), amount_idr, reference)


def refused(words, call, field="payments"):
    with pytest.raises(SaleRefused, match=words) as refusal:
        call()
    assert field in refusal.value.fields


# --- Several at once -------------------------------------------------------------------------


def test_several_payments_are_posted_each_to_its_account(sell, telur):
    sale = sell(
        (telur, "1.255"),
        payments=[by("qris", 10_000, "QR-1"), by("transfer", 6_000), cash(50_000)],
    )
    assert posted(sale)[:5] == [
        ("1-1112", 10_000, 0),
        ("1-1111", 6_000, 0),
        ("1-1102", 20_400, 0),
        ("4-1102", 0, 36_395),
        ("6-1109", 0, 5),
    ]
    assert (sale.rounding_idr, sale.paid_idr, sale.change_idr) == (5, 66_000, 29_600)
    assert [(one.method, one.reference) for one in sale.paid_by] == [
        ("qris", "QR-1"),
        ("transfer", ""),
        ("cash", ""),
    ]


def test_rounding_down_is_a_line_of_its_own(sell, telur):
    sale = sell((telur, "0.253"))
    assert posted(sale)[:3] == [
        ("1-1102", 7_300, 0),
        ("4-1102", 0, 7_337),
        ("6-1109", 37, 0),
    ]


# --- Credit ----------------------------------------------------------------------------------


@pytest.fixture
def credit(ani):
    """Ani may owe Rp50.000 for two weeks."""
    return CreditTerms.objects.create(
        cooperative=ani.cooperative, member=ani, limit_idr=50_000, due_days=14
    )


def test_pay_later_leaves_a_receivable(sell, gula, ani, credit, in_melati):
    sale = sell((gula, "2"), member=ani, payments=[by("credit", 100), cash(50_000)])
    assert posted(sale)[0] == ("1-1121", 100, 0)
    assert books.party_balance(in_melati, Code.MEMBER_CREDIT, ani.party_id) == 100
    assert sale.paid_by[0].due_on == MONDAY + timedelta(days=14)


def test_credit_ends_at_the_limit(sell, gula, ani, credit):
    sell((gula, "2"), member=ani, payments=[by("credit", 34_600)])
    refused(
        r"may still buy for Rp\xa015,400 on credit \(limit Rp\xa050,000\)",
        lambda: sell((gula, "1"), member=ani, payments=[by("credit", 15_401), cash(2_000)]),
    )
    assert sell((gula, "1"), member=ani, payments=[by("credit", 15_400), cash(2_000)])


def test_without_terms_there_is_no_credit(sell, gula, ani):
    refused(
        r"for Rp\xa00 on credit",
        lambda: sell((gula, "1"), member=ani, payments=[by("credit", 17_300)]),
    )


def test_what_the_shop_owes_gives_no_credit_without_terms(sell, gula, ani, in_melati, budi):
    ledger.post(
        cooperative=in_melati,
        kind="manual",
        memo="Paid too much",
        entries=[
            ledger.debit(Code.CASH, 20_000),
            ledger.credit(Code.MEMBER_CREDIT, 20_000, party=ani.party),
        ],
        key=new_id(),
        on=MONDAY,
        by=budi,
    )
    refused(
        r"for Rp\xa00 on credit \(limit Rp\xa00\)",
        lambda: sell((gula, "1"), member=ani, payments=[by("credit", 17_300)]),
    )


def test_strangers_have_no_credit(sell, gula):
    refused(
        "only members buy on credit",
        lambda: sell((gula, "1"), payments=[by("credit", 17_500)]),
        "member",
    )


def test_credit_stands_there_once(sell, gula, ani, credit):
    twice = [by("credit", 17_300), by("credit", 17_300)]
    refused("stands there twice", lambda: sell((gula, "2"), member=ani, payments=twice))


# --- Savings ---------------------------------------------------------------------------------


@pytest.fixture
def saved(ani, in_melati, budi):
    """Ani has Rp30.000 of voluntary savings."""
    kind = SavingsKind.objects.of(in_melati).get(code="sukarela")
    savings.deposit(member=ani, kind=kind, amount_idr=30_000, key=new_id(), on=MONDAY, by=budi)
    return kind


def held(member, kind):
    return (
        SavingsBalance.objects.of(member.cooperative_id).get(member=member, kind=kind).balance_idr
    )


def test_savings_pay_with_the_members_pin(sell, gula, ani, saved, in_melati):
    sale = sell(
        (gula, "2"),
        member=ani,
        payments=[by("savings", 30_000), cash(5_000)],
    )
    assert posted(sale)[:2] == [("2-1103", 30_000, 0), ("1-1102", 4_600, 0)]
    assert held(ani, saved) == 0
    assert sale.paid_by[0].entry.amount_idr == -30_000
    day = DayFigures.objects.of(in_melati).get(date=MONDAY, unit="")
    assert day.voluntary_idr == 0
    event = AuditEvent.objects.of(in_melati).get(action="savings.pay_sale")
    assert event.details["sale"] == sale.number


@pytest.mark.parametrize("whose", ["nobody's", "another member's"])
def test_without_her_pin_nothing_is_taken(sell, gula, ani, saved, whose):
    proof = None if whose == "nobody's" else Proof(new_id())
    refused(
        "confirms it with the PIN for savings",
        lambda: sell((gula, "1"), member=ani, payments=[by("savings", 17_300)], proof=proof),
        "pin",
    )
    assert held(ani, saved) == 30_000


def test_no_more_than_was_saved(sell, gula, ani, saved):
    refused(
        r"has Rp\xa030,000 of voluntary savings",
        lambda: sell((gula, "2"), member=ani, payments=[by("savings", 34_600)]),
    )
    assert left(gula)[0] == 48


def test_the_rules_of_the_savings_hold_here_too(sell, gula, ani, saved, in_melati):
    SavingsKind.objects.of(in_melati).filter(id=saved.id).update(min_balance_idr=20_000)
    refused(
        r"Rp\xa020,000 of Simpanan sukarela stays|stays while",
        lambda: sell((gula, "1"), member=ani, payments=[by("savings", 17_300)]),
    )


def test_strangers_have_no_savings(sell, gula):
    refused(
        "Choose the member whose savings pay",
        lambda: sell((gula, "1"), payments=[by("savings", 17_500)]),
        "member",
    )


# --- Vouchers --------------------------------------------------------------------------------


@pytest.fixture
def voucher(in_melati, budi):
    """One of Rp20.000, paid for by a donor through the bank."""
    journal = ledger.post(
        cooperative=in_melati,
        kind="voucher.issue",
        memo="Voucher",
        entries=[ledger.debit(Code.BANK, 20_000), ledger.credit(Code.VOUCHERS, 20_000)],
        key=new_id(),
        on=MONDAY,
        by=budi,
    )
    batch = VoucherBatch.objects.create(
        cooperative=in_melati,
        buyer="Donatur (rekaan)",
        value_idr=20_000,
        count=1,
        valid_until=MONDAY + timedelta(days=7),
        method=Method.TRANSFER,
        date=MONDAY,
        journal=journal,
        key=new_id(),
        by=budi,
    )
    return Voucher.objects.create(
        cooperative=in_melati, batch=batch, code="AB12CD34", value_idr=20_000, left_idr=20_000
    )


def left_on(voucher):
    voucher.refresh_from_db()
    return voucher.left_idr


def test_a_voucher_is_spent_in_parts(sell, gula, voucher):
    sale = sell((gula, "1"), payments=[by("voucher", 17_500, "ab12 cd34")])
    assert posted(sale)[0] == ("2-1115", 17_500, 0)
    assert left_on(voucher) == 2_500
    sell((gula, "1"), payments=[by("voucher", 2_500, "AB12CD34"), cash(15_000)])
    assert left_on(voucher) == 0


@pytest.mark.parametrize(
    ("amount", "code", "words"),
    [
        (17_500, "ZZ", "no voucher ZZ"),
        (20_001, "AB12CD34", r"good for Rp\xa020,000"),
    ],
)
def test_a_voucher_pays_what_is_left_of_it(sell, gula, voucher, amount, code, words):
    payments = [by("voucher", amount, code)]
    refused(words, lambda: sell((gula, "2"), payments=[*payments, cash(20_000)]))
    assert left_on(voucher) == 20_000


def test_a_voucher_is_good_until_midnight_of_its_last_day(sell, gula, voucher):
    payments = [by("voucher", 17_500, "AB12CD34")]
    # Ten in the morning in Semarang, and fourteen hours more.
    midnight = MORNING + timedelta(days=7, hours=14)
    refused("was valid until", lambda: sell((gula, "1"), payments=payments, at=midnight))
    sell((gula, "1"), payments=payments, at=midnight - timedelta(minutes=1))
    assert left_on(voucher) == 2_500


def test_the_same_voucher_does_not_pay_twice(sell, gula, voucher):
    payments = [by("voucher", 17_500, "AB12CD34"), by("voucher", 17_500, "AB12CD34")]
    refused("stands there twice", lambda: sell((gula, "2"), payments=payments))


def test_voucher_credit_and_savings_pay_together(sell, gula, ani, credit, saved, voucher):
    sale = sell(
        (gula, "3"),
        member=ani,
        payments=[
            by("voucher", 20_000, "AB12CD34"),
            by("savings", 10_000),
            by("credit", 10_000),
            cash(20_000),
        ],
    )
    assert [(code, debit) for code, debit, _credit in posted(sale)[:4]] == [
        ("2-1115", 20_000),
        ("2-1103", 10_000),
        ("1-1121", 10_000),
        ("1-1102", 11_900),
    ]
