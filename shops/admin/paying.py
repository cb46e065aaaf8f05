"""Credit of members, money that goes through the bank, and vouchers."""

from typing import Any

from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import masked, money, related
from shops.admin.sales import ending, number_of
from shops.models.payments import CreditPayment, CreditTerms, Settlement, Voucher, VoucherBatch
from shops.payments.admin import Confirmed


class _OfAMember:
    """What is a member's, who stands by number."""

    is_personal = True

    @admin.display(description=_("member number"), ordering="member__number")
    def whose(self, row: CreditTerms | CreditPayment) -> str:
        return number_of(row.member)


@admin.register(CreditTerms)
class Credits(_OfAMember, TenantReadOnly):
    list_display = ("whose", "limit", "due_days")
    list_select_related = ("member",)
    search_fields = ("=member__number",)
    search_help_text = _("Member number")
    ordering = ("member__number", "id")
    fields = ("whose", "limit", "due_days")
    readonly_fields = fields
    limit = money("limit_idr", _("limit"))


@admin.register(CreditPayment)
class CreditPayments(_OfAMember, TenantReadOnly):
    list_display = ("number", "date", "whose", "method", "amount", "rounding", "who")
    list_select_related = ("member", "by")
    list_filter = ("method",)
    search_fields = ("=number", "=member__number")
    search_help_text = _("Receipt number or member number")
    date_hierarchy = "date"
    ordering = ("-number",)
    fields = (
        "number",
        "date",
        "whose",
        "method",
        "amount",
        "rounding",
        "received",
        "reference",
        "in_shift",
        "posted",
        "who",
    )
    readonly_fields = fields
    amount = money("amount_idr", _("amount"))
    rounding = money("rounding_idr", _("rounding"))
    received = money("received_idr", _("handed over"), sorts=False)
    in_shift = related("shift", _("shift"))
    posted = related("journal", _("journal"))
    who = related("by", _("who"))


@admin.register(Settlement)
class Settlements(TenantReadOnly):
    list_display = ("date", "method", "gross", "fee", "net", "reference", "who")
    list_select_related = ("by",)
    search_fields = ("reference",)
    search_help_text = _("Reference")
    date_hierarchy = "date"
    ordering = ("-date", "-id")
    fields = ("date", "method", "gross", "fee", "net", "reference", "posted", "at", "who")
    readonly_fields = fields
    inlines = (Confirmed,)
    gross = money("gross_idr", _("paid by buyers"))
    fee = money("fee_idr", _("fee"))
    net = money("net_idr", _("into the bank"), sorts=False)
    posted = related("journal", _("journal"))
    who = related("by", _("who"))


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
    inlines = (Vouchers,)
    value = money("value_idr", _("value of one"))
    total = money("total_idr", _("total"), sorts=False)
    left = money("left_idr", _("left"))
    posted = related("journal", _("journal"))
    who = related("by", _("who"))

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(left_idr=Sum("vouchers__left_idr"))

    @admin.display(description=_("paid by"), ordering="buyer")
    def payer(self, batch: VoucherBatch) -> str:
        return masked(batch.buyer)
