"""Sales with their lines, payments and returns, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import money
from kkmp.lib.quantity import format_quantity
from members.register.numbers import member_number
from shops.payments.models import SalePayment
from shops.pricing.methods import Method
from shops.receipts import queries
from shops.returns.models import SaleReturn
from shops.till.models import Sale, SaleLine
from shops.vouchers.codes import ending


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
        return member_number(sale.member.number) if sale.member else ""

    @admin.display(description=_("times printed"))
    def prints(self, sale: Sale) -> int:
        return queries.prints(sale)
