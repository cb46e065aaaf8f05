"""Shelves of goods and their colours."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.goods import queries
from shops.goods.forms import CategoryForm
from shops.goods.models import Category
from shops.goods.services import categories as service


@require_safe
@requires(Permission.PRODUCTS_READ)
def categories(request: CoopRequest) -> HttpResponse:
    rows = queries.categories_with_goods(request.cooperative)
    context = {"categories": rows, "page_tabs": tabs.shown(request, "goods")}
    return render(request, "shops/goods/categories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRODUCTS_WRITE)
def change(request: CoopRequest, category_id: UUID) -> HttpResponse:
    category = get_object_or_404(Category.objects.of(request.cooperative), id=category_id)
    if request.method == "POST":
        category = service.held(category)
    form = CategoryForm(request.POST or None, category=category)
    if form.is_valid() and not form.is_stale(category, form.before):
        try:
            service.change(category=category, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("shops:categories", request.cooperative.code)
    context = {"form": form, "category": category}
    status = 422 if form.is_bound else 200
    return render(request, "shops/goods/category_form.html", context, status=status)
