"""What was sold, day by day."""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from shops import queries
from shops.forms import DayForm
from shops.views.till import receipt_context

PAGE = 50


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.SALES_READ)
def sales(request: CoopRequest) -> HttpResponse:
    form = DayForm(request.GET)
    day = (form.is_valid() and form.cleaned_data["day"]) or business_today()
    found = queries.sales(request.cooperative).filter(date=day)
    context = {
        "day": day,
        "earlier": day - timedelta(days=1),
        "later": day + timedelta(days=1) if day < business_today() else None,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "units": queries.totals_by_unit(request.cooperative, day, day),
        "top": queries.top_products(request.cooperative, day, day, 5),
        "total": queries.day_total(request.cooperative, day),
    }
    return render(request, "shops/_sales_day.html" if request.htmx else "shops/sales.html", context)


@require_safe
@requires(Permission.SALES_READ)
def sale(request: CoopRequest, sale_id: UUID) -> HttpResponse:
    row = get_object_or_404(queries.sales(request.cooperative), id=sale_id)
    back = reverse("shops:sales", args=[request.cooperative.code], query={"day": row.date})
    return render(request, "shops/sale.html", receipt_context(row) | {"back_url": back})
