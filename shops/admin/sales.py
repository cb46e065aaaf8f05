"""What was sold and what came back. Who bought what is personal: a look is written down."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import money, quantity, related
from kkmp.lib.quantity import format_quantity
from shops.models.returns import ReceiptCopy, Refund, ReturnedLine, SaleReturn
from shops.models.sales import Sale, SaleLine
from shops.payments.models import SalePayment
from shops.pricing.methods import Method


def number_of(member: Any) -> str:
    """How a member is named here."""
    return str(member.number or "–") if member else "–"


def ending(code: str) -> str:
    """Enough to tell one voucher from another, and too little to spend it."""
    return f"•••{code[-3:]}"


class SoldLines(TenantLines):
    model = SaleLine
    verbose_name_plural = _("Lines of a sale")
    fields = ("name", "sold", "which", "price", "discount", "total", "cost")
    ordering = ("position", "id")
    price = money("price_idr", _("price"))
    discount = money("discount_idr", _("discount"))
    total = money("total_idr", _("total"))
    cost = money("cost_idr", _("cost"))

    @admin.display(description=_("quantity"))
    def sold(self, line: SaleLine) -> str:
        if line.pack_quantity is None:
            return f"{format_quantity(line.quantity)} {line.measure}"
        return f"{format_quantity(line.pack_quantity)} {line.pack_name}"

    @admin.display(description=_("kind of price"))
    def which(self, line: SaleLine) -> str:
        return line.get_price_tier_display()


class Payments(TenantLines):
    model = SalePayment
    verbose_name_plural = _("Payments")
    fields = ("method", "amount", "shown_reference", "due_on")
    ordering = ("position", "id")
    amount = money("amount_idr", _("amount"))

    @admin.display(description=_("reference"))
    def shown_reference(self, payment: SalePayment) -> str:
        # A voucher's is its code, and whoever knows that can spend what is left.
        is_voucher = payment.method == Method.VOUCHER
        return ending(payment.reference) if is_voucher else payment.reference


class Returns(TenantLines):
    model = SaleReturn
    fields = ("number", "date", "kind", "total", "reason")
    ordering = ("number",)
    total = money("total_idr", _("total"))


@admin.register(Sale)
class Sales(TenantReadOnly):
    """Buyers stand by their number."""

    is_personal = True
    list_display = ("number", "date", "unit", "buyer", "total", "discount", "shift", "cashier")
    list_select_related = ("unit", "member", "shift", "cashier")
    search_fields = ("=number", "=member__number")
    search_help_text = _("Receipt number or member number")
    date_hierarchy = "date"
    ordering = ("-number",)
    fields = (
        "number",
        "date",
        "sold_at",
        "unit",
        "buyer",
        "total",
        "discount",
        "rounding",
        "cost",
        "paid",
        "change_given",
        "shift",
        "device",
        "journal",
        "cashier",
        "prints",
    )
    readonly_fields = fields
    inlines = (SoldLines, Payments, Returns)
    total = money("total_idr", _("total"))
    discount = money("discount_idr", _("discounts"))
    rounding = money("rounding_idr", _("rounding"))
    cost = money("cost_idr", _("cost"))
    paid = money("paid_idr", _("paid"))
    change_given = money("change_idr", _("change"))

    @admin.display(description=_("member number"))
    def buyer(self, sale: Sale) -> str:
        return number_of(sale.member)

    @admin.display(description=_("times printed"))
    def prints(self, sale: Sale) -> int:
        return ReceiptCopy.objects.of(sale.cooperative_id).filter(sale=sale).count()


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
        return refund.payment.get_method_display()


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
        return number_of(returned.sale.member)
