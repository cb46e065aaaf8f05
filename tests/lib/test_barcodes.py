"""One form of a code, whoever has read it."""

import pytest

from kkmp.lib.barcodes import normal_code, spellings


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("089686010954", "0089686010954"),
        ("0089686010954", "0089686010954"),
        ("89686010947", "0089686010947"),
        ("8998866200301", "8998866200301"),
        (" 0896 8601 0954 ", "0089686010954"),
        ("00089686010954", "0089686010954"),
        # No barcode: the shop's own codes stay apart.
        ("0012", "0012"),
        ("12", "12"),
        ("12345678901", "12345678901"),
        ("96385074", "96385074"),
        ("abc-1", "ABC-1"),
        ("", ""),
    ],
)
def test_a_code_has_one_form(text, normal):
    assert normal_code(text) == normal


def test_every_spelling_is_looked_for():
    assert set(spellings("089686010954")) == {
        "089686010954",
        "0089686010954",
        "00089686010954",
        "89686010954",
    }
    assert spellings("0012") == ["0012"]
