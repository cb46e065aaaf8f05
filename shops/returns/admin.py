"""Returns, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import money, quantity, related
from members.register.numbers import member_number
from shops.payments.models import Refund
from shops.returns.models import ReturnedLine, SaleReturn


class ReturnedLines(TenantLines):
    model = ReturnedLine
    verbose_name_plural = _("Returned goods")
    fields = ("name", "shown_quantity", "total", "cost")
    list_select_related = ("line",)
    ordering = ("line__position", "id")
    shown_quantity = quantity("quantity", _("quantity"))
    total = money("total_idr", _("total"))
    cost = money("cost_idr", _("cost"))

    @admin.display(description=_("name"))
    def name(self, returned: ReturnedLine) -> str:
        return returned.line.name


class Refunds(TenantLines):
    model = Refund
    verbose_name_plural = _("Paid back")
    fields = ("method", "amount")
    list_select_related = ("payment",)
    ordering = ("payment__position", "id")
    amount = money("amount_idr", _("amount"))

    @admin.display(description=_("method"))
    def method(self, refund: Refund) -> str:
        return refund.went_label


@admin.register(SaleReturn)
class SaleReturns(TenantReadOnly):
    is_personal = True
    list_display = ("number", "date", "receipt", "kind", "buyer", "total", "by", "approved_by")
    list_select_related = ("sale__member", "by", "approved_by")
    list_filter = ("kind",)
    search_fields = ("=number", "=sale__number", "=sale__member__number")
    search_help_text = _("Number of the return, of the receipt or of the member")
    date_hierarchy = "date"
    ordering = ("-number",)
    fields = (
        "number",
        "receipt",
        "kind",
        "returned_at",
        "buyer",
        "reason",
        "total",
        "rounding",
        "cost",
        "in_shift",
        "posted",
        "by",
        "approved_by",
    )
    readonly_fields = fields
    inlines = (ReturnedLines, Refunds)
    receipt = related("sale", _("receipt number"))
    in_shift = related("shift", _("shift"))
    posted = related("journal", _("journal"))
    total = money("total_idr", _("total"))
    rounding = money("rounding_idr", _("rounding"))
    cost = money("cost_idr", _("cost"))

    @admin.display(description=_("member number"))
    def buyer(self, returned: SaleReturn) -> str:
        member = returned.sale.member
        return member_number(member.number) if member else ""
