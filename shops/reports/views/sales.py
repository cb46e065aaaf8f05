"""What was sold: a list with filters, from a day to a year."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.exports import words
from kkmp.lib import keyset
from kkmp.lib.clock import business_today
from shops.reports import date_ranges
from shops.reports.filters import MOST_DAYS, SaleFilter, methods_of

PAGE = 50


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.SALES_READ)
def sales(request: CoopRequest) -> HttpResponse:
    today = business_today()
    wanted = SaleFilter(request.GET, cooperative=request.cooperative, on=today, request=request)
    page = keyset.page(wanted.qs, ("-date", "-number"), size=PAGE, given=request.GET.get("page"))
    context = {
        "filter": wanted,
        "page": page,
        "rows": [(sale, methods_of(sale)) for sale in page],
        "total": wanted.total(),
        "most_days": MOST_DAYS,
        "conditions": _conditions(request, wanted),
        "report_url": _report(request, wanted),
    } | _neighbours(wanted, today)
    return render(
        request,
        "shops/reports/_sales.html" if request.htmx else "shops/reports/sales.html",
        context,
    )


def _conditions(request: CoopRequest, wanted: SaleFilter) -> list[dict[str, Any]]:
    """The filters that a report's link has set, each with the address that lifts it."""
    return [
        {
            "label": wanted.form.fields[name].label,
            "value": wanted.given[name],
            "url": words.address(
                request.path,
                **{key: str(v) for key, v in request.GET.items() if key not in (name, "page")},
            ),
        }
        for name in wanted.hidden
    ]


def _neighbours(wanted: SaleFilter, today: date) -> dict[str, date_ranges.DateRange | None]:
    """The ranges before and after this one, of as many days; no later one that has not begun."""
    later = wanted.dates.moved(1)
    return {
        "earlier": wanted.dates.moved(-1),
        "later": later if later.since <= today else None,
    }


def _report(request: CoopRequest, wanted: SaleFilter) -> str:
    unit = wanted.given.get("unit")
    query = wanted.dates.query() | {"unit": str(unit.pk) if unit else ""}
    return words.address(reverse("shops:reports", args=[request.cooperative.code]), **query)
