"""Goods come back, and the money cannot go back the way it came: somebody has left or died, or
the voucher has expired."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from finance.ledger import checks
from finance.ledger import queries as books
from finance.ledger.accounts import Code
from kkmp.lib.confirmed_amounts import AmountChanged
from kkmp.lib.ids import new_id
from members.leaving.services import exits, kept
from members.leaving.services.exits import Heir
from members.models import ExitReason, KeptMoney, SavingsBalance
from shops.drawers import cash
from shops.models import Method, PaidAs, Voucher, VoucherBatch
from shops.returns.services import returns
from shops.returns.services.left import ReturnRefused
from shops.returns.services.money_back import RefundWay
from shops.returns.services.returns import Approved
from shops.vouchers import queries as vouchers_queries
from shops.vouchers.services import vouchers
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift
from tests.shops.till.test_tenders import by, credit, saved, voucher

__all__ = ["credit", "saved", "voucher"]
CASH = RefundWay(PaidAs.CASH, "Bu Tini (rekaan)")


@pytest.fixture
def drawer(gerai, sari):
    return open_shift(gerai, sari, float_idr=500_000)


@pytest.fixture
def back(drawer, sari, budi):
    def do(sale, parts=None, *, at=MORNING, instead=None, shown_idr=None):
        wanted = parts and {line.id: Decimal(many) for line, many in parts}
        return returns.take_back(
            sale=sale,
            quantities=wanted,
            reason="Rusak",
            key=new_id(),
            at=at,
            approved=Approved(sari, budi, drawer),
            instead=instead,
            shown_idr=shown_idr,
        )

    return do


def leaves(member, tono, budi, reason=ExitReason.RESIGNED, heir=""):
    asked = exits.request(
        member=member,
        reason=reason,
        heir=Heir(heir, "istri", "") if heir else Heir(),
        key=uuid4(),
        on=MONDAY,
        by=tono,
    )
    decision = exits.Decision("7/BA", MONDAY)
    return exits.decide(exit=asked, decision=decision, key=uuid4(), on=MONDAY, by=budi)


def owes(cooperative, member):
    return books.party_balance(cooperative, Code.MEMBER_CREDIT, member.party_id)


# --- Somebody who has left -------------------------------------------------------------------


def test_savings_of_somebody_who_left_take_nothing_back(
    sell, back, gula, ani, saved, in_melati, tono, budi
):
    sale = sell((gula, "1"), member=ani, payments=[by("savings", 17_300)])
    leaves(ani, tono, budi)
    with pytest.raises(ReturnRefused, match="has left the cooperative") as refusal:
        back(sale)
    assert "instead" in refusal.value.fields
    assert not SavingsBalance.objects.of(in_melati).filter(member=ani, balance_idr__gt=0).exists()


def test_it_is_paid_in_cash_to_whoever_brings_the_goods(
    sell, back, gula, ani, credit, in_melati, tono, budi, drawer
):
    sale = sell((gula, "1"), member=ani, payments=[by("credit", 17_300)])
    leaves(ani, tono, budi)
    before = cash.expected_idr(drawer)
    returned = back(sale, instead=CASH)
    assert returned.receiver == "Bu Tini (rekaan)"
    assert before - cash.expected_idr(drawer) == 17_300
    assert owes(in_melati, ani) == 0
    assert checks.differences(in_melati) == []


def test_cash_instead_is_rounded_to_coins(
    sell, back, telur, ani, credit, in_melati, tono, budi, drawer
):
    sale = sell((telur, "0.253"), member=ani, payments=[by("credit", 7_211)])
    leaves(ani, tono, budi)
    before = cash.expected_idr(drawer)
    back(sale, instead=CASH)
    assert before - cash.expected_idr(drawer) == 7_200
    assert checks.differences(in_melati) == []


def test_it_is_kept_for_the_heir_by_name_and_paid_once(
    sell, back, gula, ani, credit, in_melati, tono, budi
):
    sale = sell((gula, "2"), member=ani, payments=[by("credit", 34_600)])
    leaves(ani, tono, budi, ExitReason.DIED, heir="Rudi Lestari (rekaan)")
    back(sale, instead=RefundWay(PaidAs.KEPT))
    one = KeptMoney.objects.of(in_melati).get()
    assert (one.owed_to, one.amount_idr, one.member) == ("Rudi Lestari (rekaan)", 34_600, ani)
    assert owes(in_melati, ani) == 0
    assert books.party_balance(in_melati, Code.FORMER_MEMBERS, ani.party_id) == 34_600
    assert checks.differences(in_melati) == []
    key = uuid4()
    paid = kept.pay(kept=one, paid_to="Rudi", key=key, on=MONDAY, by=tono, shown_idr=34_600)
    again = kept.pay(kept=one, paid_to="Rudi", key=key, on=MONDAY, by=tono)
    assert again.is_repeat
    assert paid.payment == again.payment
    assert books.party_balance(in_melati, Code.FORMER_MEMBERS, ani.party_id) == 0
    with pytest.raises(kept.KeptRefused, match="paid out already"):
        kept.pay(kept=one, paid_to="Rudi", key=uuid4(), on=MONDAY, by=tono)
    undone = kept.unpay(kept=one, reason="belum diambil", key=uuid4(), on=MONDAY, by=tono)
    assert undone.is_due
    assert checks.differences(in_melati) == []


# --- A voucher that has expired ---------------------------------------------------------------


@pytest.fixture
def spent(sell, gula, voucher):
    """Two packs of sugar for a voucher that ends before they come back."""
    return sell((gula, "1"), payments=[by("voucher", 17_500, voucher.code)])


def after(voucher):
    return MORNING + (voucher.batch.valid_until - MONDAY) + timedelta(days=1)


def test_an_expired_voucher_takes_nothing_back(back, spent, voucher, in_melati):
    left = Voucher.objects.of(in_melati).get(id=voucher.id).left_idr
    with pytest.raises(ReturnRefused, match="The voucher was valid until"):
        back(spent, at=after(voucher))
    with pytest.raises(ReturnRefused, match="Write who gets the money"):
        back(spent, at=after(voucher), instead=RefundWay(PaidAs.KEPT))
    back(spent, at=after(voucher), instead=RefundWay(PaidAs.KEPT, "Pak Harno (rekaan)"))
    assert Voucher.objects.of(in_melati).get(id=voucher.id).left_idr == left
    one = KeptMoney.objects.of(in_melati).get()
    assert (one.owed_to, one.amount_idr, one.member) == ("Pak Harno (rekaan)", 17_500, None)
    assert checks.differences(in_melati) == []


def test_on_its_last_day_a_voucher_takes_it_back(back, spent, voucher, in_melati):
    left = Voucher.objects.of(in_melati).get(id=voucher.id).left_idr
    back(spent, at=after(voucher) - timedelta(days=1))
    assert Voucher.objects.of(in_melati).get(id=voucher.id).left_idr == left + 17_500


def test_what_went_out_in_cash_stays_spent_on_the_voucher(
    back, sell, gula, in_melati, tono, drawer
):
    ordered = vouchers.Ordered(
        buyer="Dinas Sosial (rekaan)",
        value_idr=20_000,
        count=1,
        valid_until=MONDAY,
        method=Method.CASH,
    )
    batch = vouchers.issue(cooperative=in_melati, ordered=ordered, key=new_id(), on=MONDAY, by=tono)
    code = Voucher.objects.of(in_melati).get(batch=batch).code
    sale = sell((gula, "1"), payments=[by("voucher", 17_500, code)])
    back(sale, at=MORNING + timedelta(days=1), instead=CASH)
    assert vouchers_queries.spent_idr(VoucherBatch.objects.of(in_melati).get()) == 17_500
    assert checks.differences(in_melati) == []


# --- The sum that was shown -------------------------------------------------------------------


def test_another_sum_than_was_shown_is_not_paid_back(sell, back, gula, in_melati):
    sale = sell((gula, "2"))
    with pytest.raises(AmountChanged, match=r"Rp\xa035,000 now, and was Rp\xa017,500"):
        back(sale, shown_idr=17_500)
    assert back(sale, shown_idr=35_000).total_idr == 35_000
