"""Credit of members: limits, what is owed and how old it is, and paying it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from finance.ledger import checks as ledger_checks
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.ledger.services.ledger import KeyReused
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from members.models import Status
from shops.credit import checks as credit_checks
from shops.credit import documents, reminders
from shops.credit import queries as reads
from shops.credit.ageing import Ages
from shops.credit.services import credits
from shops.credit.services.credits import CreditChanged, CreditRefused
from shops.drawers import cash
from shops.drawers import checks as drawers_checks
from shops.models import CreditPayment, CreditTerms, Method, TillSettings
from shops.settling import checks as settling_checks
from shops.settling.queries import State
from shops.settling.services import confirming
from shops.till.services.sales import SaleRefused
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, MORNING, sold
from tests.shops.payments.paying import (
    balance,
    give_credit,
    line_of,
    posted,
    state_of,
    take_back,
    tenders,
)

PRICE = 17_300


@pytest.fixture
def terms(ani, tono):
    return give_credit(ani, tono)


@pytest.fixture
def buy(sell, gula, ani, terms):
    """Sugar for Ani, on credit."""

    def do(many=1, on=MONDAY, **changes):
        at = MORNING + (on - MONDAY)
        paid = tenders(Method.CREDIT, PRICE * many)
        return sell((gula, str(many)), member=ani, payments=paid, at=at, **changes)

    return do


@pytest.fixture
def pay(ani, tono):
    def do(amount_idr, method=Method.CASH, by=tono, key=None, at=MORNING, into_cash_box=True):
        return credits.pay(
            member=ani,
            method=method,
            amount_idr=amount_idr,
            key=key or new_id(),
            at=at,
            by=by,
            into_cash_box=into_cash_box,
        )

    return do


def account(ani, on=MONDAY):
    return reads.account(ani, on=on)


# --- Terms -----------------------------------------------------------------------------------


def test_terms_are_set_changed_and_audited(ani, tono, in_melati):
    first = give_credit(ani, tono, 100_000)
    second = credits.set_terms(member=ani, limit_idr=50_000, due_days=14, version=1, by=tono)
    assert (second.id, second.version, second.limit_idr) == (first.id, 2, 50_000)
    assert AuditEvent.objects.of(in_melati).filter(action="credit.terms").count() == 2


@pytest.mark.parametrize("version", [0, 7])
def test_who_was_slower_is_told(ani, tono, terms, version):
    with pytest.raises(CreditChanged):
        credits.set_terms(member=ani, limit_idr=1, due_days=1, version=version, by=tono)


@pytest.mark.parametrize(("limit_idr", "days"), [(-1, 30), (10**16, 30), (1, 0), (1, 366)])
def test_terms_that_make_no_sense_are_refused(ani, tono, limit_idr, days):
    with pytest.raises(CreditRefused):
        give_credit(ani, tono, limit_idr, days)


def test_whoever_left_gets_none_but_it_can_be_ended(ani, tono, terms):
    ani.status = Status.LEFT
    ani.left_on = MONDAY
    ani.save()
    with pytest.raises(CreditRefused, match="not an active member"):
        credits.set_terms(member=ani, limit_idr=1, due_days=30, version=1, by=tono)
    ended = credits.set_terms(member=ani, limit_idr=0, due_days=30, version=1, by=tono)
    assert ended.limit_idr == 0


# --- Buying ----------------------------------------------------------------------------------


def test_pay_later_leaves_a_receivable_and_paying_clears_it(buy, pay, ani, in_melati):
    """The peers' own fact, with the price of sugar for 100."""
    sale = buy()
    assert posted(sale.journal)[0] == ("1-1121", PRICE, 0)
    assert account(ani).owed_idr == PRICE
    pay(PRICE)
    assert account(ani).owed_idr == 0
    assert (balance(in_melati, "1-1121"), balance(in_melati, "1-1101")) == (0, 100_000 + PRICE)
    assert ledger_checks.differences(in_melati) == []


def test_the_limit_holds_over_all_that_is_owed(buy, ani, tono):
    credits.set_terms(member=ani, limit_idr=40_000, due_days=30, version=1, by=tono)
    buy(2)
    with pytest.raises(SaleRefused, match=r"still buy for Rp\xa05,400"):
        buy()


def test_what_is_long_overdue_stops_more(buy, pay, ani, in_melati):
    TillSettings.objects.create(cooperative=in_melati, overdue_days=7)
    buy()
    due = MONDAY + timedelta(days=30)
    buy(on=due + timedelta(days=7))
    with pytest.raises(SaleRefused, match=r"should have paid Rp\xa017,300 by 23 December 2026"):
        buy(on=due + timedelta(days=8))
    pay(PRICE)
    assert buy(on=due + timedelta(days=8)).total_idr == PRICE


# --- How it stands ---------------------------------------------------------------------------


