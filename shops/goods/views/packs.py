"""Packs of a product."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.goods.forms import PackForm
from shops.goods.models import Pack, Product
from shops.goods.services import packs as service


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRODUCTS_WRITE)
def add(request: CoopRequest, product_id: UUID) -> HttpResponse:
    product = get_object_or_404(Product.objects.of(request.cooperative), id=product_id)
    form = PackForm(request.POST or None)
    if form.is_valid():
        try:
            pack = service.add(product=product, contents=form.contents(), by=request.user)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s has been added.") % {"name": pack.name})
            return redirect("shops:product", request.cooperative.code, product.id)
    return _form(request, form, product, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRODUCTS_WRITE)
def change(request: CoopRequest, pack_id: UUID) -> HttpResponse:
    pack = _pack(request, pack_id)
    if request.method == "POST":
        pack = service.held(pack)
    form = PackForm(request.POST or None, pack=pack)
    if form.is_valid() and not form.is_stale(pack, form.before):
        try:
            service.change(pack=pack, contents=form.contents(), by=request.user)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("shops:product", request.cooperative.code, pack.product_id)
    return _form(request, form, pack.product, pack)


@require_POST
@requires(Permission.PRODUCTS_WRITE)
def retire(request: CoopRequest, pack_id: UUID) -> HttpResponse:
    pack = service.retire(pack=_pack(request, pack_id), by=request.user)
    messages.success(request, _("%(name)s is no longer sold.") % {"name": pack.name})
    return redirect("shops:product", request.cooperative.code, pack.product_id)


@require_POST
@requires(Permission.PRODUCTS_WRITE)
def restore(request: CoopRequest, pack_id: UUID) -> HttpResponse:
    pack = service.restore(pack=_pack(request, pack_id), by=request.user)
    messages.success(request, _("%(name)s is sold again.") % {"name": pack.name})
    return redirect("shops:product", request.cooperative.code, pack.product_id)


def _pack(request: CoopRequest, pack_id: UUID) -> Pack:
    rows = Pack.objects.of(request.cooperative).select_related("product")
    return get_object_or_404(rows, id=pack_id)


def _form(
    request: CoopRequest, form: PackForm, product: Product, pack: Pack | None
) -> HttpResponse:
    context = {"form": form, "product": product, "pack": pack}
    status = 422 if form.is_bound else 200
    return render(request, "shops/goods/pack_form.html", context, status=status)
