"""Two tills at the same moment, with real commits."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from finance.ledger import checks
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.leaving.services import exits
from members.models import ExitReason, SavingsKind
from members.savings.services import savings
from shops.credit.services import credits
from shops.models import CreditTerms, Method, Sale, Stock
from shops.returns.services import returns
from shops.stock import queries
from shops.till.services.sales import SaleRefused, Tender
from tests.at_once import alone, side_by_side, until_waiting
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, sold

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_sale_sent_twice_is_made_once(shop, sari):
    key = new_id()
    sales = side_by_side(*[lambda: shop.sell(sari, (shop.gula, "48"), key=key)] * 2)
    assert sales[0] == sales[1]
    assert sorted(sale.was_recorded_before for sale in sales) == [False, True]


def test_the_last_pack_is_sold_to_one_of_two(shop, sari):
    results = side_by_side(*[lambda: shop.sell(sari, (shop.gula, "48"))] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Sale", "SaleRefused"]
    with scope.cooperative(shop.cooperative.pk):
        held = Stock.objects.of(shop.cooperative).get(product=shop.gula)
        assert (held.quantity, held.value_idr) == (0, 0)


def test_tills_that_scan_in_other_orders_do_not_wait_for_each_other(shop, sari):
    one, other = (shop.gula, "1"), (shop.telur, "0.333")
    acts = [lambda: shop.sell(sari, one, other), lambda: shop.sell(sari, other, one)] * 3
    numbers = sorted(sale.number for sale in side_by_side(*acts))
    assert numbers == [1, 2, 3, 4, 5, 6]
    with scope.cooperative(shop.cooperative.pk):
        assert queries.stock_differences(shop.cooperative) == []
        assert Sale.objects.of(shop.cooperative).count() == 6


def test_the_same_key_with_other_goods_is_a_conflict_for_one(shop, sari):
    key = new_id()
    results = side_by_side(
        lambda: shop.sell(sari, (shop.gula, "1"), key=key),
        lambda: shop.sell(sari, (shop.telur, "1"), key=key),
    )
    assert sorted(type(result).__name__ for result in results) == ["KeyReused", "Sale"]


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
    assert sorted(each.was_recorded_before for each in back) == [False, True]


def test_sales_on_credit_share_one_limit(shop, sari):
    with scope.cooperative(shop.cooperative.pk):
        CreditTerms.objects.create(
            cooperative=shop.cooperative, member=shop.ani, limit_idr=20_000, due_days=14
        )
    paid = {"payments": [Tender(Method.CREDIT, 17_300)], "member": shop.ani}
    results = side_by_side(
        lambda: shop.sell(sari, (shop.gula, "1"), **paid),
        lambda: shop.sell(
            sari,
            (shop.telur, "1"),
            **paid | {"payments": [Tender(Method.CREDIT, 17_300), Tender(Method.CASH, 12_000)]},
        ),
    )
    assert sorted(type(result).__name__ for result in results) == ["Sale", "SaleRefused"]


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


def _leaving(shop, rini):
    with scope.cooperative(shop.cooperative.pk):
        _on_credit(shop)
        return _request(shop, rini)


def _on_credit(shop):
    CreditTerms.objects.create(
        cooperative=shop.cooperative, member=shop.ani, limit_idr=90_000, due_days=14
    )


def _request(shop, rini):
    return exits.request(
        member=shop.ani, reason=ExitReason.RESIGNED, key=new_id(), on=MONDAY, by=rini
    )


def _decide(exit, by):
    decision = exits.Decision("12/BA/2026", MONDAY, MONDAY)
    return exits.decide(exit=exit, decision=decision, key=new_id(), on=MONDAY, by=by)


def test_a_debt_posted_while_a_leaving_is_written_down_and_decided_is_settled(
    shop, sari, rini, tono
):
    """Once it is written down, nothing is sold on credit: the debt has to be there before."""
    with scope.cooperative(shop.cooperative.pk):
        _on_credit(shop)
    with ThreadPoolExecutor(1) as pool:
        with scope.cooperative(shop.cooperative.pk):
            paid = [Tender(Method.CREDIT, 34_600)]
            sold(shop.unit, sari, (shop.gula, "2"), member=shop.ani, payments=paid)
            decided = pool.submit(
                alone, shop.cooperative, lambda: _decide(_request(shop, rini), tono)
            )
            until_waiting(1)
        exit = decided.result(timeout=120)
    assert (exit.settled_idr, exit.refund_idr) == (34_600, 65_400)
    _nothing_owed(shop)


def test_a_debt_after_a_leaving_was_decided_is_refused(shop, sari, rini, tono):
    exit = _leaving(shop, rini)
    paid = {"member": shop.ani, "payments": [Tender(Method.CREDIT, 34_600)]}
    with ThreadPoolExecutor(1) as pool:
        with scope.cooperative(shop.cooperative.pk):
            exit = _decide(exit, tono)
            sale = pool.submit(
                alone, shop.cooperative, lambda: shop.sell(sari, (shop.gula, "2"), **paid)
            )
            until_waiting(1)
        assert isinstance(sale.result(timeout=120), SaleRefused)
    assert (exit.settled_idr, exit.refund_idr) == (0, 100_000)
    _nothing_owed(shop)


def test_a_debt_that_only_the_books_know_is_settled_too(shop, rini, tono):
    """Whoever posts a debt without holding the member's row holds the books at least."""
    exit = _leaving(shop, rini)
    with ThreadPoolExecutor(1) as pool:
        with scope.cooperative(shop.cooperative.pk):
            ledger.post(
                cooperative=shop.cooperative,
                kind="manual",
                memo="Bon lama (rekaan)",
                entries=[
                    ledger.debit(Code.MEMBER_CREDIT, 40_000, party=shop.ani.party),
                    ledger.credit(Code.OTHER_INCOME, 40_000),
                ],
                key=new_id(),
                on=MONDAY,
                by=tono,
            )
            decided = pool.submit(alone, shop.cooperative, lambda: _decide(exit, tono))
            until_waiting(1)
        exit = decided.result(timeout=120)
    assert (exit.settled_idr, exit.refund_idr) == (40_000, 60_000)
    _nothing_owed(shop)


def _nothing_owed(shop):
    with scope.cooperative(shop.cooperative.pk):
        assert credits.owed_idr(shop.ani) == 0
