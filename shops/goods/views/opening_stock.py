"""Opening stock that was written down wrongly: the goods of one entry, and correcting one."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from finance.ledger.models import Journal
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from kkmp.lib.money import share_of_value
from shops.goods.forms import OpeningCorrection
from shops.goods.models import Product
from shops.stock import queries
from shops.stock.services import corrections

PAGE = 50


@require_safe
@requires(Permission.BOOKS_WRITE)
def goods(request: CoopRequest, journal_id: UUID) -> HttpResponse:
    journal = get_object_or_404(Journal.objects.of(request.cooperative), id=journal_id)
    pages = Paginator(queries.of_journal(journal), PAGE)
    if not pages.count:
        raise Http404
    context = {"journal": journal, "page": pages.get_page(request.GET.get("page"))}
    return render(request, "shops/goods/opening_goods.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def correct(request: OnceRequest, product_id: UUID) -> HttpResponse:
    rows = Product.objects.of(request.cooperative).select_related("cooperative", "unit")
    product = get_object_or_404(rows, id=product_id)
    opened = queries.opened(product)
    if opened is None:
        raise Http404
    initial: dict[str, Any] = {"key": request.form_key}
    if opened.quantity:
        cost_idr = share_of_value(opened.value_idr, Decimal(1), opened.quantity)
        initial |= {"quantity": opened.quantity, "cost_idr": cost_idr}
    form = OpeningCorrection(request.POST or None, product=product, initial=initial)
    if form.is_valid():
        try:
            corrections.correct_opening(
                product=product, on=business_today(), by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Corrected. Stock and books changed together."))
            return redirect("shops:product", request.cooperative.code, product.id)
    context = {"form": form, "product": product, "opened": opened}
    status = 422 if form.is_bound else 200
    return render(request, "shops/goods/opening_correct.html", context, status=status)
