"""Savings by transfer and QRIS, on the day of the meeting, and with the first month."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from finance.ledger import checks
from finance.ledger.services import ledger
from finance.months.services import months
from kkmp.city.figures.services import rebuild
from kkmp.lib.ids import new_id
from members.models import PaidBy, SavingsEntry, SavingsKind
from members.savings import queries
from members.savings.services import savings
from members.savings.services.days import DayRefused
from members.savings.services.savings import DepositRefused, WithdrawalRefused
from shops.settling import queries as receivables
from shops.settling.queries import State
from shops.settling.services import confirming, settlements
from shops.settling.services.confirming import PaymentRefused
from tests.conftest import MONDAY
from tests.shops.conftest import enrol_ani
from tests.shops.payments.paying import posted

SATURDAY = MONDAY - timedelta(days=2)
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def ani(in_melati, budi):
    return enrol_ani(in_melati, budi)


@pytest.fixture
def pay_in(ani, tono):
    def do(amount_idr=50_000, kind="sukarela", on=FRIDAY, key=None, who=None, **more):
        return savings.deposit(
            member=who or ani,
            kind=SavingsKind.objects.of(ani.cooperative).get(code=kind),
            amount_idr=amount_idr,
            key=key or new_id(),
            on=on,
            by=tono,
            **more,
        )

    return do


@pytest.fixture
def take_out(ani, tono):
    def do(amount_idr=20_000, on=FRIDAY, **more):
        return savings.withdraw(
            member=ani,
            kind=SavingsKind.objects.of(ani.cooperative).get(code="sukarela"),
            amount_idr=amount_idr,
            key=new_id(),
            on=on,
            by=tono,
            **more,
        )

    return do


def agree(cooperative):
    assert checks.differences(cooperative) == []
    assert rebuild.compare(cooperative=cooperative) == []


# --- By transfer and QRIS --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "code"),
    [(PaidBy.CASH, "1-1101"), (PaidBy.TRANSFER, "1-1111"), (PaidBy.QRIS, "1-1112")],
)
def test_a_deposit_lies_where_its_money_is(pay_in, in_melati, method, code):
    entry = pay_in(method=method, reference=" BCA  1 ")
    assert posted(entry.journal) == [(code, 50_000, 0), ("2-1103", 0, 50_000)]
    assert (entry.method, entry.reference) == (method, "BCA 1")
    agree(in_melati)


def test_what_nobody_sees_waits_to_be_matched_and_is_settled_with_sales(
    pay_in, in_melati, tono, sari
):
    cash, transfer = pay_in(), pay_in(method=PaidBy.TRANSFER)
    qris = pay_in(method=PaidBy.QRIS, amount_idr=30_000)
    waiting = receivables.waiting(in_melati)
    assert [one.id for one in waiting] == [transfer.id, qris.id]
    assert cash.id not in [one.id for one in waiting]
    confirming.confirm(cooperative=in_melati, ids=[transfer.id], on=FRIDAY, by=tono)
    arrived = settlements.Arrived(ids=[qris.id], net_idr=29_800, on=FRIDAY)
    made = settlements.settle(cooperative=in_melati, arrived=arrived, key=new_id(), by=tono)
    assert posted(made.journal) == [
        ("1-1111", 29_800, 0),
        ("6-1107", 200, 0),
        ("1-1112", 0, 30_000),
    ]
    assert [one.id for one in receivables.of_settlement(made)] == [qris.id]
    assert receivables.waiting(in_melati) == []
    agree(in_melati)


def test_a_deposit_whose_money_never_came_is_none(pay_in, ani, in_melati, tono):
    entry = pay_in(method=PaidBy.QRIS)
    confirming.record_missing(
        cooperative=in_melati, id=entry.id, note="Ditanya", on=FRIDAY, by=tono
    )
    undone = SavingsEntry.objects.of(in_melati).get(reverses=entry)
    assert posted(undone.journal) == [("1-1112", 0, 50_000), ("2-1103", 50_000, 0)]
    one = receivables.find(in_melati, receivables.Wanted(ids=[entry.id]))[0]
    assert (one.state, one.left_idr) == (State.MISSING, 0)
    with pytest.raises(PaymentRefused, match="record it as a deposit anew"):
        confirming.confirm(cooperative=in_melati, ids=[entry.id], on=FRIDAY, by=tono)
    agree(in_melati)


def test_what_was_settled_is_not_corrected_before_the_settlement(pay_in, in_melati, tono):
    entry = pay_in(method=PaidBy.QRIS)
    arrived = settlements.Arrived(ids=[entry.id], net_idr=50_000, on=FRIDAY)
    made = settlements.settle(cooperative=in_melati, arrived=arrived, key=new_id(), by=tono)

    def correct():
        given = {"reason": "salah orang", "key": new_id(), "on": FRIDAY, "by": tono}
        return savings.reverse_entry(entry=entry, **given)

    with pytest.raises(PaymentRefused, match="Undo that settlement first"):
        correct()
    settlements.undo(settlement=made, reason="salah", key=new_id(), on=FRIDAY, by=tono)
    correct()
    assert receivables.unsettled_idr(in_melati) == 0
    agree(in_melati)


def test_a_withdrawal_goes_by_transfer_and_not_by_qris(pay_in, take_out, in_melati):
    pay_in(method=PaidBy.TRANSFER)
    entry = take_out(method=PaidBy.TRANSFER)
    assert posted(entry.journal) == [("2-1103", 20_000, 0), ("1-1111", 0, 20_000)]
    assert len(receivables.waiting(in_melati)) == 1
    with pytest.raises(WithdrawalRefused, match="cash or transfer"):
        take_out(method=PaidBy.QRIS)
    agree(in_melati)


# --- On the day of the meeting -----------------------------------------------------------------


def test_money_of_a_meeting_counts_for_its_day(pay_in, ani, in_melati):
    first = pay_in(on=FRIDAY)
    late = pay_in(10_000, on=FRIDAY, day=MONDAY)
    assert (late.date, late.journal.date) == (MONDAY, MONDAY)
    assert late.number > first.number
    shown = [(entry.date, entry.running_balance_idr) for entry in queries.history(ani)[:2]]
    assert shown == [(FRIDAY, 60_000), (MONDAY, 10_000)]
    agree(in_melati)


def test_a_day_is_refused_that_cannot_be(pay_in, in_melati, tono):
    with pytest.raises(DayRefused, match="not come yet"):
        pay_in(on=MONDAY, day=FRIDAY)
    with pytest.raises(DayRefused, match="became a member on"):
        pay_in(day=SATURDAY)
    eka = _applicant(in_melati, tono)
    pay_in(40_000, kind="pokok", on=date(2026, 10, 5), who=eka)
    months.close(cooperative=in_melati, month=date(2026, 10, 1), on=FRIDAY, by=tono)
    with pytest.raises(ledger.MonthClosed):
        pay_in(60_000, kind="pokok", day=date(2026, 10, 12), who=eka)


def _applicant(cooperative, by):
    from kkmp.lib.identity import parse_nik
    from members.register.services import membership

    return membership.register(
        cooperative=cooperative,
        particulars=membership.Particulars(
            name="Eka (rekaan)", nik=parse_nik("3374115203900016"), phone="+6281200000016"
        ),
        on=date(2026, 10, 1),
        by=by,
    )


def test_what_was_not_there_on_that_day_is_not_taken_out(pay_in, take_out):
    pay_in(50_000, on=FRIDAY)
    pay_in(15_000, on=FRIDAY, day=MONDAY)
    with pytest.raises(DayRefused, match="no more than Rp\xa015,000"):
        take_out(20_000, day=MONDAY)
    assert take_out(15_000, day=MONDAY).date == MONDAY


def test_the_same_deposit_twice_is_one_and_another_day_is_another(pay_in):
    key = new_id()
    assert pay_in(key=key, day=MONDAY) == pay_in(key=key, day=MONDAY)
    for other in ({"day": MONDAY + timedelta(days=1)}, {"method": PaidBy.QRIS}):
        with pytest.raises(ledger.KeyReused):
            pay_in(key=key, **{"day": MONDAY} | other)


# --- The principal and the first month -------------------------------------------------------


def test_the_first_month_comes_with_the_principal(in_melati, budi):
    eka = _applicant(in_melati, budi)
    principal = SavingsKind.objects.of(in_melati).get(code="pokok")

    def join(amount_idr, key):
        return savings.deposit_with_first_month(
            member=eka, kind=principal, amount_idr=amount_idr, key=key, on=MONDAY, by=budi
        )

    with pytest.raises(DepositRefused, match="paid in full"):
        join(60_000, new_id())
    assert not SavingsEntry.objects.of(in_melati).filter(member=eka).exists()
    key = new_id()
    assert join(100_000, key) == join(100_000, key)
    entries = SavingsEntry.objects.of(in_melati).filter(member=eka).order_by("number")
    assert list(entries.values_list("kind__code", "amount_idr")) == [
        ("pokok", 100_000),
        ("wajib", 10_000),
    ]
    agree(in_melati)


# --- Pages and programs ----------------------------------------------------------------------


def test_the_page_offers_how_and_when_it_was_paid(ani, in_melati, budi, client_of):
    browser = client_of(budi)
    where = f"/k/{in_melati.code}/anggota/{ani.id}/setor/"
    page = browser.get(where, follow=True)
    kind = SavingsKind.objects.of(in_melati).get(code="sukarela")
    body = {
        "key": new_id(),
        "kind": kind.id,
        "amount_idr": "50.000",
        "method": "transfer",
        "reference": "BCA 1",
        "day": MONDAY.isoformat(),
    }
    assert set(body) <= set(page.context["form"].fields)
    answer = browser.post(where, body)
    assert answer.status_code == 302
    receipt = browser.get(answer["Location"]).content.decode()
    assert "Lewat transfer bank (BCA 1)." in receipt
    assert "Dicatat pada" in receipt
    member = browser.get(f"/k/{in_melati.code}/anggota/{ani.id}/").content.decode()
    assert "dicatat pada" in member or "recorded on" in member
    payments = browser.get(f"/k/{in_melati.code}/gerai/pembayaran/").content.decode()
    assert "Ani" in payments


def test_a_program_says_how_and_when(ani, in_melati, budi, api_of):
    body = {
        "member": str(ani.id),
        "kind": "sukarela",
        "amount_idr": 50_000,
        "key": str(new_id()),
        "method": "qris",
        "reference": "QR 7",
        "day": MONDAY.isoformat(),
    }
    there = "/api/v1/savings/deposits/"
    answers = [api_of(budi).post(there, body, format="json") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    made = answers[0].json()
    assert (made["method"], made["reference"], made["date"]) == ("qris", "QR 7", str(MONDAY))
    listed = api_of(budi).get("/api/v1/payments/").json()
    assert [(one["is_savings"], one["amount_idr"]) for one in listed] == [(True, 50_000)]


def test_whoever_comes_to_find_somebody_can_type_at_once(ani, in_melati, budi, client_of):
    browser = client_of(budi)
    for page, name in (("", 'name="q"'), ("setoran-bersama/", 'id="find"')):
        text = browser.get(f"/k/{in_melati.code}/anggota/{page}", follow=True).content.decode()
        (box,) = [part for part in text.split("<input")[1:] if name in part.split(">")[0]]
        assert "autofocus" in box.split(">")[0]
