"""What goes back mirrors what was sold, and many parts add up to the whole."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from shops.models import Method
from shops.pricing.paying import Tender, rounded, settle
from shops.returns.undoing import CannotUndo, RefundablePayment, ReturnableLine, undo


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def goods(number: int, sold: str, total_idr: int, cost_idr: int, **changes) -> ReturnableLine:
    given = {
        "name": f"Barang {number}",
        "is_service": False,
        "is_weighed": False,
        "back": Decimal(0),
        "back_total_idr": 0,
        "back_cost_idr": 0,
    }
    return ReturnableLine(
        id=UUID(int=number),
        product_id=UUID(int=100 + number),
        sold=Decimal(sold),
        total_idr=total_idr,
        cost_idr=cost_idr,
        **given | changes,
    )


def money(number: int, method: Method, amount_idr: int, back_idr: int = 0) -> RefundablePayment:
    return RefundablePayment(UUID(int=number), method, amount_idr, back_idr)


def undone(lines, paid, quantities=None, *, rounding=0, back=0, step=50):
    wanted = quantities and {UUID(int=n): Decimal(many) for n, many in quantities.items()}
    return undo(lines, paid, wanted, rounding_idr=rounding, rounded_back_idr=back, step_idr=step)


def by_method(result) -> dict[str, int]:
    return {str(one.method): one.amount_idr for one in result.money}


def test_the_whole_of_a_rounded_sale_comes_back_exactly():
    """A sale of 15,720 to the step of 50: 15,700 was paid, and 15,700 goes back."""
    result = undone([goods(1, "3", 15_720, 12_000)], [money(1, Method.CASH, 15_700)], rounding=-20)
    assert (result.total_idr, result.rounding_idr, result.cost_idr) == (15_720, -20, 12_000)
    assert (by_method(result), result.is_whole) == ({"cash": 15_700}, True)


def test_a_mix_of_bank_and_cash_goes_back_as_it_came():
    paid = [money(1, Method.TRANSFER, 10_000), money(2, Method.CASH, 5_700)]
    result = undone([goods(1, "3", 15_720, 12_000)], paid, rounding=-20)
    assert by_method(result) == {"transfer": 10_000, "cash": 5_700}


def test_a_part_takes_money_in_the_order_of_methods_and_rounds_the_cash():
    paid = [
        money(1, Method.CASH, 5_700),
        money(2, Method.VOUCHER, 5_000),
        money(3, Method.CREDIT, 5_000),
    ]
    result = undone([goods(1, "3", 15_720, 12_000)], paid, {1: "2"}, rounding=-20)
    assert (result.total_idr, result.cost_idr, result.is_whole) == (10_480, 8_000, False)
    assert by_method(result) == {"credit": 5_000, "voucher": 5_000, "cash": 500}
    assert result.rounding_idr == 20


def test_all_methods_have_a_turn_and_cash_is_the_last():
    paid = [money(n, method, 1_000) for n, method in enumerate(Method)]
    result = undone([goods(1, "6", 6_000, 0)], paid, {1: "5"})
    assert list(by_method(result)) == ["credit", "savings", "voucher", "transfer", "qris"]


def test_the_last_part_takes_all_that_is_left():
    left = goods(1, "3", 100, 10, back=Decimal(2), back_total_idr=67, back_cost_idr=7)
    result = undone([left], [money(1, Method.CASH, 100, 50)], rounding=0, back=-17)
    assert (result.total_idr, result.cost_idr, result.is_whole) == (33, 3, False)
    assert (by_method(result), result.rounding_idr) == ({"cash": 50}, 17)


@pytest.mark.parametrize(
    ("quantities", "words"),
    [
        ({1: "4"}, "at most 3 can come back"),
        ({1: "-1"}, "no quantity"),
        ({1: "0.0001"}, "no quantity"),
        ({1: "1.5"}, "whole pieces"),
        ({9: "1"}, "not of this sale"),
        ({1: "0"}, "Write how much of each comes back"),
    ],
)
def test_what_makes_no_sense_is_refused(quantities, words):
    with pytest.raises(CannotUndo, match=words):
        undone([goods(1, "3", 300, 30)], [money(1, Method.CASH, 300)], quantities)


def test_nothing_comes_back_twice():
    with pytest.raises(CannotUndo, match="Nothing of this sale is left"):
        undone(
            [goods(1, "3", 300, 30, back=Decimal(3), back_total_idr=300, back_cost_idr=30)],
            [money(1, Method.CASH, 300, 300)],
        )


def test_a_pinch_that_is_worth_nothing_stays():
    with pytest.raises(CannotUndo, match="worth nothing"):
        undone(
            [goods(1, "1", 400, 200, is_weighed=True)],
            [money(1, Method.CASH, 400)],
            {1: "0.001"},
        )


@given(
    lines=st.lists(
        st.tuples(st.integers(1, 9), st.integers(1, 10**6), st.integers(0, 10**6)),
        min_size=1,
        max_size=4,
    ),
    others=st.lists(st.integers(0, 10**6), max_size=3),
    step=st.sampled_from([1, 50, 100, 500]),
    order=st.randoms(use_true_random=False),
)
def test_however_it_comes_back_the_parts_add_up_to_the_sale(lines, others, step, order):
    """Piece by piece: price, cost, payments and rounding all come to what the sale was."""
    total = sum(price for _many, price, _cost in lines)
    methods = (Method.QRIS, Method.TRANSFER, Method.CREDIT)
    tenders = []
    for method, amount in zip(methods, others, strict=False):
        amount = min(amount, total - sum(one.amount_idr for one in tenders))
        tenders += [Tender(method, amount)] if amount else []
    open_idr = total - sum(one.amount_idr for one in tenders)
    due = rounded(open_idr, step)
    if not due and not tenders:
        return
    paid = settle(total, [*tenders, *([Tender(Method.CASH, due)] if due else [])], step_idr=step)
    back = {n: [0, 0, 0] for n in range(len(lines))}
    refunded = dict.fromkeys(range(len(paid.payments)), 0)
    rounding = 0
    pieces = [n for n, (many, _price, _cost) in enumerate(lines) for _piece in range(many)]
    order.shuffle(pieces)
    for n in pieces:
        result = _one_back(lines, paid, back, refunded, rounding, n, step)
        if result is None:
            continue
        rounding += result.rounding_idr
        for one in result.lines:
            spent = back[one.id.int]
            spent[0] += int(one.quantity)
            spent[1] += one.total_idr
            spent[2] += one.cost_idr
        for part in result.money:
            refunded[part.id.int] += part.amount_idr
            assert refunded[part.id.int] <= paid.payments[part.id.int].amount_idr
    left = [n for n, (many, _price, _cost) in enumerate(lines) if back[n][0] < many]
    if not left:
        assert [tuple(back[n]) for n in back] == lines
        assert rounding == paid.rounding_idr
        assert [refunded[n] for n in refunded] == [one.amount_idr for one in paid.payments]


def _one_back(lines, paid, back, refunded, rounding, n, step):
    """One piece of the n-th line; None where it is worth nothing."""
    held = [
        goods(
            at,
            str(many),
            price,
            cost,
            back=Decimal(back[at][0]),
            back_total_idr=back[at][1],
            back_cost_idr=back[at][2],
        )
        for at, (many, price, cost) in enumerate(lines)
    ]
    due = [
        money(at, one.method, one.amount_idr, refunded[at]) for at, one in enumerate(paid.payments)
    ]
    try:
        return undone(held, due, {n: "1"}, rounding=paid.rounding_idr, back=rounding, step=step)
    except CannotUndo:
        return None
