"""A return and another act at the same moment, with real commits."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from finance.ledger import checks
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.models import SavingsKind
from members.savings.services import savings
from shops.models import Method, Stock
from shops.returns.services import returns
from shops.stock import queries
from shops.till.services.sales import Tender
from tests.at_once import alone, side_by_side, until_waiting
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING

pytestmark = pytest.mark.django_db(transaction=True)


def take_back(shop, sale, shift, approver, key=None):
    with scope.cooperative(shop.cooperative.pk):
        return returns.take_back(
            sale=sale,
            quantities=None,
            reason="Rusak",
            key=key or new_id(),
            at=MORNING,
            approved=returns.Approved(shift.cashier, approver, shift),
        )


def test_a_sale_comes_back_to_one_of_two(shop, sari, budi):
    shift = shop.open_shift(sari)
    sale = shop.sell(sari, (shop.gula, "2"), needs_shift=True)
    results = side_by_side(*[lambda: take_back(shop, sale, shift, budi)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["ReturnRefused", "SaleReturn"]


def test_the_same_return_sent_twice_is_made_once(shop, sari, budi):
    shift = shop.open_shift(sari)
    sale = shop.sell(sari, (shop.gula, "2"), needs_shift=True)
    key = new_id()
    back = side_by_side(*[lambda: take_back(shop, sale, shift, budi, key)] * 2)
    assert back[0] == back[1]
    assert sorted(each.is_repeat for each in back) == [False, True]


def test_sales_returns_and_deposits_of_one_member_do_not_wait_in_a_ring(shop, sari, budi):
    with scope.cooperative(shop.cooperative.pk):
        kind = SavingsKind.objects.of(shop.cooperative).get(code="sukarela")
        deposit(shop, kind, 100_000, budi)
    shift = shop.open_shift(sari)
    paid = {
        "payments": [Tender(Method.SAVINGS, 17_300)],
        "member": shop.ani,
    }
    made = [shop.sell(sari, (shop.gula, "1"), **paid) for _time in range(2)]
    results = side_by_side(
        *[lambda sale=sale: take_back(shop, sale, shift, budi) for sale in made],
        *[lambda: shop.sell(sari, (shop.gula, "1"), **paid)] * 2,
        *[lambda: deposit(shop, kind, 5_000, budi)] * 2,
    )
    names = sorted(type(result).__name__ for result in results)
    assert names == ["Sale"] * 2 + ["SaleReturn"] * 2 + ["SavingsEntry"] * 2
    with scope.cooperative(shop.cooperative.pk):
        assert checks.differences(shop.cooperative) == []


def deposit(shop, kind, amount_idr, by):
    with scope.cooperative(shop.cooperative.pk):
        return savings.deposit(
            member=shop.ani, kind=kind, amount_idr=amount_idr, key=new_id(), on=MONDAY, by=by
        )


def test_a_sale_and_a_return_take_two_goods_in_one_order(shop, sari, tono, budi):
    """Both wait for the good that comes first, and neither holds the other one meanwhile."""
    one, other = (shop.gula, "2"), (shop.telur, "0.5")
    sold, shift = shop.sell(sari, other, one), shop.open_shift(tono, float_idr=500_000)
    with ThreadPoolExecutor(2) as pool:
        with scope.cooperative(shop.cooperative.pk):
            goods = Stock.objects.of(shop.cooperative).order_by("id").select_for_update()
            first, second = (row.id for row in Stock.objects.of(shop.cooperative).order_by("id"))
            goods.get(id=first)
            back = pool.submit(alone, shop.cooperative, lambda: take_back(shop, sold, shift, budi))
            until_waiting(1)
            sale = pool.submit(alone, shop.cooperative, lambda: shop.sell(sari, one, other))
            until_waiting(2)
            held = Stock.objects.of(shop.cooperative).select_for_update(nowait=True)
            assert held.get(id=second).quantity in (46, Decimal("86.75"))
        assert [type(each.result(timeout=120)).__name__ for each in (back, sale)] == [
            "SaleReturn",
            "Sale",
        ]
    with scope.cooperative(shop.cooperative.pk):
        left = Stock.objects.of(shop.cooperative).values_list("product__name", "quantity")
        assert dict(left) == {"Gula Pasir 1 kg": 46, "Telur Ayam": Decimal("86.75")}
        assert queries.stock_differences(shop.cooperative) == []
        assert checks.differences(shop.cooperative) == []
