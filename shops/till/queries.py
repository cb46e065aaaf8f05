"""Sales, their lines and payments."""

from django.db.models import F, Prefetch, QuerySet

from kkmp.lib.row_estimates import among
from kkmp.registry.models import Cooperative
from shops.drawers.models import Shift
from shops.goods.models import Product
from shops.payments.models import SalePayment
from shops.till.models import Sale, SaleLine


def sales(cooperative: Cooperative) -> QuerySet[Sale]:
    """Sales with unit, member and cashier, latest first."""
    return (
        Sale.objects.of(cooperative)
        .select_related("cooperative", "unit", "member", "cashier")
        .order_by("-number", "id")
    )


def sales_with_lines(cooperative: Cooperative) -> QuerySet[Sale]:
    """Sales with unit, member, cashier, lines and payments, latest first, for programs."""
    lines = SaleLine.objects.of(cooperative).order_by("position", "id")
    payments = SalePayment.objects.of(cooperative).order_by("position", "id")
    return sales(cooperative).prefetch_related(
        Prefetch("lines", queryset=lines), Prefetch("payments", queryset=payments)
    )


def lines_of(sale: Sale) -> list[SaleLine]:
    """The lines of a sale, in the order of its receipt."""
    lines = SaleLine.objects.of(sale.cooperative_id).filter(sale=sale)
    return list(lines.order_by("position", "id"))


def paid_in(shift: Shift) -> QuerySet[SalePayment]:
    """Payments of a shift's sales, with ``how`` (the method) and ``brought_idr``."""
    sales_of_shift = Sale.objects.of(shift.cooperative_id).filter(shift=shift).values("id")
    rows = SalePayment.objects.of(shift.cooperative_id).filter(among("sale_id", sales_of_shift))
    return rows.annotate(how=F("method"), brought_idr=F("amount_idr"))


def count_in(shift: Shift) -> int:
    """How many sales were made in a shift."""
    return Sale.objects.of(shift.cooperative_id).filter(shift=shift).count()


def was_sold(product: Product) -> bool:
    """Whether a product stands on any receipt."""
    return SaleLine.objects.of(product.cooperative_id).filter(product=product).exists()
