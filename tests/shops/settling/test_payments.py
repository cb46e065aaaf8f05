"""QRIS and transfers: seen, never come, and settled to the bank."""

from datetime import timedelta
from decimal import Decimal

import pytest

from finance.ledger import checks as ledger_checks
from finance.ledger.services.ledger import KeyReused, PostingRefused
from kkmp.access.models import AuditEvent
from kkmp.lib.confirmed_amounts import AmountChanged
from kkmp.lib.ids import new_id
from shops.models import Confirmation, Method
from shops.settling import checks as settling_checks
from shops.settling import queries
from shops.settling.queries import State, Wanted
from shops.settling.services import confirming, settlements
from shops.settling.services.confirming import PaymentRefused
from shops.settling.services.settlements import Arrived
from tests.conftest import MONDAY
from tests.shops.conftest import KEY
from tests.shops.payments.paying import (
    balance,
    line_of,
    payment_of,
    posted,
    state_of,
    take_back,
    tenders,
)

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def pay(sell, gula):
    """A pack of sugar, paid otherwise than in cash."""

    def do(method=Method.QRIS, many=1):
        price = 17_500 * many
        return payment_of(sell((gula, str(many)), payments=tenders(method, price, "REF 1")))

    return do


@pytest.fixture
def confirm(in_melati, tono):
    def do(*found, on=MONDAY):
        ids = [one.id for one in found]
        return confirming.confirm(cooperative=in_melati, ids=ids, on=on, by=tono)

    return do


@pytest.fixture
def miss(in_melati, tono):
    def do(one, note="Tidak ada di aplikasi", on=MONDAY):
        return confirming.record_missing(
            cooperative=in_melati, id=one.id, note=note, on=on, by=tono
        )

    return do


@pytest.fixture
def settle(in_melati, tono):
    def do(*found, net_idr, key=None, on=TUESDAY):
        arrived = Arrived(ids=[one.id for one in found], net_idr=net_idr, on=on, reference="X1")
        return settlements.settle(
            cooperative=in_melati, arrived=arrived, key=key or new_id(), by=tono
        )

    return do


# --- Seen ------------------------------------------------------------------------------------


def test_a_payment_waits_until_somebody_has_seen_it(pay, confirm, in_melati):
    paid = pay()
    assert [one.id for one in queries.waiting(in_melati)] == [paid.id]
    assert len(confirm(paid)) == 1
    assert queries.waiting(in_melati) == []
    assert state_of(in_melati, paid).state == State.ARRIVED


def test_seeing_it_twice_changes_nothing(pay, confirm, in_melati):
    paid = pay()
    confirm(paid)
    assert confirm(paid) == []
    assert Confirmation.objects.of(in_melati).count() == 1
    assert AuditEvent.objects.of(in_melati).filter(action="payment.confirm").count() == 1


def test_cash_is_nothing_to_confirm(sell, gula, confirm):
    with pytest.raises(PaymentRefused, match="no such payment"):
        confirm(payment_of(sell((gula, "1"))))


def test_payments_are_found_by_method_day_cashier_and_moment(pay, in_melati, sari, tono):
    qris, transfer = pay(), pay(Method.TRANSFER)

    def ids(**wanted):
        return [one.id for one in queries.find(in_melati, Wanted(**wanted))]

    assert ids() == [qris.id, transfer.id]
    assert ids(method=Method.TRANSFER) == [transfer.id]
    assert ids(day=TUESDAY) == []
    assert ids(cashier_id=tono.pk) == []
    assert ids(cashier_id=sari.pk, day=MONDAY) == [qris.id, transfer.id]
    assert ids(until=qris.sale.sold_at - timedelta(seconds=1)) == []


# --- Never came ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "account"), [(Method.QRIS, "1-1112"), (Method.TRANSFER, "1-1111")]
)
def test_what_never_came_becomes_a_difference(pay, miss, in_melati, method, account):
    paid = pay(method)
    miss(paid)
    said = Confirmation.objects.of(in_melati).select_related("journal").get()
    assert posted(said.journal) == [("1-1126", 17_500, 0), (account, 0, 17_500)]
    assert said.journal.kind == "payment.missing"
    assert (balance(in_melati, account), balance(in_melati, "1-1126")) == (0, 17_500)


