"""Opening stock, and a moving average that never loses a rupiah."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger.services.ledger import KeyReused
from finance.models import Line
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from kkmp.lib.money import share_of_value
from shops.goods.services import products
from shops.models import Product, Stock, StockMovement, TillSettings
from shops.stock import queries
from shops.stock.services import stock
from shops.stock.services.stock import OpeningLine, StockRefused
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, particulars


@pytest.fixture
def garam(gerai, budi):
    """Never in stock yet."""
    return products.add(
        on=MONDAY,
        cooperative=gerai.cooperative,
        particulars=particulars(gerai, name="Garam"),
        by=budi,
    )


@pytest.fixture
def take(in_melati, budi):
    def do(*lines, key=KEY):
        return stock.take_opening(
            cooperative=in_melati,
            lines=[OpeningLine(product, Decimal(many), cost) for product, many, cost in lines],
            key=key,
            on=MONDAY,
            by=budi,
        )

    return do


def test_opening_stock_is_posted_against_the_clearing_account(take, garam, gerai, in_melati, budi):
    journal = take((garam, "12", 2_100))
    lines = Line.objects.of(in_melati).filter(journal=journal).order_by("position")
    assert [(line.account.code, line.debit_idr, line.credit_idr) for line in lines] == [
        ("1-1131", 25_200, 0),
        ("3-9101", 0, 25_200),
    ]
    assert {line.unit_id for line in lines} == {gerai.id}
    held = Stock.objects.of(in_melati).get(product=garam)
    assert (held.quantity, held.value_idr) == (12, 25_200)
    movement = StockMovement.objects.of(in_melati).get(product=garam)
    assert (movement.kind, movement.quantity, movement.value_idr) == ("opening", 12, 25_200)
    event = AuditEvent.objects.of(in_melati).get(action="stock.opening")
    assert (event.actor, event.details) == (budi, {"products": 1, "value_idr": 25_200})


def test_the_same_key_and_goods_are_taken_in_once(take, garam, in_melati):
    assert take((garam, "12", 2_100)) == take((garam, "12", 2_100))
    assert Stock.objects.of(in_melati).get(product=garam).quantity == 12


def test_other_goods_of_the_same_value_under_the_same_key_are_refused(take, garam, gerai, budi):
    merica = products.add(
        on=MONDAY,
        cooperative=gerai.cooperative,
        particulars=particulars(gerai, name="Merica"),
        by=budi,
    )
    take((garam, "12", 2_100))
    with pytest.raises(KeyReused):
        take((merica, "12", 2_100))


def test_opening_stock_cannot_be_taken_in_twice(take, gula):
    with pytest.raises(StockRefused, match="opening stock of Gula Pasir 1 kg is already"):
        take((gula, "1", 16_200), key=new_id())


@pytest.mark.parametrize(
    ("many", "cost", "words"),
    [
        ("0", 100, "more than zero"),
        ("-1", 100, "more than zero"),
        ("1.5", 100, "per whole bks"),
        ("1000000000", 100, "too large"),
        ("1", 0, "bought for"),
        ("1", -5, "bought for"),
    ],
)
def test_impossible_opening_stock_is_refused(take, garam, many, cost, words):
    with pytest.raises(StockRefused, match=words):
        take((garam, many, cost))


def test_nothing_at_all_is_refused(take):
    with pytest.raises(StockRefused, match="no goods"):
        take()


def test_a_product_that_stands_there_twice_is_refused(take, garam):
    with pytest.raises(StockRefused, match="twice"):
        take((garam, "1", 100), (garam, "2", 100))


def test_an_absurd_buying_price_is_refused(take, garam):
    with pytest.raises(StockRefused, match="too large"):
        take((garam, "1", 10**9 + 1))


@given(
    whole=st.integers(1, 200_000),
    value_idr=st.integers(0, 10**9),
    shares=st.lists(st.integers(1, 200_000), min_size=1, max_size=12),
)
def test_the_cost_of_what_is_sold_adds_up_to_what_was_paid(whole, value_idr, shares):
    """However it is taken from the shelf, the costs add up to the value and nothing is left."""
    held = Stock(quantity=Decimal(whole).scaleb(-3), value_idr=value_idr)
    spent_idr = 0
    for share in [*shares, whole]:
        quantity = min(Decimal(share).scaleb(-3), held.quantity)
        if not quantity:
            break
        cost_idr = share_of_value(held.value_idr, quantity, held.quantity)
        assert 0 <= cost_idr <= held.value_idr
        # Half up to the nearest rupiah of its share.
        assert abs(cost_idr * held.quantity - held.value_idr * quantity) * 2 <= held.quantity
        held.quantity -= quantity
        held.value_idr -= cost_idr
        spent_idr += cost_idr
    assert (held.quantity, held.value_idr, spent_idr) == (0, 0, value_idr)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(takes=st.lists(st.integers(1, 30_000), min_size=1, max_size=5))
def test_shelves_movements_and_books_stay_in_step(takes, sell, telur, in_melati):
    """On the real tables: whatever is sold, the three agree to the rupiah.

    The shelf goes on from one example to the next, until it is empty.
    """
    TillSettings.objects.update_or_create(cooperative=in_melati, defaults={"cash_step_idr": 1})
    for thousandths in takes:
        held = Stock.objects.of(in_melati).get(product=telur)
        quantity = min(Decimal(thousandths).scaleb(-3), held.quantity)
        if quantity:
            sell((telur, str(quantity)))
    assert queries.stock_differences(in_melati) == []
    lines = Line.objects.of(in_melati).filter(account__code="1-1131")
    books = sum(line.debit_idr - line.credit_idr for line in lines)
    assert books == queries.stock_value_idr(in_melati)


def test_a_shelf_that_is_out_of_step_is_named(gula, in_melati):
    Stock.objects.of(in_melati).filter(product=gula).update(quantity=47)
    (difference,) = queries.stock_differences(in_melati)
    assert (difference["product"], difference["quantity"]) == (gula, 47)
    assert difference["moved_quantity"] == 48


def test_a_shelf_without_movements_is_empty(garam, in_melati):
    assert queries.stock_differences(in_melati) == []
    assert Product.objects.of(in_melati).count() == 1
