"""Printing receipts: the first print is the original, whatever is printed later is a copy."""

from typing import Any

from django.db import transaction

from shops.models import ReceiptCopy, Sale


@transaction.atomic
def issue(*, sale: Sale, by: Any) -> ReceiptCopy:
    """Note that a receipt is printed and learn which copy it is; 0 is the original.

    Two who print at once take turns, so that there is one original.
    """
    Sale.objects.of(sale.cooperative_id).select_for_update(of=("self",)).get(id=sale.id)
    before = ReceiptCopy.objects.of(sale.cooperative_id).filter(sale=sale).count()
    return ReceiptCopy.objects.create(
        cooperative_id=sale.cooperative_id, sale=sale, copy=before, printed_by=by
    )
