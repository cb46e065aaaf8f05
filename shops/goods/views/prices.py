"""Prices of a product from a quantity and from a day on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.goods.forms import PriceForm
from shops.goods.models import Price, Product
from shops.goods.services import prices as service


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRODUCTS_WRITE)
def add(request: CoopRequest, product_id: UUID) -> HttpResponse:
    product = get_object_or_404(Product.objects.of(request.cooperative), id=product_id)
    form = PriceForm(request.POST or None)
    if form.is_valid():
        try:
            service.add(product=product, terms=form.terms(), on=business_today(), by=request.user)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The price has been added."))
            return redirect("shops:product", request.cooperative.code, product.id)
    context = {"form": form, "product": product}
    status = 422 if form.is_bound else 200
    return render(request, "shops/goods/price_form.html", context, status=status)


@require_POST
@requires(Permission.PRODUCTS_WRITE)
def end(request: CoopRequest, price_id: UUID) -> HttpResponse:
    price = get_object_or_404(Price.objects.of(request.cooperative), id=price_id)
    service.end(price=price, on=business_today(), by=request.user)
    messages.success(request, _("This price no longer holds."))
    return redirect("shops:product", request.cooperative.code, price.product_id)
