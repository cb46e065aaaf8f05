"""What goods add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, menu, tabs
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from kkmp.exports import lists
from kkmp.imports import kinds
from shops.goods.exports import Products
from shops.goods.imports.kind import ProductList
from shops.goods.queries import count_unknown_codes, products_by_unit
from shops.pricing.terms import PriceTier
from shops.units import queries as units


def register() -> None:
    units.register_count(products_by_unit)
    kinds.register(ProductList())
    lists.register(Products())
    tabs.register(
        "goods",
        Tab("shops:products", _("Products"), "package", Permission.PRODUCTS_READ),
        weight=10,
    )
    tabs.register(
        "goods",
        Tab("shops:categories", _("Categories"), "palette", Permission.PRODUCTS_READ),
        weight=20,
    )
    tabs.register(
        "goods",
        Tab("shops:rules", _("Subsidised goods"), "scale", Permission.PRODUCTS_READ),
        weight=30,
    )
    tabs.register(
        "goods",
        Tab(
            "shops:unknown_codes",
            _("Unknown codes"),
            "barcode",
            Permission.PRODUCTS_READ,
            count_unknown_codes,
        ),
        weight=40,
    )
    menu.register(
        Entry(
            "shops:products",
            _("Products"),
            "package",
            Permission.PRODUCTS_READ,
            is_primary=True,
            also=("shops:units",),
        ),
        weight=40,
    )
    audit_sentences.call("shops.Product", "name")
    audit_sentences.register(
        Group.GOODS,
        {
            "product.add": _("%(who)s added %(subject)s"),
            "product.add_many": _("%(who)s added products from a list: %(names)s"),
            "product.edit": _("%(who)s changed %(subject)s: %(changed)s"),
            "product.photo": _("%(who)s changed the photo of %(subject)s"),
            "product.retire": _("%(who)s took %(subject)s out of the range"),
            "product.restore": _("%(who)s took %(subject)s into the range again"),
            "category.change": _("%(who)s changed the category %(name)s"),
            "rule.add": _(
                "%(who)s set a rule of subsidised goods from %(valid_from)s for %(product)s, "
                "ceiling %(ceiling_idr)s"
            ),
            "rule.end": _("%(who)s ended a rule of subsidised goods for %(product)s"),
            "unknown_code.note": _("%(who)s noted the unknown code %(code)s"),
            "unknown_code.drop": _("%(who)s dropped the unknown code %(code)s"),
            "pack.add": _("%(who)s added the pack %(name)s of %(product)s"),
            "pack.change": _("%(who)s changed the pack %(name)s of %(product)s: %(changed)s"),
            "pack.retire": _("%(who)s took the pack %(name)s of %(product)s out of the range"),
            "pack.restore": _("%(who)s took the pack %(name)s of %(product)s into the range again"),
            "price.add": _(
                "%(who)s set the price of %(product)s from %(valid_from)s: %(tier)s "
                "%(price_idr)s from %(min_quantity)s"
            ),
            "price.end": _("%(who)s ended the price of %(product)s: %(tier)s %(price_idr)s"),
        },
        words={"tier": PriceTier},
        rows={"product": "shops.Product"},
    )
    sidebar.register(
        sidebar.Group.BOOKS, Line("shops_category", _("Product categories"), "shelves"), weight=100
    )
    sidebar.register(
        sidebar.Group.BOOKS,
        Line("shops_product", _("Products and stock"), "inventory_2"),
        weight=110,
    )
    sidebar.register(
        sidebar.Group.TILLS, Line("shops_unknowncode", _("Unknown codes"), "barcode"), weight=100
    )
