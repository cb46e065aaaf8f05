"""The basket on the device: lines, codes that scanners read, and what is sent to the server."""

from decimal import Decimal

import pytest

from kkmp.lib.errors import DomainError
from kkmp.lib.identity import parse_nik
from kkmp.lib.money import format_rupiah, line_total_idr
from kkmp.lib.quantity import format_quantity

GULA = {
    "id": "g",
    "code": "8990000070030",
    "name": "Gula",
    "measure": "bks",
    "is_weighed": False,
    "is_service": False,
    "general_price_idr": 17_500,
    "member_price_idr": 17_300,
    "wholesale_price_idr": 16_800,
    "institution_price_idr": None,
    "stock_thousandths": 480_000,
    "packs": [
        {
            "id": "dus",
            "name": "dus",
            "code": "18990000070037",
            "factor_thousandths": 20_000,
            "general_price_idr": 340_000,
            "member_price_idr": None,
            "wholesale_price_idr": None,
            "institution_price_idr": None,
        }
    ],
    "prices": [{"tier": "general", "from_thousandths": 10_000, "price_idr": 17_000}],
    "rules": [],
    "is_subsidised": False,
    "wholesale_from_thousandths": 0,
}
TELUR = GULA | {
    "id": "t",
    "code": "00123",
    "name": "Telur",
    "measure": "kg",
    "is_weighed": True,
    "general_price_idr": 29_000,
    "member_price_idr": 28_500,
    "wholesale_price_idr": None,
    "packs": [],
    "prices": [],
}
GOODS = [GULA, TELUR]
ANI = {"id": "m", "number": 12, "name": "Ani Lestari (rekaan)"}
#: 2x, product 00123, 1255 g, check digit.
LABEL = "2100123012558"


@pytest.fixture
def start(device):
    return device.call("empty", "key")


@pytest.fixture
def add(device):
    def do(basket, id, thousandths=1000, pack=None):
        return device.call("add", basket, {"id": id, "pack": pack}, thousandths)

    return do


@pytest.fixture
def bill(device):
    def do(basket, goods=GOODS, known=False):
        return device("bill", basket=basket, goods=goods, known=known)

    return do


# --- Numbers ---------------------------------------------------------------------------------


def test_totals_are_exact_where_a_float_would_not_be(device):
    for thousandths in (1, 5, 333, 1255, 86_917, 99_999_000):
        for price in (1, 99, 501, 29_000, 999_999_999):
            exact = line_total_idr(Decimal(thousandths).scaleb(-3), price)
            assert device.call("lineTotal", thousandths, price) == exact


def test_numbers_are_written_as_the_server_writes_them(device):
    for amount in (0, 999, 1_000, 1_250_000, -5_000):
        assert device.call("formatRupiah", amount) == format_rupiah(amount)
    for quantity in (0, 5, 250, 1_000, 125_500, 99_999_000):
        written = format_quantity(Decimal(quantity).scaleb(-3))
        assert device.call("formatQuantity", quantity) == written


@pytest.mark.parametrize(
    ("text", "weighed", "thousandths"),
    [
        ("2", True, 2000),
        ("1,25", True, 1250),
        ("0.5", True, 500),
        ("0,0005", True, None),
        ("x", True, None),
        ("", True, None),
        ("-1", True, None),
        ("8990000070030", True, None),
        ("1,5", False, None),
        ("2,0", False, 2000),
        ("2.000", False, 2_000_000),
        ("1.250,5", True, 1_250_500),
    ],
)
def test_quantities_are_read_as_they_are_typed(device, text, weighed, thousandths):
    assert device.call("parseQuantity", text, weighed) == thousandths


@pytest.mark.parametrize(
    ("text", "discount"),
    [
        ("", 0),
        ("5.000", 5_000),
        ("Rp 5.000,-", 5_000),
        ("10%", 1_755),
        ("12,5%", 2_194),
        ("0%", 0),
        ("abc", None),
        ("100%", None),
        ("150%", None),
        ("-5000", None),
        ("5,50", None),
    ],
)
def test_a_discount_is_rupiah_or_a_part(device, text, discount):
    assert device.call("parseDiscount", text, 17_555) == discount


