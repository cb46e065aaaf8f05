"""The prints of a receipt are counted."""

from shops.models import (
    ReceiptCopy,
)
from tests.shops.rules import breaks, insert, sale, shift

__all__ = ["sale", "shift"]


def test_a_copy_is_printed_once(sale, sari):
    printed = ReceiptCopy.objects.create(
        cooperative=sale.cooperative, sale=sale, copy=0, printed_by=sari
    )
    insert(printed, copy=1)
    breaks("shops_receiptcopy_once", printed)
