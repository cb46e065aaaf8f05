"""What goods add: how many a unit has, lists that can be imported and taken out, tabs."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu, tabs
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from kkmp.exports import lists
from kkmp.imports import kinds
from shops.goods.exports import Products
from shops.goods.imports.kind import ProductList
from shops.goods.queries import count_unknown_codes, products_by_unit
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