def test_the_oldest_is_paid_first_and_ages_are_told(buy, pay, ani, in_melati):
    buy(2)
    buy(on=MONDAY + timedelta(days=20))
    pay(PRICE)
    later = account(ani, on=MONDAY + timedelta(days=40))
    assert later.ages == Ages(fresh_idr=PRICE, second_idr=PRICE)
    assert (later.overdue_idr, later.oldest_due) == (PRICE, MONDAY + timedelta(days=30))
    assert (later.days_overdue, later.older_idr, later.free_idr) == (10, PRICE, 500_000 - 2 * PRICE)
    assert reads.accounts(in_melati, on=later.on) == [later]


def test_what_came_back_is_not_owed(buy, pay, ani, shift, sari, tono):
    sale = buy(2)
    take_back(sale, shift, sari, tono, {line_of(sale).id: Decimal(1)})
    assert account(ani).owed_idr == PRICE
    assert reads.sales_of(ani).get().back_idr == PRICE
    pay(PRICE)
    take_back(sale, shift, sari, tono)
    account_now = account(ani)
    assert (account_now.owed_idr, account_now.too_much_idr, account_now.open) == (-PRICE, PRICE, [])
    assert list(credit_checks.credit_differences(shift.cooperative)) == []


def test_what_the_books_alone_say_counts_too(buy, ani, in_melati, tono):
    """Debts of before are entered, and an exit settles, by journals of other kinds."""
    old = date(2026, 9, 1)
    buy()
    for on, entries in (
        (
            old,
            [
                ledger.debit(Code.MEMBER_CREDIT, 50_000, party=ani.party),
                ledger.credit(Code.OPENING_CLEARING, 50_000),
            ],
        ),
        (
            MONDAY,
            [
                ledger.debit(Code.VOLUNTARY_SAVINGS, 20_000, party=ani.party),
                ledger.credit(Code.MEMBER_CREDIT, 20_000, party=ani.party),
            ],
        ),
    ):
        ledger.post(
            cooperative=in_melati,
            kind="manual",
            memo="Bon lama",
            entries=entries,
            key=new_id(),
            on=on,
            by=tono,
        )
    account_now = account(ani)
    assert account_now.owed_idr == 30_000 + PRICE
    assert account_now.ages == Ages(fresh_idr=PRICE, third_idr=30_000)
    assert [row["net_idr"] for row in reads.others_of(ani)] == [-20_000, 50_000]
    assert list(credit_checks.credit_differences(in_melati)) == []


@pytest.mark.raw_statements
def test_a_payment_that_the_books_do_not_know_is_named(buy, in_melati, ani, tono):
    sale = buy()
    CreditPayment.objects.create(
        cooperative=in_melati,
        member=ani,
        number=1,
        date=MONDAY,
        method=Method.CASH,
        amount_idr=300,
        journal=sale.journal,
        key=new_id(),
        by=tono,
    )
    (found,) = credit_checks.credit_differences(in_melati)
    assert "Ani Lestari" in found
    assert "Rp\xa017,000" in found
    assert "Rp\xa017,300" in found


# --- Paying ----------------------------------------------------------------------------------


def test_cash_goes_into_the_open_drawer(buy, pay, shift, sari, in_melati):
    buy()
    made = pay(10_000, by=sari, into_cash_box=False)
    assert posted(made.journal) == [("1-1102", 10_000, 0), ("1-1121", 0, 10_000)]
    assert (made.shift, cash.expected_idr(shift)) == (shift, 10_000)


@pytest.mark.parametrize(
    ("amount_idr", "received_idr", "rounding"),
    [(12_350, 12_400, ("6-1109", 0, 50)), (12_349, 12_300, ("6-1109", 49, 0))],
)
def test_cash_is_rounded_to_coins_as_a_line_of_its_own(
    buy, pay, shift, sari, in_melati, ani, amount_idr, received_idr, rounding
):
    buy()
    made = pay(amount_idr, by=sari, into_cash_box=False)
    assert posted(made.journal) == [
        ("1-1102", received_idr, 0),
        ("1-1121", 0, amount_idr),
        rounding,
    ]
    assert cash.expected_idr(shift) == received_idr
    assert account(ani).owed_idr == PRICE - amount_idr
    assert list(credit_checks.credit_differences(in_melati)) == []
    assert list(drawers_checks.drawer_differences(in_melati)) == []
    slip = documents.credit_receipt(reads.payments(in_melati).get(id=made.id), 0)
    with in_indonesian():
        told = tuple(map(format_rupiah, (received_idr, amount_idr)))
    assert (slip["amount"], slip["paid_off"]) == told


def test_other_money_is_not_rounded(buy, pay):
    buy()
    assert pay(12_349, Method.TRANSFER).rounding_idr == 0


def test_less_than_a_coin_is_refused(buy, pay):
    buy()
    with pytest.raises(CreditRefused, match="rounded to Rp\xa0100, so this would be nothing"):
        pay(49)


