"""What keys mean while paying: a way to pay, an amount, or a code that a scanner has typed."""

import pytest

ANI = {"id": "a", "number": 7, "name": "Ani (rekaan)"}
BAGUS = {"id": "b", "number": 170, "name": "Bagus (rekaan)"}
TELUR = {"id": "t", "name": "Telur isi 12", "code": "", "category": "Segar"}
GULA = {"id": "g", "name": "Gula pasir", "code": "8990000070030", "category": "Sembako"}


@pytest.mark.parametrize(
    "code",
    ["8996001600146", "08968601", "ACDEFHJKMN", "acdefhjkmn", "KMV9EE934T", "KKMP:KMLT-01:0610"],
)
def test_what_a_scanner_types_is_a_code(device, code):
    assert device.call("isScan", code)


@pytest.mark.parametrize("text", ["100rb", "1jt", "50000", "1.500.000", "2000000", "rb", "T", ""])
def test_what_people_type_is_an_amount_however_fast(device, text):
    assert not device.call("isScan", text)


def test_a_scanner_is_told_by_its_speed(device):
    scanned = [("8", 900), *[(digit, 12) for digit in "99600160"]]
    assert device("keys", keys=scanned) == ["899600160"]
    typed = [(key, 140) for key in "100rb"]
    assert device("keys", keys=typed) == list("100rb")


@pytest.mark.parametrize(
    ("text", "method", "amount"),
    [
        ("q", "qris", ""),
        ("B", "credit", ""),
        ("r10025", "transfer", "10025"),
        ("rb", "", "rb"),
        ("xyz", "", "xyz"),
    ],
)
def test_a_letter_alone_chooses_the_way_to_pay(device, text, method, amount):
    assert device.call("meant", text) == {"method": method, "amount": amount}


@pytest.mark.parametrize("text", ["7", "#7", "0007"])
def test_a_number_means_the_member_who_has_it(device, text):
    assert device("member", found=[BAGUS, ANI], text=text) == ANI


@pytest.mark.parametrize("text", ["17", "1", "70"])
def test_a_number_that_nobody_found_has_means_nobody(device, text):
    assert device("member", found=[BAGUS], text=text) is None


def test_of_several_names_nobody_is_meant(device):
    assert device("member", found=[BAGUS, ANI], text="rekaan") is None
    assert device("member", found=[BAGUS], text="bagus") == BAGUS


@pytest.mark.parametrize("text", ["12", "1 2"])
def test_digits_mean_a_code_and_never_a_name(device, text):
    assert device.call("only", [TELUR, GULA], text) is None


def test_letters_mean_the_only_goods_that_have_them(device):
    assert device.call("only", [TELUR, GULA], "telur") == TELUR
    assert device.call("only", [TELUR, GULA], "l") is None


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("89960016", "00146"),
        ("8996", "001600146"),
        ("899600", "1600146"),
        ("899600160014", "6"),
        ("KMV9E", "E934T"),
    ],
)
def test_what_a_stuttering_scanner_types_is_one_code(device, first, then):
    last = {"text": first, "at": 1_000}
    assert device.call("whole", last, then, 1_250) == first + then
    assert device.call("whole", last, then, 1_500) == ""


@pytest.mark.parametrize(
    ("first", "then"), [("1", "0000000"), ("50", "000"), ("8996001600146", "8990000070030")]
)
def test_what_is_typed_and_what_is_scanned_twice_stay_apart(device, first, then):
    assert device.call("whole", {"text": first, "at": 1_000}, then, 1_250) == ""


def test_the_enter_of_a_scan_that_comes_late_pays_nothing(device):
    scan, typed = {"text": "8996001600146", "at": 1_000}, {"text": "50000", "at": 1_000}
    assert device.call("belongs", scan, 1_300)
    assert not device.call("belongs", scan, 1_500)
    assert not device.call("belongs", typed, 1_300)
