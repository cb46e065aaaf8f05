"""One row of a list of goods: read, and everything that is wrong or odd with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _
from stdnum import ean

from kkmp.imports.rows import Problem, SourceRow
from kkmp.lib.cells import Cell, date_of, text_of
from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah, line_total_idr, parse_rupiah_or_none
from kkmp.lib.periods import format_date
from kkmp.lib.quantity import format_quantity, parse_quantity_or_none
from shops.goods.services.particulars import ListedProduct, ProductRefused, refuse_unsound, tidied

Found = TypeVar("Found")

#: Where the list does not say what it is sold per, or on which shelf.
DEFAULT_MEASURE, DEFAULT_CATEGORY = "pcs", "Lain-lain"
#: Measures of which parts are sold.
_WEIGHED = {"kg", "kilo", "kilogram", "gr", "gram", "g", "ons", "l", "lt", "ltr", "liter", "m"}
#: Which column of the list an input of the services is about.
_COLUMN_OF = {
    "general_price_idr": "general_price",
    "member_price_idr": "member_price",
    "wholesale_price_idr": "wholesale_price",
}


@dataclass(slots=True)
class Reading:
    """What could be read of a row. ``value`` counts only where there are no problems."""

    number: int
    value: ListedProduct
    #: What the row is called.
    place: str = ""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def stock_value_idr(self) -> int:
        return line_total_idr(self.value.opening_quantity, self.value.cost_idr)

    @property
    def detail(self) -> str:
        product = self.value
        stock = f"{format_quantity(product.opening_quantity)} {product.measure}"
        parts = [product.code, product.category]
        if product.general_price_idr:
            parts.append(format_rupiah(product.general_price_idr))
        return " · ".join(filter(None, [*parts, stock if product.opening_quantity else ""]))

    def warn(self, code: str, message: str, column: str) -> None:
        self.warnings.append(Problem(code, message, column))


def read(row: SourceRow, *, unit: str, on: date) -> Reading:
    """
    :param unit: name of the unit of business where the list does not tell
    :param on: the day of the opening stock
    """
    cells = _Cells(row)
    measure = cells.text("measure")
    # A list may tell 1,500 kg of rice or a bag of a kilogram and a half: it is asked about.
    is_weighed = None if measure.casefold() in _WEIGHED else False
    opening = cells.quantity("opening", is_weighed=is_weighed)
    general_price = cells.price("general_price")
    product = ListedProduct(
        code=cells.code(),
        name=cells.text("name"),
        category=cells.text("category") or DEFAULT_CATEGORY,
        unit=cells.text("unit") or unit,
        measure=measure or DEFAULT_MEASURE,
        is_weighed=is_weighed is None or opening % 1 != 0,
        cost_idr=cells.price("cost") or 0,
        general_price_idr=general_price or 0,
        member_price_idr=cells.price("member_price") or general_price or 0,
        wholesale_price_idr=cells.price("wholesale_price"),
        pack_size=cells.count("pack_size"),
        opening_quantity=opening,
        stock_min=cells.quantity("stock_min", is_weighed=is_weighed),
        expires_on=cells.day("expires_on", pivot=on),
    )
    reading = Reading(
        row.number, tidied(product), row.place or str(row.number), problems=cells.problems
    )
    _refuse(reading, on)
    _warn(reading, row, on)
    return reading


class _Cells:
    """Cells of one row, and the problems met in reading them."""

    def __init__(self, row: SourceRow) -> None:
        self.row = row
        self.problems: list[Problem] = []

    def text(self, column: str) -> str:
        text = text_of(self.row[column])
        return "" if text in {"-", "–", "—", "?"} else text

    def code(self) -> str:
        text = self.text("code").strip("'\"`")
        if re.fullmatch(r"\d[.,]\d+E\+?\d+", text, re.IGNORECASE):
            message = _(
                "The spreadsheet has cut off the end of this barcode. Scan or type it again."
            )
            self.problems.append(Problem("code_rounded", message, "code"))
        return text

    def price(self, column: str) -> int | None:
        return self._read(column, "price_unreadable", parse_rupiah_or_none)

    def quantity(self, column: str, *, is_weighed: bool | None = False) -> Decimal:
        parse = partial(parse_quantity_or_none, is_weighed=is_weighed)
        found = self._read(column, "quantity_unreadable", parse)
        if found is not None and found < 0:
            message = _("A quantity cannot be below zero.")
            self.problems.append(Problem("quantity_negative", message, column))
            return Decimal(0)
        return found or Decimal(0)

    def count(self, column: str) -> int | None:
        found = self.quantity(column)
        if found % 1:
            message = _("Write a whole number.")
            self.problems.append(Problem("count_unreadable", message, column))
        return int(found) or None

    def day(self, column: str, *, pivot: date) -> date | None:
        # A date of expiry in two digits of the year lies ahead, not behind.
        ahead = pivot.replace(year=pivot.year + 50, day=min(pivot.day, 28))

        def parse(cell: Cell) -> date:
            return date_of(cell, pivot=ahead)

        return self._read(column, "date_unreadable", parse) if self.text(column) else None

    def _read(self, column: str, code: str, parse: Callable[[Cell], Found | None]) -> Found | None:
        cell = self.row[column]
        try:
            return parse(cell)
        except DomainError as refusal:
            self.problems.append(Problem(code, f"“{text_of(cell)}”: {refusal}", column))
            return None


def _refuse(reading: Reading, on: date) -> None:
    told = {problem.column for problem in reading.problems}
    product = reading.value
    if not product.name:
        message = _("The name is missing. Fill it in.")
        reading.problems.insert(0, Problem("name_missing", message, "name"))
    if not product.general_price_idr and "general_price" not in told:
        message = _("The general price is missing. Fill it in.")
        reading.problems.append(Problem("price_missing", message, "general_price"))
    if product.opening_quantity and not product.cost_idr and "cost" not in told:
        message = _("There is stock, but no buying price. Fill in what one of it was bought for.")
        reading.problems.append(Problem("cost_missing", message, "cost"))
    if not product.name or not product.general_price_idr:
        return
    try:
        refuse_unsound(product, on=on)
    except ProductRefused as refusal:
        for name, messages in refusal.fields.items():
            column = _COLUMN_OF.get(name, name)
            code = "price_refused" if column.endswith("price") else f"{column}_refused"
            if column not in told:
                reading.problems += [Problem(code, message, column) for message in messages]


def _warn(reading: Reading, row: SourceRow, on: date) -> None:
    product = reading.value
    code = product.code
    if code.isdecimal() and len(code) in (8, 12, 13, 14) and not ean.is_valid(code):
        reading.warn(
            "code_check_digit",
            _("The last digit of the barcode does not fit the others. Scan it once more."),
            "code",
        )
    lowest = min(product.member_price_idr, product.wholesale_price_idr or product.member_price_idr)
    if lowest and product.cost_idr > lowest:
        reading.warn(
            "cost_above_price",
            _("It is bought for %(cost)s and sold for %(price)s: every sale makes a loss.")
            % {"cost": format_rupiah(product.cost_idr), "price": format_rupiah(lowest)},
            "cost",
        )
    if product.expires_on and product.expires_on <= on:
        reading.warn(
            "expired",
            _("Best before %(day)s: it may not be sold any more.")
            % {"day": format_date(product.expires_on)},
            "expires_on",
        )
    if not text_of(row["measure"]):
        reading.warn(
            "measure_missing",
            _("It does not say what it is sold per; “%(measure)s” will be taken.")
            % {"measure": DEFAULT_MEASURE},
            "measure",
        )