def test_missing_needs_a_note_and_is_said_once(pay, miss, in_melati):
    paid = pay()
    with pytest.raises(PaymentRefused, match="done to find it"):
        miss(paid, note="  ")
    miss(paid)
    miss(paid)
    assert balance(in_melati, "1-1126") == 17_500


def test_nothing_is_said_before_it_was_paid(pay, miss):
    with pytest.raises(PaymentRefused, match="23 November 2026"):
        miss(pay(), on=MONDAY - timedelta(days=1))


def test_what_comes_late_stands_where_it_should(pay, miss, confirm, in_melati):
    paid = pay()
    miss(paid)
    confirm(paid, on=TUESDAY)
    assert state_of(in_melati, paid).state == State.ARRIVED
    assert (balance(in_melati, "1-1112"), balance(in_melati, "1-1126")) == (17_500, 0)
    assert list(settling_checks.qris_difference(in_melati)) == []


def test_it_may_be_lost_a_second_time(pay, miss, confirm, in_melati):
    paid = pay()
    miss(paid)
    confirm(paid)
    miss(paid)
    assert (balance(in_melati, "1-1112"), balance(in_melati, "1-1126")) == (0, 17_500)


def test_what_was_seen_by_mistake_can_still_be_missing(pay, confirm, miss, in_melati):
    paid = pay()
    confirm(paid)
    miss(paid)
    assert state_of(in_melati, paid).state == State.MISSING


# --- Settled ---------------------------------------------------------------------------------


def test_the_bank_gets_them_together_less_the_fee(pay, settle, confirm, in_melati):
    one, two = pay(), pay(many=2)
    confirm(one)
    made = settle(one, two, net_idr=52_000)
    assert posted(made.journal) == [
        ("1-1111", 52_000, 0),
        ("6-1107", 500, 0),
        ("1-1112", 0, 52_500),
    ]
    assert (made.gross_idr, made.fee_idr, made.net_idr) == (52_500, 500, 52_000)
    assert {state_of(in_melati, each).state for each in (one, two)} == {State.SETTLED}
    assert balance(in_melati, "1-1112") == 0


def test_without_a_fee_there_are_two_lines(pay, settle):
    assert len(posted(settle(pay(), net_idr=17_500).journal)) == 2


def test_the_same_settlement_sent_twice_is_recorded_once(pay, settle, in_melati):
    paid = pay()
    first = settle(paid, net_idr=17_400, key=KEY)
    assert settle(paid, net_idr=17_400, key=KEY) == first
    with pytest.raises(KeyReused):
        settle(paid, net_idr=17_300, key=KEY)


def test_what_is_settled_is_not_settled_again_and_not_missing(pay, settle, miss, confirm):
    paid = pay()
    settle(paid, net_idr=17_400)
    with pytest.raises(PaymentRefused, match="Settled to the bank"):
        settle(paid, net_idr=17_400)
    with pytest.raises(PaymentRefused, match="Undo that settlement"):
        miss(paid)
    assert confirm(paid) == []


@pytest.mark.parametrize(
    ("net_idr", "sentence"),
    [(0, "more than zero"), (17_501, "cannot have got more"), (10_000, "too much for QRIS")],
)
def test_an_amount_that_makes_no_sense_is_refused(pay, settle, net_idr, sentence):
    with pytest.raises(PaymentRefused, match=sentence):
        settle(pay(), net_idr=net_idr)


def test_other_settlements_are_refused(pay, settle):
    with pytest.raises(PaymentRefused, match="Tick the payments"):
        settle(net_idr=1)
    with pytest.raises(PaymentRefused, match="Only QRIS"):
        settle(pay(Method.TRANSFER), net_idr=17_500)
    with pytest.raises(PaymentRefused, match="was paid on"):
        settle(pay(), net_idr=17_500, on=MONDAY - timedelta(days=1))