def test_cash_without_a_drawer_is_refused_or_goes_into_the_cash_box(buy, pay, sari, tono):
    buy()
    with pytest.raises(CreditRefused, match="Open your shift first"):
        pay(10_000, by=sari, into_cash_box=False)
    assert posted(pay(10_000).journal)[0] == ("1-1101", 10_000, 0)


@pytest.mark.parametrize(("method", "code"), [(Method.TRANSFER, "1-1111"), (Method.QRIS, "1-1112")])
def test_other_money_waits_to_be_seen(buy, pay, in_melati, method, code):
    buy()
    made = pay(PRICE, method)
    assert posted(made.journal)[0] == (code, PRICE, 0)
    assert state_of(in_melati, made).state == State.WAITING
    assert list(settling_checks.qris_difference(in_melati)) == []


def test_what_never_came_is_owed_again_until_it_comes(buy, pay, ani, in_melati, tono):
    buy()
    made = pay(PRICE, Method.TRANSFER)
    confirming.record_missing(cooperative=in_melati, id=made.id, note="Dicari", on=MONDAY, by=tono)
    assert account(ani).owed_idr == PRICE
    assert reads.payments(in_melati).get().arrived is False
    assert list(credit_checks.credit_differences(in_melati)) == []
    confirming.confirm(cooperative=in_melati, ids=[made.id], on=MONDAY, by=tono)
    assert account(ani).owed_idr == 0
    assert list(credit_checks.credit_differences(in_melati)) == []


def test_the_same_payment_sent_twice_is_taken_once(buy, pay, in_melati):
    buy()
    first, again = pay(1_000, key=KEY), pay(1_000, key=KEY)
    assert (again, again.is_repeat) == (first, True)
    assert CreditPayment.objects.of(in_melati).count() == 1
    with pytest.raises(KeyReused):
        pay(2_000, key=KEY)


@pytest.mark.parametrize(
    ("amount_idr", "method", "sentence"),
    [
        (0, Method.CASH, "more than zero"),
        (PRICE + 1, Method.CASH, "owes Rp\xa017,300; no more"),
        (1_000, Method.VOUCHER, "cash, by transfer or by QRIS"),
    ],
)
def test_a_payment_that_makes_no_sense_is_refused(buy, pay, amount_idr, method, sentence):
    buy()
    with pytest.raises(CreditRefused, match=sentence):
        pay(amount_idr, method)


def test_who_owes_nothing_pays_nothing(pay, terms):
    with pytest.raises(CreditRefused, match="owes nothing"):
        pay(1_000)


def test_terms_belong_to_one_member(terms, in_melati):
    assert CreditTerms.objects.of(in_melati).count() == 1


# --- Papers ----------------------------------------------------------------------------------


def test_the_receipt_says_it_in_words_and_masks_the_number(buy, pay, in_melati):
    buy()
    made = reads.payments(in_melati).get(id=pay(10_000).id)
    slip = documents.credit_receipt(made, 7_300)
    assert (slip["number"], slip["amount"], slip["left"]) == ("B-000001", "Rp10.000", "Rp7.300")
    assert slip["words"] == "Sepuluh ribu rupiah"
    assert slip["member_number"].startswith("***")
    assert not slip["awaited"]


def test_a_reminder_is_polite_and_names_what_is_late(buy, ani):
    assert reminders.link(account(ani)) == ""
    buy()
    early, late = account(ani), account(ani, on=MONDAY + timedelta(days=31))
    assert "Jatuh tempo terdekat 23 Desember 2026" in reminders.text(early)
    assert "lewat jatuh tempo Rp17.300" in reminders.text(late)
    assert reminders.link(early).startswith("https://wa.me/6281897825707?text=Yth.%20")


# --- Its receipt on paper --------------------------------------------------------------------


def test_a_receipt_says_the_balance_of_its_day_and_marks_copies(
    gerai, gula, ani, sari, tono, in_melati, client_of
):
    give_credit(ani, tono)
    for _time in range(2):
        sold(gerai, sari, (gula, "1"), member=ani, payments=tenders(Method.CREDIT, 17_300))
    taken = {"member": ani, "method": Method.TRANSFER, "at": MORNING, "by": tono}
    first = credits.pay(amount_idr=10_000, key=new_id(), **taken)
    credits.pay(amount_idr=4_600, key=new_id(), **taken)
    assert documents.credit_receipt(reads.payments(in_melati).get(id=first.id), 0)["left"] == (
        "Rp24.600"
    )
    browser = client_of(tono)
    here = f"/k/{in_melati.code}/gerai/bon/kuitansi/{first.id}/"
    marks = []
    for _print in range(3):
        answer = browser.post(f"{here}cetak/", follow=True)
        assert answer.status_code == 200
        marks.append(answer.context["slip"]["copy"])
    assert marks == ["", "SALINAN", "SALINAN KE-2"]
    assert "Rp24.600" in answer.content.decode()
