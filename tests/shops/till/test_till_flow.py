"""Opening the till, paying and sending as the device decides them, without a page."""

import pytest

ADDRESSES = {
    "data": "/k/_/gerai/kasir/data/",
    "places": "/kasir/tempat/",
    "signIn": "/akun/login/",
    "home": "/beranda/",
    "languages": {"id": "/kasir/", "en": "/kasir/en/"},
}
TOLD = {"language": "id", "goods": []}
ANI = {"id": "a", "number": 1, "name": "Ani (rekaan)"}


# --- Opening ---------------------------------------------------------------------------------


@pytest.fixture
def look(device):
    def do(search, *answers, language="id"):
        return device(
            "look", search=search, language=language, addresses=ADDRESSES, answers=list(answers)
        )

    return do


def test_a_cooperatives_data_is_asked_for_at_one_address(look):
    found = look("?koperasi=melati&unit=gerai", TOLD)
    assert (found["state"], found["told"]) == ("open", TOLD)
    assert found["asked"] == [["/k/melati/gerai/kasir/data/", {"unit": "gerai"}]]


def test_who_sells_in_one_place_need_not_name_it(look):
    found = look("?unit=apotek", {"places": [{"code": "mawar", "name": "Mawar"}]}, TOLD)
    assert found["state"] == "open"
    assert found["asked"][1] == ["/k/mawar/gerai/kasir/data/", {"unit": "apotek"}]


def test_who_sells_in_two_places_is_asked(look):
    both = [{"code": "mawar", "name": "Mawar"}, {"code": "melati", "name": "Melati"}]
    found = look("", {"places": both})
    assert (found["state"], found["places"]) == ("choose", both)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(401, "signed-out"), (403, "forbidden"), (404, "unknown"), (500, "unreachable")],
)
def test_a_till_that_stays_shut_says_why(look, answer, reason):
    found = look("?koperasi=melati", answer)
    assert (found["state"], found["reason"]) == ("refused", reason)


def test_who_sells_nowhere_is_told_so(look):
    assert look("", {"places": []})["reason"] == "nowhere"


@pytest.mark.parametrize("code", ["..", "a/b", "a?b", "%2e%2e", ""])
def test_a_code_that_is_none_is_not_asked_for(look, code):
    assert look(f"?koperasi={code}", {"places": []})["asked"] == [["/kasir/tempat/", {}]]


def test_another_language_has_another_page(look):
    found = look("?koperasi=melati", TOLD | {"language": "en"})
    assert (found["state"], found["address"]) == ("elsewhere", "/kasir/en/?koperasi=melati")
    assert look("?koperasi=melati", TOLD | {"language": "fr"})["state"] == "open"


@pytest.mark.parametrize(
    ("reason", "way"),
    [
        ("signed-out", "/akun/login/?next=%2Fkasir%2F%3Fkoperasi%3Dmelati"),
        ("forbidden", "/beranda/"),
        ("unknown", "/beranda/"),
        ("unreachable", ""),
    ],
)
def test_there_is_a_way_out(device, reason, way):
    here = {"pathname": "/kasir/", "search": "?koperasi=melati"}
    assert device.call("wayOut", reason, ADDRESSES, here) == way


# --- Paying ----------------------------------------------------------------------------------


def sale(total, *payments, **changes):
    return {
        "total": total,
        "step": 100,
        "payments": [
            {"method": method, "amount": amount, "reference": reference}
            for method, amount, reference in payments
        ],
        "member": ANI,
        "known": {},
    } | changes


@pytest.fixture
def writing(device):
    """The state in which a method is chosen and fields are filled."""

    def do(of, method="cash", **fields):
        state = device.call("chosen", device.call("begun", of), of, method)
        return device.call("typed", state, fields)

    return do


@pytest.fixture
def go_on(device):
    return lambda state, of: device.call("next", state, of)


def test_an_empty_basket_cannot_be_paid(device):
    found = device.call("before", {"lines": [], "refusal": None}, True)
    assert (found["act"], found["refusal"]["problem"]["code"]) == ("refuse", "empty")


def test_goods_that_a_rule_refuses_cannot_be_paid(device):
    refusal = {"code": "needsIdentity", "values": {"name": "Pupuk"}}
    found = device.call("before", {"lines": [{}], "refusal": refusal}, True)
    assert (found["act"], found["asksNik"]) == ("refuse", True)
    assert found["refusal"]["problem"] == refusal


@pytest.mark.parametrize(("has_shift", "act"), [(True, "begin"), (False, "look-for-shift")])
def test_a_shift_is_needed_to_begin(device, has_shift, act):
    assert device.call("before", {"lines": [{}], "refusal": None}, has_shift)["act"] == act