def test_what_is_written_in_a_field_is_read_back_as_it_was(device):
    for thousandths in (1_000, 1_250, 999_000, 1_500_000, 2_000_000, 99_999_000):
        text = device.call("writeQuantity", thousandths)
        assert device.call("parseQuantity", text, True) == thousandths


@pytest.mark.parametrize(
    "digits",
    [
        "3374115203900012",
        "3374112902000012",
        "3374116902000012",
        "3374112902010012",
        "1234567890123456",
        "3374110013900012",
        "3374113204900012",
        "3374115203900000",
        "337411520390001",
    ],
)
def test_a_nik_is_judged_as_the_server_does(device, digits):
    try:
        parse_nik(digits)
    except DomainError:
        assert device.call("isNik", digits) is False
    else:
        assert device.call("isNik", digits) is True


def test_what_another_member_was_to_pay_does_not_go_over(device, start):
    given = [{"method": method, "amount": 1_000} for method in ("credit", "cash", "savings")]
    ani, tono = ({"id": name, "number": 1, "name": name} for name in ("ani", "tono"))
    basket = device.call("withPayments", device.call("forMember", start, ani), given)
    assert device.call("forMember", basket, ani)["payments"] == given
    assert device.call("forMember", basket, tono)["payments"] == [given[1]]
    assert device.call("forMember", basket, None)["payments"] == [given[1]]


# --- Lines -----------------------------------------------------------------------------------


def test_the_same_goods_again_are_one_more_and_a_pack_is_a_line_of_its_own(start, add):
    basket = add(add(add(add(start, "g"), "t", 500), "g"), "g", pack="dus")
    assert [(line["id"], line["pack"], line["thousandths"]) for line in basket["lines"]] == [
        ("g", None, 2000),
        ("t", None, 500),
        ("g", "dus", 1000),
    ]


def test_one_less_than_one_takes_the_line_out(device, start, add):
    place = {"id": "g", "pack": None}
    assert device.call("step", add(start, "g"), place, -1)["lines"] == []
    assert device.call("step", start, place, 1)["lines"] == []


def test_a_line_that_becomes_another_is_added_to_it(device, start, add):
    basket = add(add(start, "g", 3000), "g", pack="dus")
    changed = {"pack": "dus", "thousandths": 2000, "discount": 0}
    edited = device.call("editLine", basket, {"id": "g", "pack": None}, changed)
    assert [(line["pack"], line["thousandths"]) for line in edited["lines"]] == [("dus", 3000)]


def test_many_and_packs_cost_less(start, add, bill):
    assert bill(add(start, "g", 9000))["total"] == 9 * 17_500
    assert bill(add(start, "g", 10_000))["total"] == 170_000
    assert bill(add(start, "g", 2000, pack="dus"))["total"] == 680_000


def test_a_member_pays_less_and_sees_what_is_saved(start, add, bill):
    sums = bill(add(start, "g", 2000) | {"member": ANI})
    assert (sums["total"], sums["saving"], sums["lines"][0]["tier"]) == (34_600, 400, "member")


def test_wholesale_is_for_goods_that_have_it(start, add, bill):
    sums = bill(add(add(start, "g"), "t") | {"tier": "wholesale"})
    assert [line["tier"] for line in sums["lines"]] == ["wholesale", "general"]


def test_too_few_for_wholesale_keep_the_usual_price(start, add, bill):
    goods = [GULA | {"wholesale_from_thousandths": 10_000}]
    kiosk = add(start, "g", 9000) | {"tier": "wholesale"}
    assert bill(kiosk, goods)["lines"][0]["tier"] == "general"
    assert bill(add(kiosk, "g"), goods)["lines"][0]["tier"] == "wholesale"
    goods = [GULA | {"wholesale_from_thousandths": None}]
    assert bill(kiosk, goods)["lines"][0]["tier"] == "general"


