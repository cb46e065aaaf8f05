"""A receipt as rows of characters, for paper of 32 or 48 columns."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from shops.receipts.documents.content import Item, Pair, Receipt, Undone

#: Columns of a printer's usual letters, by the width of its paper in millimetres.
COLUMNS = {58: 32, 80: 48}


@dataclass(frozen=True, slots=True)
class Row:
    """:param is_tall: twice as high as the others"""

    text: str
    is_centred: bool = False
    is_strong: bool = False
    is_tall: bool = False


def plain(receipt: Receipt, columns: int) -> str:
    """The receipt as one text; what a printer would centre is centred with spaces."""
    lines = (
        row.text.center(columns).rstrip() if row.is_centred else row.text
        for row in rows(receipt, columns)
    )
    return "\n".join(lines) + "\n"


def rows(receipt: Receipt, columns: int) -> Iterator[Row]:
    """Rows of at most ``columns`` characters."""
    rule = Row("-" * columns)
    yield from _centred(receipt.cooperative, columns, is_strong=True)
    for line in receipt.address:
        yield from _centred(line, columns)
    yield from _centred(receipt.copy, columns, is_strong=True)
    yield rule
    for pair in receipt.facts:
        yield from _pair(pair, columns)
    yield rule
    for item in receipt.items:
        yield from _item(item, columns)
    yield rule
    yield from _pair(receipt.total, columns, is_strong=True, is_tall=True)
    for pair in (*receipt.below, *receipt.paid):
        yield from _pair(pair, columns)
    for undone in receipt.undone:
        yield rule
        yield from _undone(undone, columns)
    yield rule
    yield from _centred(receipt.saving, columns, is_strong=True)
    yield from _centred(receipt.footer, columns)
    yield from _centred(receipt.demo, columns)


def _item(item: Item, columns: int) -> Iterator[Row]:
    yield from _wrapped(item.name, columns)
    yield from _pair(Pair(item.counted, item.value), columns)
    for note in item.notes:
        yield from _pair(Pair(f"  {note.label}", note.value), columns)


def _undone(undone: Undone, columns: int) -> Iterator[Row]:
    yield from _wrapped(undone.title, columns, is_strong=True)
    for line in undone.goods:
        yield from _wrapped(line, columns)
    for pair in undone.money:
        yield from _pair(pair, columns)


def _pair(
    pair: Pair, columns: int, *, is_strong: bool = False, is_tall: bool = False
) -> Iterator[Row]:
    """Side by side where there is room, else the value on rows of its own."""
    looks = {"is_strong": is_strong, "is_tall": is_tall}
    room = columns - len(pair.label)
    if len(pair.value) < room:
        yield Row((pair.label + pair.value.rjust(room)).rstrip(), **looks)
    else:
        yield from _wrapped(pair.label, columns, **looks)
        for part in textwrap.wrap(pair.value, columns):
            yield Row(part.rjust(columns), **looks)
    for part in textwrap.wrap(f"({pair.note})" if pair.note else "", columns):
        yield Row(part.rjust(columns))


def _wrapped(text: str, columns: int, **looks: bool) -> Iterator[Row]:
    for part in textwrap.wrap(text, columns):
        yield Row(part, **looks)


def _centred(text: str, columns: int, *, is_strong: bool = False) -> Iterator[Row]:
    yield from _wrapped(text, columns, is_centred=True, is_strong=is_strong)