def test_cash_is_suggested_rounded_and_the_rest_as_it_is(writing):
    assert writing(sale(31_550))["amount"] == 31_600
    assert writing(sale(31_550), "qris")["amount"] == 31_550
    assert writing(sale(31_550, ("qris", 10_000, "")), "transfer")["amount"] == 21_550


def test_enough_cash_sells(writing, go_on):
    of = sale(17_500)
    found = go_on(writing(of, amount=20_000), of)
    assert (found["act"], found["state"]["isBusy"]) == ("sell", True)
    assert found["payments"] == [{"method": "cash", "amount": 20_000, "reference": ""}]


def test_too_little_is_added_and_leaves_the_rest_open(writing, go_on, device):
    of = sale(31_550)
    found = go_on(writing(of, "transfer", amount=10_025, reference=" ref 7 "), of)
    assert found["act"] == "add"
    assert found["payments"] == [{"method": "transfer", "amount": 10_025, "reference": "ref 7"}]
    assert found["state"]["reference"] == ""
    after = sale(31_550, ("transfer", 10_025, "ref 7"))
    assert device.call("openNow", after) == {"due": 21_500, "rest": 21_525}


def test_while_a_sale_is_sent_nothing_goes_on(writing, go_on):
    of = sale(17_500)
    assert go_on(writing(of, isBusy=True), of)["act"] == "stay"


def test_what_is_paid_already_needs_nothing_written(writing, go_on):
    of = sale(17_500, ("qris", 17_500, ""))
    found = go_on(writing(of), of)
    assert (found["act"], found["payments"]) == ("sell", of["payments"])


@pytest.mark.parametrize(
    ("method", "fields", "changes", "refusal"),
    [
        ("credit", {}, {"member": None}, {"word": "noMember"}),
        ("savings", {"digits": "0012"}, {"member": None}, {"word": "noMember"}),
        ("voucher", {"voucher": "  "}, {}, {"word": "noVoucher"}),
        ("credit", {}, {"known": {"credit a": {"most": 17_499, "text": "Sisa bon"}}},
         {"text": "Sisa bon"}),
        ("voucher", {"voucher": "ab 12 cd"},
         {"known": {"voucher AB12CD": {"most": 0, "text": "Tak ada"}}}, {"text": "Tak ada"}),
    ],
)  # fmt: skip
def test_what_is_known_to_be_wrong_is_not_sent(writing, go_on, method, fields, changes, refusal):
    of = sale(17_500, **changes)
    found = go_on(writing(of, method, **fields), of)
    assert (found["act"], found["state"]["refusal"]) == ("stay", refusal)


@pytest.mark.parametrize(
    ("payments", "method", "fields", "code"),
    [
        ([], "qris", {"amount": None}, "amountNotPositive"),
        ([], "qris", {"amount": 17_600}, "overpaid"),
        ([("credit", 5_000, "")], "credit", {"amount": 5_000}, "twice"),
        ([("voucher", 5_000, "AB12CD")], "voucher", {"voucher": "ab12cd"}, "twice"),
        ([("qris", 17_500, "")], "cash", {"amount": 1_000}, "cashNotNeeded"),
    ],
)
def test_a_payment_that_breaks_a_rule_stays(writing, go_on, payments, method, fields, code):
    of = sale(17_500, *payments)
    found = go_on(writing(of, method, **fields), of)
    assert found["act"] == "stay"
    assert found["state"]["refusal"]["problem"]["code"] == code


def test_savings_wait_for_the_members_own_pin(writing, go_on):
    of = sale(17_500)
    # Four digits of a NIK are none, and neither is what a scanner types into the box.
    for pin in ("", "0012", "48291", "4829157", "48291a", "8990000070030"):
        found = go_on(writing(of, "savings", pin=pin), of)
        assert (found["act"], found["state"]["refusal"]) == ("pin", {"word": "noPin"})
    found = go_on(writing(of, "savings", pin="482915"), of)
    assert (found["act"], found["state"]["confirmed"]) == ("sell", "482915")


def test_the_pin_is_asked_for_beside_whatever_is_written(writing, go_on):
    of = sale(17_500, ("savings", 10_000, ""))
    found = go_on(writing(of), of)
    assert (found["act"], found["state"]["asksPin"]) == ("pin", True)


def test_much_change_is_asked_about_once(writing, go_on):
    of = sale(17_500)
    first = go_on(writing(of, amount=89_900_707), of)
    assert (first["act"], first["state"]["refusal"]["word"]) == ("stay", "muchChange")
    assert first["state"]["refusal"]["amounts"] == {"change": 89_883_207}
    assert go_on(first["state"], of)["act"] == "sell"
    other = first["state"] | {"amount": 2_000_000}
    assert go_on(other, of)["act"] == "stay"


