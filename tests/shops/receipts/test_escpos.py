"""Bytes for receipt printers, byte by byte."""

import re
from dataclasses import replace

import pytest

from shops.receipts.documents import escpos
from shops.receipts.documents.content import Item, Pair, Receipt, Undone
from shops.receipts.documents.text import Row

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
        # As some telephones send it: the accent is a letter of its own.
        ("Cafe\u0301", b"Caf\x82"),
        ("S\u0327eker", b"Seker"),
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


@pytest.mark.parametrize(("width", "columns"), [(58, 32), (80, 48)])
def test_no_row_is_longer_than_the_paper_where_letters_become_two(width, columns):
    """A printer breaks a longer row in the middle of an amount."""
    wide = "Kopi ㎏ ﬃ … ™ € " * 6
    receipt = replace(
        RECEIPT,
        cooperative=wide,
        facts=(Pair("Kasir", "ﬃ" * 12), Pair("Catatan\n㎏", "€" * 15)),
        items=(Item(wide, "2 ㎏… x 1.000.000.000", "2.000.000.000", (Pair("  ™…€", "-1"),)),),
        paid=(Pair("Bayar", "Rp1", "€" * 30),),
        undone=(Undone(wide, (wide,), (Pair("…" * 9, "-Rp10.000"),)),),
        footer=wide,
    )
    sent = re.sub(
        rb"\x1b[@.]|\x1c\.|\x1b[taE].|\x1d!.|\x1bd\x03|\x1dVB\x00",
        b"",
        escpos.encode(receipt, width),
        flags=re.DOTALL,
    )
    assert [row for row in sent.split(b"\n") if len(row) > columns] == []
    assert b"ffi" in sent
    assert b"EUR" in sent
    assert b"2.000.000.000" in sent
    assert b"Catatan kg" in sent
    assert sent.count(b"EUR") >= 45, "a remark is cut nowhere"


def test_every_row_ends_as_it_began():
    looks = Row("x", is_centred=True, is_strong=True, is_tall=True)
    sent = escpos._row(looks)
    assert sent == b"\x1ba\x01\x1bE\x01\x1d!\x01x\n\x1d!\x00\x1bE\x00\x1ba\x00"