def test_subsidised_goods_without_a_rule_keep_the_usual_price(start, add, bill):
    kiosk = add(start, "g") | {"tier": "wholesale"}
    assert bill(kiosk, [GULA | {"is_subsidised": True}])["lines"][0]["tier"] == "general"


def test_subsidised_goods_keep_the_usual_price_and_ask_who_buys(start, add, bill):
    rule = {
        "ceiling_idr": None,
        "most_thousandths": 2000,
        "period": "day",
        "no_wholesale": True,
        "needs_identity": True,
        "source": "Permendag",
    }
    goods = [GULA | {"rules": [rule]}]
    kiosk = add(start, "g") | {"tier": "wholesale"}
    assert bill(kiosk, goods)["lines"][0]["tier"] == "general"
    assert bill(kiosk, goods)["refusal"]["code"] == "needsIdentity"
    assert bill(kiosk, goods, known=True)["refusal"] is None
    assert bill(add(kiosk, "g", 2000), goods, known=True)["refusal"]["code"] == "most"


@pytest.mark.parametrize(
    ("id", "thousandths", "problem"), [("g", 481_000, "notEnough"), ("gone", 1000, "gone")]
)
def test_what_cannot_be_sold_is_named_on_its_line(start, add, bill, id, thousandths, problem):
    sums = bill(add(add(start, "t"), id, thousandths))
    assert [(line["problem"] or {}).get("code") for line in sums["lines"]] == [None, problem]
    assert sums["refusal"]["code"] == problem


def test_a_service_has_no_stock_to_run_out_of(start, add, bill):
    goods = [GULA | {"is_service": True, "stock_thousandths": 0}]
    assert bill(add(start, "g"), goods)["refusal"] is None


# --- Codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "id", "pack", "thousandths"),
    [
        ("8990000070030", "g", None, None),
        (" 899 0000070030 ", "g", None, None),
        ("18990000070037", "g", "dus", None),
        (LABEL, "t", None, 1255),
    ],
)
def test_a_scan_finds_goods_packs_and_weighed_labels(device, text, id, pack, thousandths):
    found = device("scan", goods=GOODS, text=text)
    assert (found["product"]["id"], (found["pack"] or {}).get("id")) == (id, pack)
    assert found["thousandths"] == thousandths


@pytest.mark.parametrize("text", ["8990000000000", LABEL[:-1] + "1", "2100124012557", "gula", ""])
def test_other_codes_find_nothing(device, text):
    assert device("scan", goods=GOODS, text=text) is None


def test_a_label_of_goods_that_are_not_weighed_is_unknown(device):
    assert device("scan", goods=[TELUR | {"is_weighed": False}], text=LABEL) is None


@pytest.mark.parametrize("code", ["00123", "0123", "123"])
def test_a_label_finds_the_code_with_as_many_zeros_as_the_shop_writes(device, code):
    found = device("scan", goods=[GULA, TELUR | {"code": code}], text=LABEL)
    assert (found["product"]["code"], found["thousandths"]) == (code, 1255)


def test_of_two_codes_that_a_label_may_mean_none_is_taken(device):
    goods = [TELUR | {"code": "0123"}, TELUR | {"id": "a", "code": "123"}]
    assert device("scan", goods=goods, text=LABEL) is None
    own = TELUR | {"id": "o", "code": "00123"}
    assert device("scan", goods=[*goods, own], text=LABEL)["product"]["id"] == "o"


def test_goods_past_their_date_are_named_on_their_line(start, add, bill):
    goods = [GULA | {"expired_on": "2026-11-09"}]
    line = bill(add(start, "g"), goods)["lines"][0]
    assert line["problem"] == {"code": "expired", "values": {"name": "Gula", "day": "09/11/2026"}}


