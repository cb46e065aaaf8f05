"""Goods, packs, prices, rules and unknown codes, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import money, quantity, related
from shops.goods.models import Category, GoodsRule, Pack, Price, Product, UnknownCode
from shops.stock.models import Stock, StockMovement


@admin.register(Category)
class Categories(TenantReadOnly):
    """The categories by which a cooperative sorts its goods."""

    list_display = ("name", "colour")
    search_fields = ("name",)
    ordering = ("name", "id")
    fields = ("name", "colour")


class _FourPrices:
    """The four prices of a product, or of a pack of it."""

    general_price = money("general_price_idr", _("general price"))
    member_price = money("member_price_idr", _("member price"))
    wholesale_price = money("wholesale_price_idr", _("wholesale price"))
    institution_price = money("institution_price_idr", _("institution price"))


class OnTheShelf(TenantLines):
    model = Stock
    verbose_name_plural = _("Stock")
    fields = ("shown_quantity", "value")
    shown_quantity = quantity("quantity", _("stock"))
    value = money("value_idr", _("value"))


class Packs(_FourPrices, TenantLines):
    model = Pack
    verbose_name_plural = _("Packs")
    fields = (
        "name",
        "holds",
        "code",
        "general_price",
        "member_price",
        "wholesale_price",
        "institution_price",
        "is_active",
    )
    ordering = ("factor", "id")
    holds = quantity("factor", _("holds"))


class Prices(TenantLines):
    model = Price
    verbose_name_plural = _("Prices by quantity and day")
    fields = ("which", "from_quantity", "price", "valid_from", "valid_until")
    ordering = ("tier", "min_quantity", "-valid_from", "id")
    per_page = 25
    from_quantity = quantity("min_quantity", _("from a quantity of"))
    price = money("price_idr", _("price"))

    @admin.display(description=_("kind of price"))
    def which(self, price: Price) -> str:
        return price.get_tier_display()


class Rules(TenantLines):
    model = GoodsRule
    verbose_name_plural = _("Rules of subsidised goods")
    fields = (
        "ceiling",
        "most",
        "period",
        "no_wholesale",
        "needs_identity",
        "valid_from",
        "valid_until",
        "source",
    )
    ordering = ("-valid_from", "id")
    ceiling = money("ceiling_idr", _("ceiling price"))
    most = quantity("most_quantity", _("most for each buyer"))


class Movements(TenantLines):
    model = StockMovement
    verbose_name_plural = _("Stock movements")
    fields = ("date", "kind", "shown_quantity", "value", "journal")
    list_select_related = ("journal",)
    ordering = ("-date", "-id")
    per_page = 25
    shown_quantity = quantity("quantity", _("quantity"))
    value = money("value_idr", _("value"))


@admin.register(Product)
class Products(_FourPrices, TenantReadOnly):
    list_display = ("name", "code", "category", "unit", "measure", "general_price", "is_active")
    list_select_related = ("category", "unit")
    list_filter = ("is_active", "is_weighed", "is_service", "is_subsidised")
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
        "is_service",
        "income_code",
        "general_price",
        "member_price",
        "wholesale_price",
        "institution_price",
        "pack_size",
        "minimum",
        "expires_on",
        "is_subsidised",
        "is_active",
    )
    readonly_fields = fields
    inlines = (OnTheShelf, Packs, Prices, Rules, Movements)
    minimum = quantity("stock_min", _("minimum stock"))


@admin.register(UnknownCode)
class UnknownCodes(TenantReadOnly):
    list_display = ("code", "note", "noted_at", "who", "is_done")
    list_select_related = ("noted_by",)
    list_filter = ("is_done",)
    search_fields = ("code", "note")
    search_help_text = _("Code or note")
    ordering = ("is_done", "-noted_at", "id")
    fields = ("code", "note", "noted_at", "who", "is_done")
    readonly_fields = fields
    who = related("noted_by", _("who"))
