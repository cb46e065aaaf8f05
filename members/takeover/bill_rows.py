"""One row of a list of payments: read, and everything that is wrong or odd with it."""

import re
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from kkmp.imports.rows import Problem, SourceRow
from kkmp.lib.cells import Cell, date_of, text_of
from kkmp.lib.existing import present
from kkmp.lib.identity import Nik, NikError, parse_nik
from kkmp.lib.money import MoneyError, parse_rupiah_or_none
from kkmp.lib.names import tidy_name
from kkmp.lib.periods import DateError, format_date, format_month, month_of, parse_month
from members.savings.models import SavingsRole
from members.takeover import cells
from members.takeover.services.bills_rules import Bill

_KINDS = {
    SavingsRole.MANDATORY: {"wajib", "simpanan wajib", "iuran wajib", "mandatory", "sw", "iuran"},
    SavingsRole.PRINCIPAL: {"pokok", "simpanan pokok", "iuran pokok", "principal", "sp"},
}


@dataclass(slots=True)
class Reading:
    """What could be read of a row."""

    number: int
    member_number: int | None = None
    nik: Nik | None = None
    name: str = ""
    month: date | None = None
    amount_idr: int = 0
    role: SavingsRole = SavingsRole.MANDATORY
    paid_on: date | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def names_somebody(self) -> bool:
        return bool(self.member_number or self.nik)

    @property
    def detail(self) -> str:
        """Month and kind, without anything secret."""
        month = format_month(self.month) if self.month else ""
        paid = _("paid on %(day)s") % {"day": format_date(self.paid_on)} if self.paid_on else ""
        return " · ".join(filter(None, [month, str(self.role.label), paid]))

    def bill(self, member_id: UUID) -> Bill:
        """What the service takes; ask only where there are no problems."""
        return Bill(
            member_id=member_id,
            month=present(self.month, "a row without problems has one"),
            amount_idr=self.amount_idr,
            role=self.role,
            paid_on=self.paid_on,
            line=self.number,
        )

    def refuse(self, code: str, message: str, column: str) -> None:
        self.problems.append(Problem(code, message, column))


def read(row: SourceRow, *, on: date) -> Reading:
    """
    :param on: the day of the balances, which settles two-digit years
    """
    reading = Reading(row.number, name=tidy_name(cells.text_or_blank(row["name"])))
    _who(row, reading)
    _month(row, reading, on)
    _amount(row, reading)
    _kind(row, reading)
    _paid_on(row, reading, on)
    return reading


def _who(row: SourceRow, reading: Reading) -> None:
    text = cells.text_or_blank(row["number"])
    if text:
        number = cells.member_number(text)
        if not number:
            message = _("“%(text)s” is no member number.") % {"text": text}
            reading.refuse("number_unreadable", message, "number")
        else:
            reading.member_number = number
        return
    if not cells.text_or_blank(row["nik"]):
        message = _("The member number is missing. Fill it in, or the NIK.")
        reading.refuse("number_missing", message, "number")
        return
    try:
        reading.nik = parse_nik(row["nik"])
    except NikError as refusal:
        message = _("%(problem)s Compare it with the KTP.") % {"problem": refusal}
        reading.refuse(refusal.code, message, "nik")


def _month(row: SourceRow, reading: Reading, on: date) -> None:
    if not cells.text_or_blank(row["month"]):
        reading.refuse("month_missing", _("The month is missing. Fill it in."), "month")
        return
    try:
        reading.month = _month_of(row["month"], on)
    except DateError as refusal:
        message = f"“{text_of(row['month'])}”: {refusal}"
        reading.refuse("month_unreadable", message, "month")


def _month_of(cell: Cell, on: date) -> date:
    if isinstance(cell, str) and not re.fullmatch(r"\s*\d{5}\s*", cell):
        # Months in two digits of the year may lie a little ahead.
        return parse_month(text_of(cell), pivot=date(on.year + 1, 12, 31))
    return month_of(date_of(cell, pivot=on))


def _amount(row: SourceRow, reading: Reading) -> None:
    try:
        amount_idr = parse_rupiah_or_none(row["amount"])
    except MoneyError as refusal:
        reading.refuse("amount_unreadable", f"“{text_of(row['amount'])}”: {refusal}", "amount")
        return
    if amount_idr is None:
        reading.refuse("amount_missing", _("The amount is missing. Fill it in."), "amount")
    reading.amount_idr = amount_idr or 0


def _kind(row: SourceRow, reading: Reading) -> None:
    text = cells.text_or_blank(row["kind"])
    if not text:
        return
    word = " ".join(re.findall(r"[a-z]+", text.lower()))
    role = next((role for role, words in _KINDS.items() if word in words), None)
    if role is None:
        message = _("“%(text)s” is not taken over here. Write wajib or pokok.") % {"text": text}
        reading.refuse("kind_unknown", message, "kind")
    else:
        reading.role = role


def _paid_on(row: SourceRow, reading: Reading, on: date) -> None:
    if not cells.text_or_blank(row["paid_on"]):
        return
    try:
        reading.paid_on = date_of(row["paid_on"], pivot=on)
    except DateError:
        message = _("“%(text)s” is no date and will be left empty.")
        text = text_of(row["paid_on"])
        reading.warnings.append(Problem("paid_on_unreadable", message % {"text": text}, "paid_on"))