def test_a_members_card_is_read(device):
    card = device("card", text="KKMP:3374111002:0012")
    assert card == {"cooperative": "3374111002", "number": 12}
    assert device("card", text="3374111002") is None


# --- Paying ----------------------------------------------------------------------------------


def test_only_what_is_paid_in_cash_is_rounded(device):
    bank = {"method": "transfer", "amount": 10_000, "reference": ""}
    cash = {"method": "cash", "amount": 10_000, "reference": ""}
    settled = device.call("settle", 15_720, [bank, cash], 50)
    assert (settled["due"], settled["rounding"], settled["change"]) == (5_700, -20, 4_300)
    only = device.call("settle", 15_720, [bank | {"amount": 15_720}], 50)
    assert (only["rounding"], only["problem"]) == (0, None)


def test_what_is_still_open_is_told_while_paying(device):
    settled = device.call("settle", 61_100, [{"method": "qris", "amount": 20_000}], 100)
    assert (settled["open"], settled["problem"]["code"]) == (41_100, "short")


def test_a_limit_is_not_passed_in_two_halves(device):
    voucher = {"method": "voucher", "amount": 1, "reference": "AB 12"}
    assert device.call("twice", [voucher, voucher | {"reference": "ab12"}])["code"] == "twice"
    assert device.call("twice", [voucher, voucher | {"reference": "CD34"}]) is None


@pytest.mark.parametrize(
    ("due", "amounts"),
    [
        (0, []),
        (34_600, [34_600, 35_000, 40_000, 50_000, 100_000]),
        (50_000, [50_000, 60_000, 100_000]),
        (167_900, [167_900, 170_000, 180_000, 200_000]),
    ],
)
def test_quick_amounts_are_the_exact_sum_and_what_people_hand_over(device, due, amounts):
    assert device.call("quickAmounts", due) == amounts


def test_the_request_is_what_the_api_takes(device, start, add):
    basket = add(add(start, "g", 1000, pack="dus"), "t", 1250) | {
        "member": ANI,
        "discount": 1_000,
        "payments": [{"method": "cash", "amount": 500_000, "reference": ""}],
    }
    setup = {"unit": "gerai", "shift": "s", "step": 100, "device": "d"}
    sent = device("request", basket=basket, goods=GOODS, setup=setup, told={"nik": "never"})
    assert sent == {
        "key": "key",
        "unit": "gerai",
        "shift": "s",
        "device": "d",
        "member": "m",
        "payments": [{"method": "cash", "amount_idr": 500_000, "reference": ""}],
        "discount_idr": 1_000,
        "shown_idr": 374_600,
        "buyer_nik": "",
        "pin": "",
        "lines": [
            {
                "product": "g",
                "pack": "dus",
                "quantity": "1.000",
                "price_tier": "member",
                "discount_idr": 0,
            },
            {
                "product": "t",
                "pack": None,
                "quantity": "1.250",
                "price_tier": "member",
                "discount_idr": 0,
            },
        ],
    }


# --- UPC-A is EAN-13 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("089686010954", "Mi 12 angka"),
        ("0089686010954", "Mi 12 angka"),
        ("089686010961", "Mi nol depan"),
        ("0089686010961", "Mi nol depan"),
        ("089686010947", "Mi nol hilang"),
        ("0089686010947", "Mi nol hilang"),
    ],
)
def test_a_barcode_is_found_however_it_is_read(device, text, name):
    codes = {
        "Mi 12 angka": "089686010954",
        "Mi nol depan": "0089686010961",
        "Mi nol hilang": "89686010947",
    }
    goods = [GULA | {"id": name, "name": name, "code": code} for name, code in codes.items()]
    assert device("scan", goods=goods, text=text)["product"]["name"] == name


@pytest.mark.parametrize("code", ["0012", "12", "00012"])
def test_a_scale_label_finds_its_code_with_any_zeros_before_it(device, code):
    found = device("scan", goods=[TELUR | {"code": code}], text="2000012012501")
    assert (found["product"]["code"], found["thousandths"]) == (code, 1250)
