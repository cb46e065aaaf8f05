"""Sales with all that their receipts show, read in a fixed number of statements."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from kkmp.lib.documents import COPY, copy_mark
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative
from shops.payments.models import Confirmation, Refund, SalePayment
from shops.receipts.documents.content import Receipt, receipt
from shops.receipts.models import ReceiptCopy
from shops.returns.models import ReturnedLine, SaleReturn
from shops.settings import queries as settings_queries
from shops.till.models import Sale, SaleLine


def whole(cooperative: Cooperative) -> QuerySet[Sale]:
    """Sales with lines, payments and whether they arrived, and returns; latest first."""
    of = cooperative
    seen = Prefetch("confirmations", Confirmation.objects.of(of).order_by("position", "id"))
    payments = SalePayment.objects.of(of).prefetch_related(seen).order_by("position", "id")
    back = ReturnedLine.objects.of(of).select_related("line").order_by("line__position", "id")
    refunds = Refund.objects.of(of).select_related("payment").order_by("payment__position", "id")
    returns = SaleReturn.objects.of(of).prefetch_related(
        Prefetch("lines", back), Prefetch("refunds", refunds)
    )
    return (
        Sale.objects.of(of)
        .select_related("cooperative", "unit", "member", "cashier")
        .prefetch_related(
            Prefetch("lines", SaleLine.objects.of(of).order_by("position", "id")),
            Prefetch("payments", payments),
            Prefetch("returns", returns.order_by("number", "id")),
        )
        .order_by("-number", "id")
    )


def prints(sale: Sale) -> int:
    """How many times its receipt was printed."""
    return ReceiptCopy.objects.of(sale.cooperative_id).filter(sale=sale).count()


def printed(sale: Sale, print_id: UUID | None) -> ReceiptCopy | None:
    """One of its prints; None where there is no such."""
    copies = ReceiptCopy.objects.of(sale.cooperative_id).filter(sale=sale)
    return copies.filter(id=print_id).first() if print_id else None


def shown(sale: Sale, copy: ReceiptCopy | None) -> Receipt:
    """The receipt of a sale of :func:`whole`, as one of its prints or only to look at."""
    return _receipt(sale, copy_mark(copy.copy) if copy else "")


def uncounted(sale: Sale) -> Receipt:
    """The receipt of a sale of :func:`whole` for paper whose print nobody counted: a copy."""
    return _receipt(sale, COPY)


def _receipt(sale: Sale, mark: str) -> Receipt:
    footer = settings_queries.settings_of(sale.cooperative).receipt_footer
    return receipt(sale, mark=mark, footer=footer, is_demo=registry.is_demo())
