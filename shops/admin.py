"""Goods and sales of the chosen cooperative, to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.lib.quantity import format_quantity
from shops.models import Category, MovementKind, Product, Sale, SaleLine, Stock, StockMovement


@admin.register(Category)
class Categories(TenantReadOnly):
    """As the cooperative itself sorts its goods."""

    list_display = ("name",)
    search_fields = ("name",)
    ordering = ("name", "id")


class OnTheShelf(TenantLines):
    model = Stock
    verbose_name_plural = _("Stock")
    fields = ("shown_quantity", "value")

    @admin.display(description=_("stock"))
    def shown_quantity(self, stock: Stock) -> str:
        return format_quantity(stock.quantity)

    @admin.display(description=_("value"))
    def value(self, stock: Stock) -> str:
        return format_rupiah(stock.value_idr)


class Movements(TenantLines):
    model = StockMovement
    verbose_name_plural = _("Stock movements")
    fields = ("shown_date", "shown_kind", "shown_quantity", "value", "shown_journal")
    per_page = 25

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("journal").order_by("-date", "-id")

    @admin.display(description=_("date"))
    def shown_date(self, movement: StockMovement) -> str:
        return format_date(movement.date)

    @admin.display(description=_("kind"))
    def shown_kind(self, movement: StockMovement) -> str:
        return str(MovementKind(movement.kind).label)

    @admin.display(description=_("quantity"))
    def shown_quantity(self, movement: StockMovement) -> str:
        return format_quantity(movement.quantity)

    @admin.display(description=_("value"))
    def value(self, movement: StockMovement) -> str:
        return format_rupiah(movement.value_idr)

    @admin.display(description=_("journal"))
    def shown_journal(self, movement: StockMovement) -> str:
        return str(movement.journal)


@admin.register(Product)
class Products(TenantReadOnly):
    list_display = ("name", "code", "category", "unit", "measure", "general_price", "is_active")
    list_select_related = ("category", "unit")
    list_filter = ("is_active", "is_weighed")
    search_fields = ("name", "code")
    search_help_text = _("Name or barcode")
    ordering = ("name", "id")
    fields = (
        "name",
        "code",
        "category",
        "unit",
        "measure",
        "is_weighed",
        "general_price",
        "member_price",
        "wholesale_price",
        "pack_size",
        "stock_min",
        "expires_on",
        "is_active",
    )
    readonly_fields = fields
    inlines = (OnTheShelf, Movements)

    @admin.display(description=_("general price"), ordering="general_price_idr")
    def general_price(self, product: Product) -> str:
        return format_rupiah(product.general_price_idr)

    @admin.display(description=_("member price"))
    def member_price(self, product: Product) -> str:
        return format_rupiah(product.member_price_idr)

    @admin.display(description=_("wholesale price"))
    def wholesale_price(self, product: Product) -> str:
        price = product.wholesale_price_idr
        return "–" if price is None else format_rupiah(price)


class SoldLines(TenantLines):
    model = SaleLine
    verbose_name_plural = _("Lines of a sale")
    fields = ("shown_name", "shown_quantity", "price", "total", "cost")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).order_by("position", "id")

    @admin.display(description=_("name"))
    def shown_name(self, line: SaleLine) -> str:
        return line.name

    @admin.display(description=_("quantity"))
    def shown_quantity(self, line: SaleLine) -> str:
        return f"{format_quantity(line.quantity)} {line.measure}"

    @admin.display(description=_("price"))
    def price(self, line: SaleLine) -> str:
        return format_rupiah(line.price_idr)

    @admin.display(description=_("total"))
    def total(self, line: SaleLine) -> str:
        return format_rupiah(line.total_idr)

    @admin.display(description=_("cost"))
    def cost(self, line: SaleLine) -> str:
        return format_rupiah(line.cost_idr)


@admin.register(Sale)
class Sales(TenantReadOnly):
    """Who bought what is personal: a look is written down. Buyers stand by their number."""

    is_personal = True
    list_display = ("number", "date", "unit", "buyer", "total", "cashier")
    list_select_related = ("unit", "member", "cashier")
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
        "cost",
        "paid",
        "change_given",
        "journal",
        "cashier",
    )
    readonly_fields = fields
    inlines = (SoldLines,)

    @admin.display(description=_("member number"))
    def buyer(self, sale: Sale) -> str:
        return str(sale.member.number or "–") if sale.member else "–"

    @admin.display(description=_("total"), ordering="total_idr")
    def total(self, sale: Sale) -> str:
        return format_rupiah(sale.total_idr)

    @admin.display(description=_("cost"))
    def cost(self, sale: Sale) -> str:
        return format_rupiah(sale.cost_idr)

    @admin.display(description=_("paid"))
    def paid(self, sale: Sale) -> str:
        return format_rupiah(sale.paid_idr)

    @admin.display(description=_("change"))
    def change_given(self, sale: Sale) -> str:
        return format_rupiah(sale.change_idr)