def test_a_voucher_pays_no_more_than_it_is_good_for(writing, device):
    of = sale(17_500)
    state = writing(of, "voucher", voucher="AB12CD")
    assert device.call("toldOfVoucher", state, 10_000)["amount"] == 10_000
    assert device.call("toldOfVoucher", state, 30_000)["amount"] == 17_500
    assert device.call("toldOfVoucher", state, None)["amount"] == 17_500
    assert device.call("toldOfVoucher", writing(of, "qris"), 10_000)["amount"] == 17_500


def test_the_outlook_counts_in_what_is_written(writing, device):
    of = sale(31_550, ("transfer", 10_025, ""))
    shown = device.call("outlook", writing(of, amount=50_000), of)
    assert (shown["total"], shown["rounding"]) == (31_525, -25)
    assert (shown["label"], shown["change"], shown["isLast"]) == ("changeDue", 28_500, True)
    assert shown["quick"][0] == 21_500
    shown = device.call("outlook", writing(of, "qris", amount=1_000), of)
    assert (shown["total"], shown["label"], shown["isLast"]) == (31_550, "stillOpen", False)
    shown = device.call("outlook", writing(of, amount=21_500), of)
    assert shown["label"] == "covered"


# --- Sending ---------------------------------------------------------------------------------

MADE = {"state": "made", "sale": {"id": "s"}}
NOT_ALLOWED = {"state": "not-allowed"}


@pytest.mark.parametrize(
    ("outcomes", "refreshed", "last", "sent"),
    [
        ([MADE], [], "made", 1),
        ([{"state": "unsure"}], [], "unsure", 1),
        ([NOT_ALLOWED, MADE], [{}], "made", 2),
        ([NOT_ALLOWED, NOT_ALLOWED], [{}], "not-allowed", 2),
        ([NOT_ALLOWED], [401], "signed-out", 1),
        ([NOT_ALLOWED], [500], "not-allowed", 1),
        # Somebody else has signed in: nothing is sold in their name.
        ([NOT_ALLOWED], ["another"], "refused", 1),
    ],
)
def test_a_token_that_no_longer_fits_is_fetched_once(
    device,
    outcomes,
    refreshed,
    last,
    sent,
):
    found = device("send", outcomes=outcomes, refreshed=refreshed)
    assert (found["outcome"]["state"], found["sent"]) == (last, sent)
    assert found["fetched"] == len(refreshed)


BUSY = {"amount": 20_000, "confirmed": "482915", "pin": "482915", "isBusy": True}


def test_an_uncertain_sale_is_remembered_and_nothing_is_written_beside_it(device):
    found = device.call("answered", BUSY, {"state": "unsure"})
    assert (found["isUnsure"], found["isStale"]) == (True, False)
    assert found["paying"] == {
        "amount": None,
        "confirmed": "",
        "pin": "",
        "isBusy": False,
        "refusal": {"word": "unsure", "way": ""},
    }


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [
        ({"state": "refused", "code": "sale_refused", "message": "Kurang."},
         {"text": "Kurang.", "way": ""}),
        ({"state": "refused", "code": "no_shift", "message": "Buka dulu."},
         {"text": "Buka dulu.", "way": "openShift"}),
        ({"state": "refused", "code": "key_reused", "message": "Sudah."},
         {"text": "Sudah.", "way": "myReceipts"}),
        ({"state": "refused", "code": "", "message": ""}, {"word": "refused", "way": ""}),
    ],
)  # fmt: skip
def test_a_refused_sale_is_certain_and_says_where_to_go_on(device, outcome, refusal):
    found = device.call("answered", BUSY, outcome)
    assert (found["isUnsure"], found["isStale"]) == (False, True)
    assert found["paying"]["refusal"] == refusal
    assert (found["paying"]["amount"], found["paying"]["confirmed"]) == (20_000, "")


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        ("signed-out", {"word": "signedOut", "way": "signIn"}),
        ("not-allowed", {"word": "notAllowed", "way": ""}),
    ],
)
def test_a_cashier_who_may_not_sell_now_keeps_the_basket(device, state, refusal):
    found = device.call("answered", BUSY, {"state": state})
    assert found["isUnsure"] is None
    assert found["paying"]["refusal"] == refusal


def test_a_sale_that_was_made_is_over(device):
    found = device.call("answered", BUSY, MADE)
    assert (found["isUnsure"], found["paying"]["refusal"]) == (None, None)
