"""Sales."""

from kkmp.access.permissions import Role
from shops.models import Method, Sale
from tests.guards.side import Side
from tests.shops.conftest import sold
from tests.shops.payments.paying import payment_of, tenders

WEIGHT = 61
KINDS = {"sale": (Sale, {})}
PLAIN = "buyer_nik device pin since until"


def furnish(side: Side) -> None:
    """Sales by the chair, one of them into a drawer."""
    shop, by = side.shop, side.staff[Role.CHAIR]
    sale = sold(shop.unit, by, (shop.telur, "1"), needs_shift=True)
    qris = tenders(Method.QRIS, 17_500)
    side.ids["last sale"] = sale.pk
    side.ids["qris"] = payment_of(sold(shop.unit, by, (shop.gula, "1"), payments=qris)).pk
