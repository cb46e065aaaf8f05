"""A closed shift on one sheet: what went through the drawer, and what was counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from kkmp.lib import documents
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import JAKARTA
from kkmp.lib.quantity import format_quantity
from kkmp.lib.templatetags.formats import time_wib
from kkmp.registry import queries as registry
from shops.drawers import cash, queries
from shops.drawers.cash import Drawer, Flow
from shops.drawers.models import CashMovement, CountedCash, Shift
from shops.pricing.methods import Method

#: What it is printed on.
PAPERS = ("58mm", "80mm", "a4")


@dataclass(frozen=True, slots=True)
class MethodSum:
    """Payments of one method together.

    :param count: how many payments
    """

    method: Method
    count: int
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """:param drawer: of what the expected cash consists"""

    shift: Shift
    drawer: Drawer
    sales: int
    returns: int
    paid: Sequence[MethodSum]
    refunded: Sequence[MethodSum]
    credits: Sequence[MethodSum]
    movements: Sequence[CashMovement]
    counts: Sequence[CountedCash]

    @property
    def paid_idr(self) -> int:
        return sum(one.amount_idr for one in self.paid)

    @property
    def refunded_idr(self) -> int:
        return sum(one.amount_idr for one in self.refunded)


def sheet_of(shift: Shift) -> Sheet:
    """The sheet of a shift that has been counted."""
    if shift.is_open:
        raise ValueError("nobody may know before the count what should be there")
    where = shift.cooperative_id
    counts = CountedCash.objects.of(where).filter(shift=shift)
    return Sheet(
        shift=shift,
        drawer=cash.cash_of(shift),
        sales=cash.documents_of(shift, Flow.SALES),
        returns=cash.documents_of(shift, Flow.REFUNDS),
        paid=_by_method(cash.payments_of(shift, Flow.SALES)),
        refunded=_by_method(cash.payments_of(shift, Flow.REFUNDS)),
        credits=_by_method(cash.payments_of(shift, Flow.CREDITS)),
        movements=list(movements(shift)),
        counts=list(counts.order_by("-denomination_idr", "id")),
    )


def pdf(sheet: Sheet, paper: str) -> bytes:
    """The sheet on paper, Indonesian as all documents.

    :param paper: of :data:`PAPERS`
    """
    return documents.render("shops/drawers/closing_sheet.typ", content(sheet) | {"paper": paper})


def content(sheet: Sheet) -> dict[str, Any]:
    """All that stands on it, as text."""
    shift = sheet.shift
    is_own = shift.closed_by_id == shift.cashier_id
    with in_indonesian():
        return {
            "name": shift.cooperative.name,
            "unit": shift.unit.name,
            "title": _("Closing sheet").upper(),
            "number": str(shift.number),
            "facts": list(_facts(sheet)),
            "sections": [section for section in _sections(sheet) if section["rows"]],
            "note": shift.note,
            "signatures": [
                {"label": _("Cashier") if is_own else _("Closed by"), "name": str(shift.closed_by)},
                {"label": _("Received by"), "name": ""},
            ],
            "demo": registry.is_demo(),
        }


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    shift = sheet.shift
    yield _("Shift"), str(shift.number)
    yield _("Drawer"), shift.drawer
    yield _("Cashier"), str(shift.cashier)
    yield _("Opened at"), _moment(shift.opened_at)
    yield _("Closed at"), _moment(shift.closed_at)
    if shift.closed_by_id != shift.cashier_id:
        yield _("Closed by"), str(shift.closed_by)
    yield _("Receipts"), format_quantity(sheet.sales)
    if sheet.returns:
        yield _("Returns"), format_quantity(sheet.returns)


def _sections(sheet: Sheet) -> Iterator[dict[str, Any]]:
    paid = _sums(sheet.paid, sheet.paid_idr)
    yield {"title": _("Sales by method"), "rows": paid}
    back = _sums(sheet.refunded, sheet.refunded_idr)
    yield {"title": _("Paid back"), "rows": back}
    yield {"title": _("Credits paid by members"), "rows": _sums(sheet.credits, 0)}
    moved = [
        _row(f"{time_wib(one.at)} {one.get_reason_display()}", one.amount_idr, note=one.note)
        for one in sheet.movements
    ]
    yield {"title": _("Cash in and out"), "rows": moved}
    yield {"title": _("Cash in the drawer"), "rows": list(_cash(sheet))}
    counted = [
        _line(format_rupiah(one.denomination_idr), format_quantity(one.pieces))
        for one in sheet.counts
    ]
    yield {"title": _("The count"), "rows": counted}


def _cash(sheet: Sheet) -> Iterator[dict[str, Any]]:
    shift, drawer = sheet.shift, sheet.drawer
    yield _row(_("Money for change"), drawer.float_idr)
    yield _row(_("Sales in cash"), drawer.sales_idr)
    if drawer.refunds_idr:
        yield _row(_("Paid back in cash"), drawer.refunds_idr)
    if drawer.credits_idr:
        yield _row(_("Credits paid in cash"), drawer.credits_idr)
    if sheet.movements:
        yield _row(_("Cash in and out"), drawer.moved_idr)
    yield _row(_("Should be there"), shift.expected_idr or 0, is_strong=True)
    yield _row(_("Counted"), shift.counted_idr or 0)
    yield _row(_("Difference"), shift.difference_idr or 0, is_strong=True)


def _sums(sums: Sequence[MethodSum], total_idr: int) -> list[dict[str, Any]]:
    rows = [_row(f"{one.method.label} ({one.count})", one.amount_idr) for one in sums]
    if len(sums) > 1 and total_idr:
        rows.append(_row(_("Total"), total_idr, is_strong=True))
    return rows


def _row(label: str, amount_idr: int, *, note: str = "", is_strong: bool = False) -> dict[str, Any]:
    return _line(label, format_rupiah(amount_idr), note=note, is_strong=is_strong)


def _line(label: str, value: str, *, note: str = "", is_strong: bool = False) -> dict[str, Any]:
    return {"label": label, "value": value, "note": note, "strong": is_strong}


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment.astimezone(JAKARTA):%d/%m/%Y} {time_wib(moment)}"


def movements(shift: Shift) -> QuerySet[CashMovement]:
    """What went into and out of the drawer beside sales, in its order."""
    return queries.movements(shift.cooperative).filter(shift=shift)


def _by_method(rows: QuerySet[Any]) -> list[MethodSum]:
    sums = rows.values("how").annotate(count=Count("id"), total_idr=Sum("brought_idr"))
    found = {row["how"]: row for row in sums.order_by("how")}
    return [
        MethodSum(method, found[method]["count"], found[method]["total_idr"])
        for method in Method
        if method in found
    ]
