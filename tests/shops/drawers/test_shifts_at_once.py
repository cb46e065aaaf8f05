"""Two at one drawer, a sale while its shift is closed, and goods brought back twice."""

from functools import partial

import pytest

from finance.ledger import checks
from finance.ledger.accounts import Code
from finance.models import Line
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.drawers import cash
from shops.drawers.services import shifts
from shops.models import Refund, Sale, SaleReturn, Shift
from shops.returns.services import returns
from tests.at_once import side_by_side
from tests.shops.conftest import MORNING

pytestmark = pytest.mark.django_db(transaction=True)


def close(shop, shift, by, pieces, key=None):
    with scope.cooperative(shop.cooperative.pk):
        return shifts.close(
            shift=shift,
            counted=shifts.Counted(pieces),
            note="",
            key=key or new_id(),
            at=MORNING,
            by=by,
        )


def take_back(shop, sale, shift, by, approver, key=None):
    with scope.cooperative(shop.cooperative.pk):
        return returns.take_back(
            sale=sale,
            quantities=None,
            reason="Barang rusak",
            key=key or new_id(),
            at=MORNING,
            approved=returns.Approved(by, approver, shift),
        )


def names(results):
    return sorted(type(result).__name__ for result in results)


def test_one_of_two_opens_the_drawer_and_the_other_is_told_who_has_it(shop, sari, budi):
    results = side_by_side(
        lambda: shop.open_shift(sari, drawer="Laci 1"),
        lambda: shop.open_shift(budi, drawer="Laci 1"),
    )
    assert names(results) == ["Shift", "ShiftTaken"]
    (opened,) = [result for result in results if isinstance(result, Shift)]
    assert str(opened.cashier) in str(next(r for r in results if r is not opened))


def test_a_form_sent_twice_at_once_opens_one_shift_with_one_float(shop, sari):
    key = new_id()
    results = side_by_side(*[lambda: shop.open_shift(sari, float_idr=50_000, key=key)] * 2)
    assert results[0] == results[1]
    with scope.cooperative(shop.cooperative.pk):
        drawer = Line.objects.of(shop.cooperative).filter(account__code=Code.DRAWER)
        assert [line.debit_idr for line in drawer] == [50_000]
        assert Shift.objects.of(shop.cooperative).get().number == 1


def test_a_sale_is_in_the_closed_shift_or_refused_and_never_between(shop, sari):
    for _time in range(3):
        shift = shop.open_shift(sari)
        acts = [lambda: shop.sell(sari, (shop.gula, "1"), needs_shift=True)] * 2
        results = side_by_side(*acts, partial(close, shop, shift, sari, {500: 35}))
        made = sum(isinstance(result, Sale) for result in results)
        assert names(results) == sorted(["Shift"] + ["Sale"] * made + ["NoShift"] * (2 - made))
        with scope.cooperative(shop.cooperative.pk):
            closed = Shift.objects.of(shop.cooperative).get(id=shift.id)
            assert closed.expected_idr == made * 17_500 == cash.expected_idr(closed)
            assert checks.differences(shop.cooperative) == []


def test_a_shift_counted_by_two_is_closed_by_one(shop, sari, budi):
    shift = shop.open_shift(sari)
    results = side_by_side(
        lambda: close(shop, shift, sari, {500: 1}), lambda: close(shop, shift, budi, {500: 2})
    )
    assert names(results) == ["Shift", "ShiftRefused"]


def test_a_count_sent_twice_at_once_closes_once(shop, sari):
    shift, key = shop.open_shift(sari), new_id()
    results = side_by_side(*[lambda: close(shop, shift, sari, {500: 1}, key)] * 2)
    assert sorted(result.is_repeat for result in results) == [False, True]


def test_goods_brought_back_at_two_tills_at_once_come_back_once(shop, sari, budi, tono):
    mine = shop.open_shift(sari, float_idr=500_000)
    other = shop.open_shift(budi, float_idr=500_000)
    sale = shop.sell(sari, (shop.gula, "2"), needs_shift=True)
    results = side_by_side(
        lambda: take_back(shop, sale, mine, sari, tono),
        lambda: take_back(shop, sale, other, budi, tono),
    )
    assert names(results) == ["ReturnRefused", "SaleReturn"]
    with scope.cooperative(shop.cooperative.pk):
        assert [row.amount_idr for row in Refund.objects.of(shop.cooperative)] == [35_000]


def test_a_return_is_in_the_closed_shift_or_refused_and_never_between(shop, sari, budi):
    for _time in range(3):
        shift = shop.open_shift(sari)
        sale = shop.sell(sari, (shop.gula, "1"), needs_shift=True)
        results = side_by_side(
            partial(take_back, shop, sale, shift, sari, budi),
            partial(close, shop, shift, sari, {500: 35}),
        )
        made = sum(isinstance(result, SaleReturn) for result in results)
        with scope.cooperative(shop.cooperative.pk):
            closed = Shift.objects.of(shop.cooperative).get(id=shift.id)
            assert closed.expected_idr == (1 - made) * 17_500 == cash.expected_idr(closed)
