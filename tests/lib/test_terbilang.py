"""Amounts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib.terbilang import terbilang


@pytest.mark.parametrize(
    ("amount_idr", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (1100, "seribu seratus"),
        (2000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_001_500, "satu juta seribu lima ratus"),
        (1_021_000, "satu juta dua puluh satu ribu"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (1_000_001_000, "satu miliar seribu"),
        (1_001_001_000, "satu miliar satu juta seribu"),
        (48_000_000_000, "empat puluh delapan miliar"),
        (10**12 + 1, "satu triliun satu"),
        (10**15, "satu kuadriliun"),
        (10**18 + 1000, "satu kuintiliun seribu"),
        (-1000, "minus seribu"),
        (-5_250, "minus lima ribu dua ratus lima puluh"),
    ],
)
def test_amounts_are_spelled_as_on_a_receipt(amount_idr, words):
    assert terbilang(amount_idr) == f"{words} rupiah"


@given(st.integers(-(10**15), 10**15))
def test_the_words_mean_the_amount(amount_idr):
    assert _value(terbilang(amount_idr)) == amount_idr


@given(st.integers(0, 10**15))
def test_one_thousand_is_always_seribu(amount_idr):
    words = terbilang(amount_idr).split()
    for before, word in zip(["", *words], words, strict=False):
        assert not (word == "seribu" and before in {"puluh", "ratus", "seratus"})
    assert not terbilang(amount_idr).startswith("satu ribu")


_DIGITS = dict(
    zip(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
        range(10),
        strict=True,
    )
)
_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def _value(text: str) -> int:
    """Read the words again, by the rules of the language alone."""
    words = text.removesuffix(" rupiah").split()
    sign = -1 if words[0] == "minus" else 1
    total = group = digit = 0
    for word in words[1 if sign < 0 else 0 :]:
        if word in _DIGITS:
            group, digit = group + digit, _DIGITS[word]
        elif word in {"sepuluh", "sebelas", "seratus"}:
            group += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        elif word in {"belas", "puluh", "ratus"}:
            group += {"belas": 10 + digit, "puluh": 10 * digit, "ratus": 100 * digit}[word]
            digit = 0
        elif word == "seribu":
            total += 1000
        else:
            total += (group + digit) * _SCALES[word]
            group = digit = 0
    return sign * (total + group + digit)
