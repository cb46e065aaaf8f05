"""Vouchers and their batches, to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import masked, money, related
from kkmp.registry.tenancy import TenantQuerySet
from shops.vouchers.codes import ending
from shops.vouchers.models import Voucher, VoucherBatch, VoucherPosting


class Vouchers(TenantLines):
    model = Voucher
    verbose_name_plural = _("Vouchers")
    fields = ("shown_code", "value", "left")
    ordering = ("id",)
    per_page = 50
    value = money("value_idr", _("value"))
    left = money("left_idr", _("left"))

    @admin.display(description=_("code"))
    def shown_code(self, voucher: Voucher) -> str:
        return ending(voucher.code)


class Postings(TenantLines):
    model = VoucherPosting
    verbose_name_plural = _("Payments and endings")
    fields = ("date", "kind", "method", "amount", "posted", "who")
    list_select_related = ("journal", "by")
    ordering = ("date", "id")
    amount = money("amount_idr", _("amount"))
    posted = related("journal", _("journal"))
    who = related("by", _("who"))


@admin.register(VoucherBatch)
class VoucherBatches(TenantReadOnly):
    """A donor may be a person, so that a look is written down and the list masks names."""

    is_personal = True
    list_display = ("date", "payer", "purpose", "count", "value", "left", "valid_until")
    list_filter = ("method",)
    search_fields = ("buyer", "purpose")
    search_help_text = _("Who paid, or what for")
    date_hierarchy = "date"
    ordering = ("-date", "-id")
    fields = (
        "date",
        "buyer",
        "purpose",
        "beneficiaries",
        "count",
        "value",
        "total",
        "left",
        "valid_until",
        "method",
        "posted",
        "who",
    )
    readonly_fields = fields
    inlines = (Vouchers, Postings)
    value = money("value_idr", _("value of one"))
    total = money("total_idr", _("total"), sorts=False)
    left = money("left_idr", _("left"))
    posted = related("journal", _("journal"))
    who = related("by", _("who"))

    def get_queryset(self, request: HttpRequest) -> TenantQuerySet[Any]:
        return super().get_queryset(request).annotate(left_idr=Sum("vouchers__left_idr"))

    @admin.display(description=_("paid by"), ordering="buyer")
    def payer(self, batch: VoucherBatch) -> str:
        return masked(batch.buyer)
