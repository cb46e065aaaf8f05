"""QRIS codes: the checksum, and what a shop's own static code looks like."""

import pytest
from django.utils.translation import override

from shops.settings import qris
from tests.shops.goods.test_goods_kept import QRIS


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def signed(text: str) -> str:
    """The code with a checksum that fits, whatever it says."""
    return f"{text}6304{qris.crc(f'{text}6304')}"


BODY = QRIS[:-8]


def test_the_checksum_is_that_of_the_standard():
    assert qris.crc("123456789") == "29B1"
    assert qris.crc("") == "FFFF"


def test_a_static_code_says_whom_it_pays():
    assert qris.read(QRIS) == qris.Merchant(name="KKMP GEDAWANG", city="SEMARANG")
    assert qris.read(QRIS[:-4] + QRIS[-4:].lower()).name == "KKMP GEDAWANG"


def test_line_breaks_of_copying_are_taken_out_and_spaces_stay():
    assert qris.tidied(f" {QRIS[:50]}\r\n{QRIS[50:]} ") == QRIS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not the text of a QRIS code"),
        ("KKMP GEDAWANG", "not the text of a QRIS code"),
        (QRIS[:-10], "not the text of a QRIS code"),
        (QRIS + "0", "not the text of a QRIS code"),
        (signed("0102110002"), "not the text of a QRIS code"),
        (QRIS.replace("GEDAWANG", "GEDAWUNG"), "Something is missing or wrong"),
        (signed(BODY.replace("5303360", "5303840")), "not for payments in rupiah"),
        (signed(BODY.replace("010211", "010212")), "one payment only"),
        (signed(BODY.replace("5802ID", "5405250005802ID")), "one payment only"),
    ],
)
def test_what_is_no_shops_code_is_refused(text, words):
    with pytest.raises(qris.QrisRefused, match=words):
        qris.read(text)
