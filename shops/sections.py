"""The pages about goods and those about paying, as the links above each of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import Permission
from kkmp.access.sections import Section, links
from shops.goods import queries


def _noted(cooperative: Any) -> int:
    return queries.unknown_codes(cooperative).count()


GOODS = (
    Section("shops:products", _("Products"), "package", Permission.PRODUCTS_READ),
    Section("shops:categories", _("Categories"), "palette", Permission.PRODUCTS_READ),
    Section("shops:rules", _("Subsidised goods"), "scale", Permission.PRODUCTS_READ),
    Section("shops:unknown_codes", _("Unknown codes"), "barcode", Permission.PRODUCTS_READ, _noted),
    Section("shops:units", _("Units of business"), "building-store", Permission.PRODUCTS_READ),
    Section("shops:till_settings", _("Till settings"), "settings", Permission.TILL_WRITE),
)

PAYING = (
    Section("shops:payments", _("QRIS and transfers"), "qrcode", Permission.PAYMENTS_READ),
    Section("shops:credits", _("Credit (bon)"), "address-book", Permission.PAYMENTS_READ),
    Section("shops:vouchers", _("Vouchers"), "ticket", Permission.SALES_READ),
)


def goods(request: Any) -> list[dict[str, Any]]:
    """The links above the pages about goods, for whoever asks."""
    return list(links(request, GOODS).values())


def paying(request: Any) -> list[dict[str, Any]]:
    """The links above the pages about paying, for whoever asks."""
    return list(links(request, PAYING).values())
