"""Rules of subsidised goods."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.goods import queries
from shops.goods.forms import RuleForm
from shops.goods.models import GoodsRule
from shops.goods.presets import PRESETS, preset
from shops.goods.services import rules as service


@require_safe
@requires(Permission.PRODUCTS_READ)
def rules(request: CoopRequest) -> HttpResponse:
    context = {
        "rules": queries.rules(request.cooperative),
        "today": business_today(),
        "page_tabs": tabs.shown(request, "goods"),
    }
    return render(request, "shops/goods/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRODUCTS_WRITE)
def add(request: CoopRequest) -> HttpResponse:
    """A new rule; the address may name a product and the preset to begin with."""
    wanted, begun = request.GET.get("barang", ""), preset(request.GET.get("contoh", ""))
    form = RuleForm(
        request.POST or None, cooperative=request.cooperative, product_id=wanted, preset=begun
    )
    if form.is_valid():
        product = form.cleaned_data["product"]
        try:
            service.add(product=product, terms=form.terms(), on=business_today(), by=request.user)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The rule has been added. The till follows it."))
            return redirect("shops:product", request.cooperative.code, product.id)
    context = {"form": form, "presets": PRESETS, "begun": begun, "wanted": wanted}
    status = 422 if form.is_bound else 200
    return render(request, "shops/goods/rule_form.html", context, status=status)


@require_POST
@requires(Permission.PRODUCTS_WRITE)
def end(request: CoopRequest, rule_id: UUID) -> HttpResponse:
    rule = get_object_or_404(GoodsRule.objects.of(request.cooperative), id=rule_id)
    service.end(rule=rule, on=business_today(), by=request.user)
    messages.success(request, _("This rule no longer holds."))
    return redirect("shops:product", request.cooperative.code, rule.product_id)
