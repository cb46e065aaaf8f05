"""A product's photo: to look at, to choose and to take away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from shops.goods import photos
from shops.goods.forms import PhotoForm
from shops.goods.models import Product
from shops.goods.services import products as service


@require_safe
@requires(Permission.PRODUCTS_READ)
def photo(request: CoopRequest, product_id: UUID) -> HttpResponse:
    goods = Product.objects.of(request.cooperative).exclude(photo="")
    return photos.shown(get_object_or_404(goods, id=product_id))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRODUCTS_WRITE)
def change(request: CoopRequest, product_id: UUID) -> HttpResponse:
    product = get_object_or_404(Product.objects.of(request.cooperative), id=product_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        taken = form.cleaned_data["photo"]
        service.show(product=product, photo=taken, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("shops:product", request.cooperative.code, product.id)
    context = {"form": form, "product": product}
    status = 422 if form.is_bound else 200
    return render(request, "shops/goods/photo_form.html", context, status=status)
