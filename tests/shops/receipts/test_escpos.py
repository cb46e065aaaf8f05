"""Bytes for receipt printers, byte by byte."""

import pytest

from shops.receipts import escpos
from shops.receipts.content import Item, Pair, Receipt
from shops.receipts.text import Row

RECEIPT = Receipt(
    cooperative="KKMP Mawar",
    address=("Jl. Contoh 1",),
    copy="SALINAN",
    facts=(Pair("No. nota", "7"),),
    items=(Item("Teh", "2 bks x 5.000", "10.000", ()),),
    total=Pair("TOTAL", "Rp10.000"),
    below=(),
    paid=(Pair("Bayar tunai", "Rp10.000"), Pair("Kembali", "Rp0")),
    saving="",
    undone=(),
    footer="Terima kasih",
    demo="",
)


def test_a_narrow_receipt_byte_by_byte():
    rule = b"-" * 32 + b"\n"
    assert escpos.encode(RECEIPT, 58) == (
        b"\x1b@\x1c.\x1bt\x00"
        b"\x1ba\x01\x1bE\x01KKMP Mawar\n\x1bE\x00\x1ba\x00"
        b"\x1ba\x01Jl. Contoh 1\n\x1ba\x00"
        b"\x1ba\x01\x1bE\x01SALINAN\n\x1bE\x00\x1ba\x00"
        + rule
        + b"No. nota                       7\n"
        + rule
        + b"Teh\n2 bks x 5.000             10.000\n"
        + rule
        + b"\x1bE\x01\x1d!\x01TOTAL                   Rp10.000\n\x1d!\x00\x1bE\x00"
        b"Bayar tunai             Rp10.000\n"
        b"Kembali                      Rp0\n" + rule + b"\x1ba\x01Terima kasih\n\x1ba\x00"
        b"\x1bd\x03\x1dVB\x00"
    )


def test_a_wide_receipt_has_48_columns():
    sent = escpos.encode(RECEIPT, 80)
    assert b"-" * 48 + b"\n" in sent
    assert b"TOTAL" + b" " * 35 + b"Rp10.000\n" in sent
    assert max(map(len, sent.split(b"\n"))) < 60


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Teh 1 kg", b"Teh 1 kg"),
        ("Café", b"Caf\x82"),
        ("jamu “asli” – 2×", b'jamu "asli" - 2x'),
        ("Şeker ő", b"Seker o"),
        ("5 €…", b"5 EUR..."),
        ("½ kg", b"\xab kg"),
        ("茶", b"?"),
        ("a\u00a0b", b"a b"),
        ("a\u200bb", b"ab"),
    ],
)
def test_letters_that_the_printer_lacks_become_those_most_alike(text, sent):
    assert escpos.letters(text) == sent


def test_a_name_cannot_command_the_printer():
    """Escape, group separator and the like never reach it."""
    assert escpos.letters("Gula\x1b@\x1dV\x00\n") == b"Gula@V"


def test_every_row_ends_as_it_began():
    looks = Row("x", is_centred=True, is_strong=True, is_tall=True)
    sent = escpos._row(looks)
    assert sent == b"\x1ba\x01\x1bE\x01\x1d!\x01x\n\x1d!\x00\x1bE\x00\x1ba\x00"
