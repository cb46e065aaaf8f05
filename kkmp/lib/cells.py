"""One cell of a spreadsheet: what it shows, and the day it holds."""

import re
from datetime import date, timedelta

from kkmp.lib.periods import parse_date

#: Text, or the number that the spreadsheet keeps; a date is text like ``2025-07-25``.
Cell = str | int | float


def text_of(cell: Cell) -> str:
    """What a cell shows: ``81133859888`` for the number, ``125,5`` with a decimal comma."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    return " ".join(str(cell).split())


#: What the worker writes for a formula that has no stored result.
UNCALCULATED = "#FORMULA!"

_BROKEN = re.compile(
    r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!"
    r"|GETTING_DATA|FORMULA!)|Err:\d{3}",
    re.IGNORECASE,
)


def is_broken(cell: Cell) -> bool:
    """Whether a cell holds an error, or a formula that was never calculated: it is not blank."""
    return isinstance(cell, str) and bool(_BROKEN.fullmatch(cell.strip()))


_SERIAL_START = date(1899, 12, 30)

#: Days as spreadsheets count them, from 1954 to 2119: a date that lost its format.
_SERIALS = range(20_000, 80_000)


def date_of(cell: Cell, *, pivot: date) -> date:
    """A date as cells hold one, typed or counted in days.

    :param pivot: two-digit years are the latest not after it
    :raises DateError: it is none
    """
    if isinstance(cell, str) and re.fullmatch(r"\s*\d{5}\s*", cell, re.ASCII):
        cell = int(cell)
    if isinstance(cell, float | int) and int(cell) in _SERIALS:
        return _SERIAL_START + timedelta(days=int(cell))
    return parse_date(text_of(cell), pivot=pivot)
