"""The till judges as the server does: random baskets are put to both, down to the rupiah."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shops.models import Method, Period, PriceTier
from shops.pricing import basket, paying
from shops.pricing.basket import Buyer, SaleRefused, SoldLine
from shops.pricing.goods import Goods, PackOf, QuantityPrice, Rule, wholesale_from
from shops.till.words import refusals

UNIT = UUID(int=1)
TIERS = [tier.value for tier in PriceTier]
THE_DAY = date(2026, 11, 1)

prices = st.integers(1, 2_000) | st.integers(500, 10_000_000) | st.integers(500, 100_000)


def rarely(usual: Any, other: Any, one_in: int = 12) -> Any:
    """Mostly the one, so that a basket of several such draws is still sold as a rule."""
    return st.integers(1, one_in).flatmap(lambda drawn: other if drawn == one_in else usual)


def thousandths(number: int) -> Decimal:
    return Decimal(number).scaleb(-3)


@st.composite
def sold_goods(draw: Any, number: int) -> Goods:
    general = draw(prices)
    own = {
        tier: draw(st.integers(1, general))
        for tier in TIERS[1:]
        if tier == "member" or draw(rarely(st.just(True), st.just(False)))
    }
    breaks = st.builds(
        QuantityPrice,
        st.sampled_from(TIERS),
        st.integers(1, 30_000).map(thousandths),
        prices,
        st.just(THE_DAY),
    )
    rules = st.builds(
        Rule,
        st.none() | prices,
        st.none() | st.integers(1, 20_000).map(thousandths),
        st.sampled_from(Period),
        st.booleans(),
        st.booleans(),
        st.just("Permendag"),
    )
    return Goods(
        id=UUID(int=100 + number),
        name=f"Barang {number}",
        measure="kg",
        is_weighed=draw(st.booleans()),
        is_active=True,
        is_service=draw(st.integers(0, 9)) == 0,
        income_code="",
        unit_id=UNIT,
        prices={"general": general} | own,
        quantity_prices=tuple(
            draw(st.lists(breaks, max_size=3, unique_by=lambda p: (p.tier, p.min_quantity)))
        ),
        packs=draw(st.just(()) | packs_of(number)),
        rules=draw(rarely(st.just(()), st.tuples(rules), 6)),
        is_subsidised=draw(rarely(st.just(False), st.just(True), 6)),
        pack_size=draw(st.none() | st.integers(1, 40)),
        quantity=thousandths(draw(rarely(st.just(10_000_000), st.integers(0, 20_000)))),
        expired_on=draw(rarely(st.none(), st.just(date(2026, 11, 9)))),
    )


def packs_of(number: int) -> Any:
    own = st.dictionaries(st.sampled_from(TIERS), prices)
    factors = st.integers(1, 50).map(Decimal) | st.integers(1, 5_000).map(thousandths)
    return st.tuples(
        st.builds(PackOf, st.just(UUID(int=200 + number)), st.just("dus"), factors, own)
    )


@st.composite
def questions(draw: Any) -> dict[str, Any]:
    """Goods, lines of them, a buyer, a discount, and what is paid."""
    goods = [draw(sold_goods(number)) for number in range(draw(st.integers(1, 4)))]
    places = [(each, pack) for each in goods for pack in (None, *each.packs)]
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=5, unique_by=place))
    member = draw(st.booleans())
    tiers = TIERS if member else [tier for tier in TIERS if tier != "member"]
    lines = [
        SoldLine(
            each.id,
            thousandths(draw(quantities_of(each, pack))),
            PriceTier(draw(rarely(st.sampled_from(tiers), st.sampled_from(TIERS)))),
            pack.id if pack else None,
            draw(rarely(st.just(0), st.integers(0, 3_000), 4)),
        )
        for each, pack in chosen
    ]
    return {
        "goods": goods,
        "lines": lines,
        "buyer": Buyer(member, member or draw(st.booleans()), draw(st.booleans())),
        "discount_idr": draw(rarely(st.just(0), st.integers(0, 20_000), 3)),
        "shares": draw(st.lists(st.integers(1, 50), max_size=3)),
        "cash": draw(st.sampled_from(["exact", "exact", "more", "more", "less", "none"])),
        "step_idr": draw(st.sampled_from([1, 50, 100, 500])),
    }


def quantities_of(goods: Goods, pack: PackOf | None) -> Any:
    whole = st.integers(1, 30).map(lambda count: count * 1000)
    parts = st.integers(1, 60_000)
    return rarely(parts if goods.is_weighed and not pack else whole, parts, 20)


def place(each: tuple[Goods, PackOf | None]) -> Any:
    return (each[0].id, each[1].id if each[1] else None)


def tenders(question: dict[str, Any], total_idr: int) -> list[paying.Tender]:
    """Parts of the total without cash, and the rest in cash, or about that."""
    methods = [Method.QRIS, Method.TRANSFER, Method.VOUCHER]
    parts = [
        paying.Tender(method, total_idr * share // 100)
        for method, share in zip(methods, question["shares"], strict=False)
    ]
    rest = max(total_idr - sum(part.amount_idr for part in parts), 0)
    due = paying.rounded(rest, question["step_idr"])
    cash = {"exact": due, "more": due + 7_777, "less": max(due - 1, 0), "none": 0}[question["cash"]]
    return parts + ([paying.Tender(Method.CASH, cash)] if cash else [])


def on_the_server(question: dict[str, Any]) -> dict[str, Any]:
    goods = {each.id: each for each in question["goods"]}
    answer: dict[str, Any] = {}
    try:
        priced = basket.priced(
            basket.merged(question["lines"]),
            goods,
            unit_id=UNIT,
            buyer=question["buyer"],
            discount_idr=question["discount_idr"],
        )
        answer["lines"] = [
            {
                "price": line.price_idr,
                "discount": line.discount_idr,
                "saving": line.saving_idr,
                "total": line.total_idr,
                "measures": int(line.quantity * 1000),
            }
            for line in priced
        ]
        total_idr = sum(line.total_idr for line in priced)
        paid = paying.settle(total_idr, tenders(question, total_idr), step_idr=question["step_idr"])
    except SaleRefused as refusal:
        return answer | {"refusal": str(refusal)}
    return answer | {
        "payments": [[str(one.method), one.amount_idr] for one in paid.payments],
        "rounding": paid.rounding_idr,
        "given": paid.given_idr,
        "change": paid.change_idr,
    }


def on_the_device(ask: Any, question: dict[str, Any], total_idr: int) -> dict[str, Any]:
    answer = ask(
        "judge",
        lines=[
            {
                "id": str(line.product_id),
                "pack": str(line.pack_id) if line.pack_id else None,
                "thousandths": int(line.quantity * 1000),
                "tier": line.tier.value,
                "discount": line.discount_idr,
            }
            for line in question["lines"]
        ],
        goods=[
            as_the_page_has_it(each, may_wholesale=question["buyer"].may_wholesale)
            for each in question["goods"]
        ],
        buyer={"isMember": question["buyer"].is_member, "isKnown": question["buyer"].is_known},
        discount=question["discount_idr"],
        tenders=[
            {"method": str(one.method), "amount": one.amount_idr, "reference": ""}
            for one in tenders(question, total_idr)
        ],
        step=question["step_idr"],
        said=WORDS,
    )
    if "payments" in answer:
        answer["payments"] = [[one["method"], one["amount"]] for one in answer["payments"]]
    return answer


def as_the_page_has_it(goods: Goods, *, may_wholesale: bool) -> dict[str, Any]:
    """What :func:`shops.till.shelf.till_goods` tells of a product."""

    least = wholesale_from(goods)

    def priced(prices: dict[str, int]) -> dict[str, int | None]:
        return {f"{tier}_price_idr": prices.get(tier) for tier in TIERS}

    return {
        "id": str(goods.id),
        "name": goods.name,
        "measure": goods.measure,
        "is_weighed": goods.is_weighed,
        "is_service": goods.is_service,
        "stock_thousandths": int(goods.quantity * 1000),
        "expired_on": goods.expired_on.isoformat() if goods.expired_on else None,
        "is_subsidised": goods.is_subsidised,
        "wholesale_from_thousandths": 0 if may_wholesale else least and int(least * 1000),
        **priced(goods.prices),
        "packs": [
            {
                "id": str(pack.id),
                "name": pack.name,
                "factor_thousandths": int(pack.factor * 1000),
                **priced(pack.prices),
            }
            for pack in goods.packs
        ],
        "prices": [
            {
                "tier": price.tier,
                "from_thousandths": int(price.min_quantity * 1000),
                "price_idr": price.price_idr,
            }
            for price in goods.quantity_prices
        ],
        "rules": [
            {
                "ceiling_idr": rule.ceiling_idr,
                "most_thousandths": None
                if rule.most_quantity is None
                else int(rule.most_quantity * 1000),
                "period": rule.period.value,
                "no_wholesale": rule.no_wholesale,
                "needs_identity": rule.needs_identity,
                "source": rule.source,
            }
            for rule in goods.rules
        ],
    }


with override("en"):
    WORDS = {
        "refusals": refusals(),
        "methods": {method.value: str(method.label) for method in Method},
        "periods": {period.value: str(period.label) for period in Period},
    }


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(question=questions())
def test_a_basket_costs_and_is_refused_the_same_on_device_and_server(device, question):
    server = on_the_server(question)
    total_idr = sum(line["total"] for line in server.get("lines", []))
    assert on_the_device(device, question, total_idr) == server


@given(
    total=st.integers(1, 10**12),
    step=st.sampled_from([1, 50, 100, 500, 1000]),
)
@example(total=15_720, step=50)
@example(total=15_725, step=50)
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_cash_is_rounded_half_up_on_both(device, total, step):
    assert device.call("rounded", total, step) == paying.rounded(total, step)


@pytest.mark.parametrize(
    ("tender", "said"),
    [
        ({"method": "qris", "amount": 0}, "QRIS: the amount must be more than zero."),
        ({"method": "transfer", "amount": 10**9 + 1}, "This amount is too large to be right."),
        ({"method": "voucher", "amount": 20_001}, "Rp\xa01 too much without cash: change is given"),
    ],
)
def test_an_amount_that_makes_no_sense_is_a_sentence(device, tender, said):
    problem = device.call("settle", 20_000, [tender | {"reference": ""}], 100)["problem"]
    assert device.call("sentence", WORDS, problem).startswith(said)
