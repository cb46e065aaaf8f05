"""A member's credit in its other direction: paid out, and undone."""

import pytest

from finance.ledger import checks
from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Line
from kkmp.lib.confirmed_amounts import AmountChanged
from kkmp.lib.ids import new_id
from shops.credit import queries
from shops.credit.services import credits, ways_back
from shops.credit.services.credits import CreditRefused
from shops.drawers import cash
from shops.drawers.services import shifts
from shops.models import CreditTerms, Method
from shops.settling import queries as settling_queries
from tests.shops.conftest import MORNING, open_shift, returned, sold


@pytest.fixture
def drawer(gerai, sari):
    return open_shift(gerai, sari, float_idr=200_000)


@pytest.fixture
def sugar(gerai, gula, ani, sari, drawer):
    """Two packs for Rp34.600, all of it on credit."""
    CreditTerms.objects.create(
        cooperative=ani.cooperative, member=ani, limit_idr=100_000, due_days=14
    )
    credit = [_tender(Method.CREDIT, 34_600)]
    return sold(gerai, sari, (gula, "2"), member=ani, payments=credit, needs_shift=True)


def _tender(method, amount_idr):
    from shops.till.services.sales import Tender

    return Tender(method, amount_idr)


def paid(ani, by, amount_idr=34_600, method=Method.CASH, **more):
    given = {"key": new_id(), "at": MORNING, "by": by} | more
    return credits.pay(member=ani, method=method, amount_idr=amount_idr, **given)


def out(ani, by, amount_idr=34_600, **more):
    given = {"method": Method.CASH, "key": new_id(), "at": MORNING, "by": by} | more
    return ways_back.pay_out(member=ani, amount_idr=amount_idr, **given)


def undo(payment, by, **more):
    given = {"reason": "salah orang", "key": new_id(), "at": MORNING, "by": by} | more
    return ways_back.undo(payment=payment, **given)


def owes(ani):
    return books.party_balance(ani.cooperative, Code.MEMBER_CREDIT, ani.party_id)


def lines_of(payment):
    rows = Line.objects.of(payment.cooperative).filter(journal=payment.journal)
    return [
        (line.account.code, line.debit_idr, line.credit_idr)
        for line in rows.select_related("account").order_by("position")
    ]


# --- Paid out --------------------------------------------------------------------------------


def test_goods_bought_on_credit_paid_for_and_brought_back_are_paid_out(
    sugar, ani, sari, budi, tono, drawer, in_melati
):
    paid(ani, sari)
    returned(sugar, drawer, budi)
    assert owes(ani) == -34_600
    key = new_id()
    made = out(ani, tono, shown_idr=34_600, key=key)
    assert lines_of(made) == [("1-1121", 34_600, 0), ("1-1101", 0, 34_600)]
    assert out(ani, tono, key=key).is_repeat
    assert owes(ani) == 0
    assert checks.differences(in_melati) == []


def test_a_transfer_to_the_member_is_awaited_by_nobody(sugar, ani, sari, budi, tono, drawer):
    paid(ani, sari)
    returned(sugar, drawer, budi)
    out(ani, tono, method=Method.TRANSFER)
    assert settling_queries.waiting(ani.cooperative) == []


def test_no_more_is_paid_out_than_is_owed_and_seen(sugar, ani, sari, budi, tono, drawer):
    with pytest.raises(CreditRefused, match=r"owes .* Rp\xa00"):
        out(ani, tono)
    paid(ani, sari)
    returned(sugar, drawer, budi)
    with pytest.raises(CreditRefused, match=r"Rp\xa034,600"):
        out(ani, tono, 34_601)
    with pytest.raises(AmountChanged):
        out(ani, tono, 30_000, shown_idr=30_000)


# --- Undone ----------------------------------------------------------------------------------


def test_a_payment_of_the_wrong_member_comes_out_of_the_drawer_again(
    sugar, ani, sari, tono, drawer, in_melati
):
    before = cash.expected_idr(drawer)
    payment = paid(ani, sari)
    made = undo(payment, tono)
    assert made.reverses == payment
    assert cash.expected_idr(drawer) == before
    assert owes(ani) == 34_600
    assert not ways_back.can_be_undone(payment)
    assert queries.account(ani, on=made.date).owed_idr == 34_600
    assert checks.differences(in_melati) == []


def test_once_the_drawer_is_closed_it_comes_out_of_the_main_cash_box(
    sugar, ani, sari, tono, drawer, in_melati
):
    payment = paid(ani, sari)
    shifts.close(
        shift=drawer,
        counted=shifts.Counted({100_000: 2, 20_000: 1, 10_000: 1, 2_000: 2, 500: 1, 100: 1}),
        note="",
        key=new_id(),
        at=MORNING,
        by=sari,
    )
    made = undo(payment, tono)
    assert lines_of(made) == [("1-1101", 0, 34_600), ("1-1121", 34_600, 0)]
    assert made.shift is None
    assert checks.differences(in_melati) == []


def test_what_was_paid_out_by_mistake_is_owed_again(
    sugar, ani, sari, budi, tono, drawer, in_melati
):
    paid(ani, sari)
    returned(sugar, drawer, budi)
    undo(out(ani, tono), tono)
    assert owes(ani) == -34_600
    assert checks.differences(in_melati) == []


def test_a_payment_is_undone_once_with_a_reason_and_only_where_it_is_cash(sugar, ani, sari, tono):
    payment = paid(ani, sari, 10_000)
    with pytest.raises(CreditRefused, match="Write why"):
        undo(payment, tono, reason=" ")
    key = new_id()
    first = undo(payment, tono, key=key)
    assert undo(payment, tono, key=key) == first
    with pytest.raises(CreditRefused, match="already been corrected"):
        undo(payment, tono)
    with pytest.raises(CreditRefused, match="a correction itself"):
        undo(first, tono)
    with pytest.raises(ledger.KeyReused):
        undo(payment, tono, key=key, reason="lain")
    with pytest.raises(CreditRefused, match="under Payments"):
        undo(paid(ani, sari, 5_000, Method.QRIS), tono)


# --- By programs -----------------------------------------------------------------------------


def test_programs_undo_a_payment_and_pay_out(sugar, ani, sari, budi, drawer, in_melati, api_of):
    payment = paid(ani, sari)
    program, key = api_of(budi), str(new_id())
    there = f"/api/v1/credit-payments/{payment.id}/undo/"
    body = {"key": key, "reason": "salah orang"}
    assert api_of(sari).post(there, body, format="json").status_code == 403
    answers = [program.post(there, body, format="json") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["reverses"] == str(payment.id)
    assert owes(ani) == 34_600
    paid(ani, sari)
    returned(sugar, drawer, budi)
    out_there = f"/api/v1/credits/{ani.id}/pay-out/"
    given = {"key": str(new_id()), "method": "cash", "amount_idr": 34_600, "shown_idr": 34_500}
    assert program.post(out_there, given, format="json").status_code == 409
    given["shown_idr"] = 34_600
    assert program.post(out_there, given, format="json").status_code == 201
    assert owes(ani) == 0
    assert checks.differences(in_melati) == []
