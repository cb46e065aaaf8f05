"""Receipts as ESC/POS bytes, the language of small receipt printers.

Only what the cheapest printers know: bold, double height, centring, and the code page that every
one of them has. Source: Epson, "ESC/POS Command Reference".
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import cast

from shops.receipts.documents.content import Receipt
from shops.receipts.documents.text import COLUMNS, Row, rows

_INIT = b"\x1b@"
#: FS . ends the two-byte characters that printers from China start with.
_ONE_BYTE_LETTERS = b"\x1c."
#: ESC t 0: code page 437.
_CODE_PAGE = b"\x1bt\x00"
_LEFT, _CENTRE = b"\x1ba\x00", b"\x1ba\x01"
_STRONG, _NOT_STRONG = b"\x1bE\x01", b"\x1bE\x00"
_TALL, _NOT_TALL = b"\x1d!\x01", b"\x1d!\x00"
#: GS V 66 0: feed to the cutter and cut; printers without one only feed.
_CUT = b"\x1dVB\x00"
#: ESC d 3: so that the last rows pass the tear bar.
_FEED = b"\x1bd\x03"

#: What looks alike in plain letters, where taking off accents leaves nothing.
_ALIKE = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "…": "...",
        "×": "x",
        "•": "*",
        "€": "EUR",
        "™": "TM",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


def encode(receipt: Receipt, width: int) -> bytes:
    """The whole receipt, from resetting the printer to cutting the paper.

    :param width: of the paper, in millimetres: 58 or 80
    """
    body = b"".join(_row(row) for row in rows(_printable(receipt), COLUMNS[width]))
    return b"".join((_INIT, _ONE_BYTE_LETTERS, _CODE_PAGE, body, _FEED, _CUT))


def unprinted(receipt: Receipt) -> list[tuple[str, str]]:
    """Texts of a receipt in which question marks would stand, with the letters they stand for."""
    found = ((text, _lost(text)) for text in dict.fromkeys(_texts(receipt)))
    return [(text, lost) for text, lost in found if lost]


def _lost(text: str) -> str:
    whole = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return "".join(dict.fromkeys(each for each in whole if each != "?" and _letter(each) == b"?"))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts(each)
    elif is_dataclass(part):
        for one in fields(part):
            yield from _texts(getattr(part, one.name))


def letters(text: str) -> bytes:
    """The text in code page 437; what it lacks becomes the letter that looks most like it."""
    whole = unicodedata.normalize("NFC", text)
    return b"".join(_letter(letter) for letter in whole.translate(_ALIKE))


def _printable(receipt: Receipt) -> Receipt:
    """The receipt in the letters that the printer has: some become two, some none.

    Rows are as long as what is printed, so this comes before they are wrapped.
    """
    return cast("Receipt", _spelt(receipt))


def _spelt(part: object) -> object:
    if isinstance(part, str):
        return letters(" ".join(re.split(r"[\t\n\v\f\r]", part))).decode("cp437")
    if isinstance(part, tuple):
        return tuple(map(_spelt, part))
    if not is_dataclass(part) or isinstance(part, type):
        raise TypeError(f"{part!r} stands on no receipt")
    return replace(part, **{one.name: _spelt(getattr(part, one.name)) for one in fields(part)})


def _letter(letter: str) -> bytes:
    if unicodedata.category(letter).startswith("C"):
        return b""  # a control character would be a command
    if unicodedata.combining(letter):
        return b""  # the letter before it stands there without it
    try:
        return letter.encode("cp437")
    except UnicodeEncodeError:
        bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore")
        return bare or b"?"


def _row(row: Row) -> bytes:
    parts = [letters(row.text), b"\n"]
    for wanted, on, off in (
        (row.is_tall, _TALL, _NOT_TALL),
        (row.is_strong, _STRONG, _NOT_STRONG),
        (row.is_centred, _CENTRE, _LEFT),
    ):
        if wanted:
            parts = [on, *parts, off]
    return b"".join(parts)