def test_a_wrong_settlement_is_undone_and_recorded_anew(pay, settle, in_melati, tono):
    paid = pay()
    wrong = queries.settlements(in_melati).get(id=settle(paid, net_idr=17_000).id)

    def undo(key=KEY, reason="Salah jumlah"):
        return settlements.undo(settlement=wrong, reason=reason, key=key, on=TUESDAY, by=tono)

    with pytest.raises(PaymentRefused, match="why it is undone"):
        undo(reason=" ")
    undo()
    assert undo().is_repeat
    with pytest.raises(PostingRefused):
        undo(key=new_id())
    assert state_of(in_melati, paid).state == State.ARRIVED
    settle(paid, net_idr=17_400)
    assert (balance(in_melati, "1-1111"), balance(in_melati, "6-1107")) == (17_400, 100)
    assert queries.settlements(in_melati).filter(undone__isnull=False).get() == wrong


# --- Returned --------------------------------------------------------------------------------


def test_only_what_is_left_of_a_returned_payment_settles(pay, settle, shift, sari, tono):
    paid = pay(many=2)
    take_back(paid.sale, shift, sari, tono, {line_of(paid.sale).id: Decimal(1)})
    made = settle(paid, net_idr=17_400)
    assert (made.gross_idr, made.fee_idr) == (17_500, 100)


def test_what_was_returned_whole_is_not_awaited(pay, confirm, miss, settle, shift, sari, tono):
    paid = pay()
    take_back(paid.sale, shift, sari, tono)
    assert state_of(shift.cooperative, paid).state == State.RETURNED
    assert queries.waiting(shift.cooperative) == []
    for act in (confirm, miss):
        with pytest.raises(PaymentRefused, match="was returned"):
            act(paid)
    with pytest.raises(PaymentRefused, match="not waiting any more"):
        settle(paid, net_idr=17_500)


def test_money_goes_back_from_where_it_stands(pay, settle, miss, confirm, shift, sari, tono):
    settled, lost, late = pay(), pay(), pay(many=2)
    settle(settled, net_idr=17_500)
    miss(lost)
    miss(late)
    take_back(settled.sale, shift, sari, tono, at=settled.sale.sold_at + timedelta(days=1))
    take_back(lost.sale, shift, sari, tono)
    take_back(late.sale, shift, sari, tono, {line_of(late.sale).id: Decimal(1)})
    confirm(late)
    cooperative = shift.cooperative
    assert balance(cooperative, "1-1111") == 0
    assert balance(cooperative, "1-1126") == 0
    assert balance(cooperative, "1-1112") == 17_500
    assert ledger_checks.differences(cooperative) == []


def test_a_settlement_of_which_something_was_returned_stands(pay, settle, shift, sari, tono):
    paid = pay()
    made = queries.settlements(shift.cooperative).get(id=settle(paid, net_idr=17_500).id)
    take_back(paid.sale, shift, sari, tono, at=paid.sale.sold_at + timedelta(days=1))
    with pytest.raises(PaymentRefused, match="returned to the buyer since"):
        settlements.undo(settlement=made, reason="x", key=KEY, on=TUESDAY, by=tono)


def test_a_settlement_of_another_sum_than_was_ticked_is_refused(pay, in_melati, tono, shift, sari):
    paid = pay(many=2)
    asked = {
        "cooperative": in_melati,
        "arrived": Arrived(ids=[paid.id], net_idr=17_000, on=TUESDAY),
        "by": tono,
    }
    take_back(paid.sale, shift, sari, tono, {line_of(paid.sale).id: Decimal(1)})
    with pytest.raises(AmountChanged, match=r"Rp\xa017,500 now, and was Rp\xa035,000"):
        settlements.settle(key=new_id(), shown_idr=35_000, **asked)
    assert settlements.settle(key=new_id(), shown_idr=17_500, **asked).gross_idr == 17_500
