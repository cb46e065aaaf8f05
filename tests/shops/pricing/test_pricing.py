"""What a basket costs: packs, tiers, quantities, days, discounts, and rules of subsidised goods."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from shops.models import Period, PriceTier
from shops.pricing import costs
from shops.pricing.basket import Buyer, SaleRefused
from shops.pricing.goods import PackOf, QuantityPrice, Rule, price_of
from tests.shops.pricing.baskets import ANI, DUS, MI, ONGKIR, TELUR, line, priced, totals


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def refused(words: str, *lines, **asked) -> None:
    with pytest.raises(SaleRefused, match=words):
        priced(*lines, **asked)


# --- Tiers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "price"), [("general", 3_300), ("wholesale", 2_950), ("institution", 3_100)]
)
def test_each_tier_has_its_price(tier, price):
    assert totals(line(MI, "2", tier)) == [2 * price]


def test_institutions_without_a_price_pay_the_general_one():
    assert totals(line(TELUR, "1", "institution")) == [29_000]


def test_members_without_a_price_pay_the_general_one_and_strangers_get_none():
    assert totals(line(ONGKIR, "1", "member"), buyer=ANI) == [5_000]
    refused("members only", line(ONGKIR, "1", "member"))


def test_what_has_no_wholesale_price_is_not_sold_wholesale():
    refused("no wholesale price", line(TELUR, "1", "wholesale"))


def test_nobody_pays_more_than_the_general_price_of_the_same_quantity():
    cheaper = replace(
        MI, quantity_prices=(QuantityPrice("general", Decimal(10), 3_000, date(2026, 1, 1)),)
    )
    assert totals(line(cheaper, "10", "member"), goods=[cheaper], buyer=ANI) == [30_000]


# --- Quantities and days ---------------------------------------------------------------------

BREAKS = (
    QuantityPrice("general", Decimal(10), 3_200, date(2026, 1, 1)),
    QuantityPrice("general", Decimal(20), 3_100, date(2026, 1, 1)),
    QuantityPrice("general", Decimal(20), 3_050, date(2026, 6, 1)),
)


@pytest.mark.parametrize(
    ("many", "price"), [("9", 3_300), ("10", 3_200), ("19", 3_200), ("20", 3_050)]
)
def test_the_largest_quantity_that_fits_counts_then_the_latest_day(many, price):
    goods = replace(MI, quantity_prices=BREAKS)
    assert price_of(goods, PriceTier.GENERAL, Decimal(many)) == price


def test_a_break_counts_measures_whatever_pack_they_are_in():
    goods = replace(MI, quantity_prices=BREAKS)
    assert totals(line(goods, "1", pack=DUS), goods=[goods]) == [40 * 3_050]


# --- Packs -----------------------------------------------------------------------------------


def test_a_pack_costs_as_many_times_its_measure():
    (sold,) = priced(line(MI, "2", pack=DUS))
    assert (sold.price_idr, sold.total_idr) == (132_000, 264_000)
    assert (sold.quantity, sold.pack_quantity) == (80, 2)


def test_a_pack_has_prices_of_its_own():
    dus = replace(DUS, prices={"general": 128_000, "member": 124_000})
    goods = replace(MI, packs=(dus,))
    assert totals(line(goods, "1", pack=dus), goods=[goods]) == [128_000]
    (sold,) = priced(line(goods, "1", "member", dus), goods=[goods], buyer=ANI)
    assert (sold.total_idr, sold.saving_idr) == (124_000, 4_000)


def test_a_dear_tier_of_a_pack_falls_back_to_its_general_price():
    dus = replace(DUS, prices={"general": 100_000})
    goods = replace(MI, packs=(dus,))
    assert totals(line(goods, "1", "institution", dus), goods=[goods]) == [100_000]


def test_a_pack_may_have_a_wholesale_price_where_the_measure_has_none():
    pack = PackOf(DUS.id, "peti", Decimal(10), {"wholesale": 270_000})
    goods = replace(TELUR, packs=(pack,))
    assert totals(line(goods, "1", "wholesale", pack), goods=[goods]) == [270_000]


def test_packs_are_whole_even_of_what_is_weighed():
    pack = PackOf(DUS.id, "peti", Decimal(10), {})
    goods = replace(TELUR, packs=(pack,))
    refused("whole peti", line(goods, "0.5", pack=pack), goods=[goods])


def test_a_pack_that_is_not_sold_is_refused():
    refused(
        "no longer sold", line(replace(MI, packs=()), "1", pack=DUS), goods=[replace(MI, packs=())]
    )


def test_packs_and_pieces_of_one_product_share_its_shelf():
    refused("Not enough Mi Instan: 400 bks left", line(MI, "10", pack=DUS), line(MI, "1"))
    assert totals(line(MI, "9", pack=DUS), line(MI, "40")) == [9 * 132_000, 40 * 3_300]


def test_packs_and_pieces_share_the_cost_without_losing_a_rupiah():
    sold = priced(line(MI, "9", pack=DUS), line(MI, "40"))
    assert sum(costs.of_lines(sold)) == 1_100_000


# --- Services --------------------------------------------------------------------------------


def test_a_service_needs_no_stock_and_costs_nothing():
    sold = priced(line(ONGKIR, "3"))
    assert ([each.total_idr for each in sold], costs.of_lines(sold)) == ([15_000], [0])


# --- Discounts -------------------------------------------------------------------------------


def test_a_discount_of_a_line_lowers_its_total_and_raises_the_saving():
    (sold,) = priced(line(MI, "2", off=600))
    assert (sold.total_idr, sold.discount_idr, sold.saving_idr) == (6_000, 600, 600)


@pytest.mark.parametrize("off", [6_600, 6_601, -1])
def test_a_line_is_never_given_away(off):
    refused("discount must be less than Rp\xa06,600", line(MI, "2", off=off))


@pytest.mark.parametrize("off", [32_299, 32_300, 34_500, -1])
def test_nor_is_a_basket(off):
    refused("must be less than", line(MI, "1"), line(TELUR, "1"), discount_idr=off)


def test_of_each_line_a_rupiah_stays_whatever_is_taken_off_the_whole():
    sold = totals(line(MI, "1"), line(TELUR, "0.003"), discount_idr=3_300 + 87 - 2)
    assert sold == [1, 1]


@given(
    quantities=st.lists(st.integers(1, 30), min_size=1, max_size=3),
    share=st.floats(0, 0.999),
)
def test_a_discount_of_the_whole_is_shared_without_losing_a_rupiah(quantities, share):
    goods = (MI, TELUR, ONGKIR)
    lines = [line(g, str(q)) for g, q in zip(goods, quantities, strict=False)]
    before = totals(*lines)
    off = int(sum(before) * share)
    after = priced(*lines, discount_idr=off)
    assert sum(each.total_idr for each in after) == sum(before) - off
    assert sum(each.discount_idr for each in after) == off
    # At general prices nothing else is saved, and the receipt says so.
    assert sum(each.saving_idr for each in after) == off
    assert all(each.total_idr > 0 for each in after)


# --- Rules of subsidised goods ---------------------------------------------------------------


def rule(**asked) -> Rule:
    usual = {
        "ceiling_idr": None,
        "most_quantity": None,
        "period": Period.DAY,
        "no_wholesale": False,
        "needs_identity": False,
        "source": "SK 1/2026",
    }
    return Rule(**usual | asked)


def ruled(**asked):
    return replace(MI, rules=(rule(**asked),))


def test_a_price_above_the_ceiling_is_refused_with_its_source():
    goods = ruled(ceiling_idr=3_000)
    refused(r"at most Rp\xa03,000 a bks \(SK 1/2026\)", line(goods, "1"), goods=[goods])
    fine = ruled(ceiling_idr=3_300)
    assert totals(line(fine, "1"), line(fine, "1", pack=DUS), goods=[fine]) == [3_300, 132_000]


def test_a_pack_keeps_to_the_ceiling_of_what_is_in_it():
    goods = ruled(ceiling_idr=3_299)
    refused("at most", line(goods, "1", pack=DUS), goods=[goods])


def test_it_is_never_sold_wholesale():
    goods = ruled(no_wholesale=True)
    refused("never sold at the wholesale price", line(goods, "1", "wholesale"), goods=[goods])
    assert totals(line(goods, "1", "institution"), goods=[goods]) == [3_100]


def test_the_buyer_must_be_known():
    goods = ruled(needs_identity=True)
    refused("fill in the buyer's NIK", line(goods, "1"), goods=[goods])
    for buyer in (ANI, Buyer(is_member=False, is_known=True)):
        assert totals(line(goods, "1"), goods=[goods], buyer=buyer) == [3_300]


def test_each_buyer_gets_so_much_of_it_whatever_the_packs():
    goods = ruled(most_quantity=Decimal(41))
    assert totals(line(goods, "1", pack=DUS), line(goods, "1"), goods=[goods])
    refused(
        "at most 41 bks a day for each buyer",
        line(goods, "1", pack=DUS),
        line(goods, "2"),
        goods=[goods],
    )


def test_what_the_buyer_had_already_counts():
    goods = ruled(most_quantity=Decimal(2), bought=Decimal(1), period=Period.WEEK)
    assert totals(line(goods, "1"), goods=[goods]) == [3_300]
    refused("at most 2 bks a week.* has had 1", line(goods, "2"), goods=[goods])


# --- What makes no sense ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("many", "words"),
    [
        ("0", "more than zero"),
        ("-1", "more than zero"),
        ("1.5", "whole bks"),
        ("0.0001", "three decimals"),
        ("1000000000", "too large"),
    ],
)
def test_quantities_make_sense(many, words):
    refused(words, line(MI, many))


def test_too_many_packs_are_too_large():
    refused("too large", line(MI, "99999999", pack=DUS))


def test_a_pinch_that_costs_nothing_is_refused():
    cheap = replace(TELUR, prices={"general": 400})
    refused("costs nothing", line(cheap, "0.001"), goods=[cheap])


def test_goods_that_are_gone_or_of_another_unit_are_refused():
    gone = replace(MI, is_active=False)
    refused("no longer sold", line(gone, "1"), goods=[gone])
    other = replace(MI, unit_id=DUS.id)
    refused("another unit", line(other, "1"), goods=[other])


def test_the_same_goods_at_two_prices_are_refused():
    refused("at two prices", line(MI, "1"), line(MI, "1", "wholesale"))


def test_an_empty_basket_is_refused():
    refused("basket is empty")


def test_discounts_of_the_same_goods_are_added():
    (sold,) = priced(line(MI, "1", off=100), line(MI, "2", off=200))
    assert (sold.quantity, sold.discount_idr, sold.total_idr) == (3, 300, 9_600)
