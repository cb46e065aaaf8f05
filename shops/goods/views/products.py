"""The list of goods and each product's page."""

from typing import Annotated
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_stubs_ext import Annotations

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib import keyset
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.goods import queries as goods_queries
from shops.goods.filters import ProductFilter
from shops.goods.forms import SERVICE_INCOME, ProductForm
from shops.goods.models import Category, Product
from shops.goods.services import products as service
from shops.stock import queries as stock_queries
from shops.units import queries as units_queries

PAGE = 30


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.PRODUCTS_READ)
def products(request: CoopRequest) -> HttpResponse:
    found = goods_queries.products(request.cooperative)
    wanted = ProductFilter(request.GET, queryset=found, request=request)
    context = {
        "filter": wanted,
        "page": Paginator(wanted.qs, PAGE).get_page(request.GET.get("page")),
        "asked": any(request.GET.get(name) for name in wanted.form.fields),
        "page_tabs": tabs.shown(request, "goods"),
    }
    template = "shops/goods/_product_rows.html" if request.htmx else "shops/goods/products.html"
    return render(request, template, context)


@require_safe
@requires(Permission.PRODUCTS_READ)
def product(request: CoopRequest, product_id: UUID) -> HttpResponse:
    row: Annotated[Product, Annotations[goods_queries.Held]] = get_object_or_404(
        goods_queries.products(request.cooperative), id=product_id
    )
    page = keyset.page(
        stock_queries.movements(row), ("-date", "-id"), size=PAGE, given=request.GET.get("page")
    )
    average_idr = stock_queries.average_cost_idr(row)
    today = business_today()
    context = {
        "product": row,
        "page": page,
        "average_idr": average_idr,
        "today": today,
        "opened": stock_queries.opened(row),
        "packs": goods_queries.packs_of(row),
        "prices": goods_queries.prices_of(row, on=today),
        "rules": goods_queries.rules_of(row, on=today),
        "income": dict(SERVICE_INCOME).get(row.income_code, ""),
    }
    return render(request, "shops/goods/product.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRODUCTS_WRITE)
def add(request: CoopRequest) -> HttpResponse:
    if not units_queries.units(request.cooperative).filter(is_active=True).exists():
        return render(request, "shops/units/no_unit.html")
    # The address may hold a code that a till did not know.
    known = {name: request.GET[name] for name in ("code", "name") if name in request.GET}
    form = ProductForm(request.POST or None, cooperative=request.cooperative, initial=known)
    if form.is_valid():
        try:
            made = service.add(
                cooperative=request.cooperative,
                particulars=form.particulars(),
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s has been added.") % {"name": made.name})
            return redirect("shops:product", request.cooperative.code, made.id)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRODUCTS_WRITE)
def edit(request: CoopRequest, product_id: UUID) -> HttpResponse:
    row = get_object_or_404(goods_queries.products(request.cooperative), id=product_id)
    now = service.held(row) if request.method == "POST" else row
    form = ProductForm(request.POST or None, cooperative=request.cooperative, product=now)
    if form.is_valid() and not form.is_stale(now, form.before):
        try:
            service.edit(
                product=now,
                particulars=form.particulars(),
                version=now.version,
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("shops:product", request.cooperative.code, row.id)
    return _form_page(request, form, row)


@require_POST
@requires(Permission.PRODUCTS_WRITE)
def retire(request: CoopRequest, product_id: UUID) -> HttpResponse:
    row = get_object_or_404(Product.objects.of(request.cooperative), id=product_id)
    service.retire(product=row, by=request.user)
    messages.success(request, _("%(name)s is no longer sold.") % {"name": row.name})
    return redirect("shops:product", request.cooperative.code, row.id)


@require_POST
@requires(Permission.PRODUCTS_WRITE)
def restore(request: CoopRequest, product_id: UUID) -> HttpResponse:
    row = get_object_or_404(Product.objects.of(request.cooperative), id=product_id)
    service.restore(product=row, by=request.user)
    messages.success(request, _("%(name)s is sold again.") % {"name": row.name})
    return redirect("shops:product", request.cooperative.code, row.id)


def _form_page(request: CoopRequest, form: ProductForm, row: Product | None) -> HttpResponse:
    goods = Product.objects.of(request.cooperative)
    context = {
        "form": form,
        "product": row,
        "categories": Category.objects.of(request.cooperative).order_by("name", "id"),
        "measures": goods.values_list("measure", flat=True).distinct().order_by("measure"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "shops/goods/product_form.html", context, status=status)
