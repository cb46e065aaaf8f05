"""How a total is paid: several methods at once, and only the cash part is rounded."""

from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from shops.models import Method
from shops.pricing.basket import SaleRefused
from shops.pricing.paying import Tender, rounded, settle


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def cash(amount_idr: int) -> Tender:
    return Tender(Method.CASH, amount_idr)


def bank(amount_idr: int) -> Tender:
    return Tender(Method.TRANSFER, amount_idr)


def qris(amount_idr: int) -> Tender:
    return Tender(Method.QRIS, amount_idr)


def by_method(paid) -> dict[str, int]:
    return {str(one.method): one.amount_idr for one in paid.payments}


def refused(words: str, total_idr: int, *tenders: Tender, step_idr: int = 100) -> None:
    with pytest.raises(SaleRefused, match=words):
        settle(total_idr, tenders, step_idr=step_idr)


@pytest.mark.parametrize(
    ("amount", "step", "expected"),
    [
        (15_720, 50, 15_700),
        (15_725, 50, 15_750),
        (15_724, 50, 15_700),
        (15_750, 100, 15_800),
        (15_749, 100, 15_700),
        (15_721, 1, 15_721),
        (250, 500, 500),
        (249, 500, 0),
    ],
)
def test_cash_is_rounded_half_up_to_the_step(amount, step, expected):
    assert rounded(amount, step) == expected


@given(amount=st.integers(0, 10**12), step=st.sampled_from([1, 50, 100, 200, 500, 1_000]))
def test_rounding_is_the_nearest_multiple_with_halves_up(amount, step):
    assert rounded(amount, step) == int(Fraction(amount, step) + Fraction(1, 2)) * step


def test_a_sale_of_15720_to_the_step_of_50_is_paid_with_15700():
    paid = settle(15_720, [cash(20_000)], step_idr=50)
    assert by_method(paid) == {"cash": 15_700}
    assert (paid.rounding_idr, paid.change_idr, paid.given_idr) == (-20, 4_300, 20_000)


def test_bank_and_cash_round_only_what_is_paid_in_cash():
    paid = settle(15_720, [bank(10_000), cash(6_000)], step_idr=50)
    assert by_method(paid) == {"transfer": 10_000, "cash": 5_700}
    assert (paid.rounding_idr, paid.change_idr) == (-20, 300)


def test_what_is_paid_without_cash_is_not_rounded():
    paid = settle(15_720, [qris(15_720)], step_idr=50)
    assert (by_method(paid), paid.rounding_idr, paid.change_idr) == ({"qris": 15_720}, 0, 0)


def test_several_methods_at_once_keep_their_order_with_cash_last():
    paid = settle(100_000, [cash(50_000), qris(30_000), bank(25_000)], step_idr=100)
    assert list(by_method(paid).items()) == [
        ("qris", 30_000),
        ("transfer", 25_000),
        ("cash", 45_000),
    ]
    assert paid.change_idr == 5_000


def test_a_rest_below_half_a_step_is_forgiven():
    paid = settle(10_040, [qris(10_000)], step_idr=100)
    assert (by_method(paid), paid.rounding_idr) == ({"qris": 10_000}, -40)


def test_payments_short_or_in_excess_are_refused_with_the_difference():
    refused(r"Rp\xa01,000 short of Rp\xa035,000", 35_000, cash(34_000))
    refused(r"Rp\xa035,000 short", 35_000)
    refused(r"Rp\xa01 too much without cash", 35_000, qris(35_001))
    refused("Everything is paid already", 35_000, qris(35_000), cash(1_000))


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_is_more_than_zero(amount):
    refused("more than zero", 35_000, cash(amount))


def test_an_absurd_amount_is_refused():
    refused("too large", 35_000, cash(1_000_000_001))
    assert settle(35_000, [cash(1_000_000_000)], step_idr=100).change_idr == 999_965_000


def test_what_rounds_to_nothing_in_cash_is_refused():
    refused("comes to nothing", 40, cash(1_000))


METHODS = st.sampled_from([Method.QRIS, Method.TRANSFER, Method.VOUCHER, Method.CREDIT])


@given(
    total=st.integers(50, 99 * 10**7),
    others=st.lists(st.tuples(METHODS, st.integers(1, 10**8)), max_size=3),
    extra=st.integers(0, 10**6),
    step=st.sampled_from([1, 50, 100, 500]),
)
def test_payments_add_up_to_the_total_and_its_rounding(total, others, extra, step):
    """An independent model: what is open after the others is paid in cash, to the nearest step."""
    open_idr = total - sum(amount for _method, amount in others)
    if open_idr < 0:
        return
    due = int(Fraction(open_idr, step) + Fraction(1, 2)) * step
    if not due and not others:
        return
    tenders = [Tender(method, amount) for method, amount in others]
    paid = settle(total, [*tenders, *([cash(due + extra)] if due else [])], step_idr=step)
    assert sum(one.amount_idr for one in paid.payments) == total + paid.rounding_idr
    assert paid.given_idr - paid.change_idr == total + paid.rounding_idr
    assert abs(paid.rounding_idr) * 2 <= step
    assert paid.change_idr == (extra if due else 0)
