"""Reports of what was sold: one page, one table at a time."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.exports import words
from kkmp.exports.lists import Column, Kind
from kkmp.lib.clock import business_today
from kkmp.lib.periods import JAKARTA
from kkmp.lib.templatetags import formats
from shops.drawers.models import Shift
from shops.reports import date_ranges, tables
from shops.reports.forms import ReportForm
from shops.reports.queries import sums

PAGE = 50

_WRITTEN: dict[Kind, Callable[[Any], str]] = {
    Kind.RUPIAH: formats.rupiah,
    Kind.NUMBER: formats.number,
    Kind.QUANTITY: formats.quantity,
    Kind.PERCENT: formats.percent,
    Kind.DATE: formats.date_long,
}


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.SALES_READ)
def show(request: CoopRequest) -> HttpResponse:
    today = business_today()
    form = ReportForm(request.GET, cooperative=request.cooperative)
    name, scope = form.scope(on=today)
    found = tables.shown(name, scope)
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "dates": scope.dates,
        "report": found.report,
        "total": found.total,
        "tabs": _tabs(name, form),
        "days": _days(scope.dates, form, today),
        "columns": [(c.title, _is_figure(c)) for c in found.report.columns],
        "page": page,
        "bars": tables.bars(found),
        "is_difference": name == sums.DIFFERENCES,
        "differences": _differences(found) if name == sums.DIFFERENCES else None,
    }
    context["rows"] = [_row(request, found, row) for row in page]
    context["sum"] = [(_written(c, found.sum), c.title) for c in found.report.figures]
    context["blank"] = range(len(found.report.named) - 1)
    return render(
        request,
        "shops/reports/_report.html" if request.htmx else "shops/reports/reports.html",
        context,
    )


def _differences(found: tables.Shown) -> dict[str, int] | None:
    """How many shifts were closed, and what was too little and too much in their drawers."""
    differed = [shift.last_difference_idr for shift in found.rows]
    if not differed:
        return None
    return {
        "shifts": len(differed),
        "exact": differed.count(0),
        "short_idr": sum(min(each, 0) for each in differed),
        "over_idr": sum(max(each, 0) for each in differed),
        "sum_idr": sum(differed),
    }


def _tabs(current: str, form: ReportForm) -> list[dict[str, Any]]:
    """The other reports of the same days and unit."""
    return [
        {
            "title": report.title,
            "icon": report.icon,
            "url": words.address("", **form.kept() | {"by": name}),
            "current": name == current,
        }
        for name, report in tables.REPORTS.items()
    ]


def _days(dates: date_ranges.DateRange, form: ReportForm, today: date) -> list[dict[str, Any]]:
    """The days that are mostly asked for, for the same report and unit."""
    return [
        {
            "label": label,
            "url": words.address("", **form.kept() | usual.query()),
            "current": usual == dates,
        }
        for label, usual in date_ranges.usual(today)
    ]


def _row(request: CoopRequest, found: tables.Shown, row: sums.Row | Shift) -> dict[str, Any]:
    query = tables.link(found, row)
    sales = reverse("shops:sales", args=[request.cooperative.code])
    cells = [(_written(c, row), c.title, _is_figure(c)) for c in found.report.columns]
    return {"cells": cells, "url": words.address(sales, **query) if query else ""}


def _is_figure(column: Column) -> bool:
    return column.kind not in (Kind.TEXT, Kind.CODE, Kind.DATE, Kind.MOMENT)


def _written(column: Column, row: sums.Row | Shift) -> str:
    value = column.value(row)
    if isinstance(value, datetime):
        local = value.astimezone(JAKARTA)
        return f"{formats.date_long(local)} {formats.time_wib(local)}"
    return str(_WRITTEN.get(column.kind, _text)(value))


def _text(value: object) -> str:
    return "" if value is None else str(value)
