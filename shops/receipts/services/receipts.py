"""Printing receipts: the first print is the original, whatever is printed later is a copy."""

from django.db import transaction

from kkmp.access.models import User
from kkmp.registry.services import numbering
from shops.receipts.models import ReceiptCopy
from shops.till.models import Sale


@transaction.atomic
def issue(*, sale: Sale, by: User) -> ReceiptCopy:
    """Note that a receipt is printed and learn which copy it is; 0 is the original.

    Prints wait for each other by the row of a counter, so that there is one original: sales
    are append-only, and a row that may not be changed cannot be locked.
    """
    numbering.take_numbers(cooperative=sale.cooperative, series="receipt-copy", count=0)
    before = ReceiptCopy.objects.of(sale.cooperative_id).filter(sale=sale).count()
    return ReceiptCopy.objects.create(
        cooperative_id=sale.cooperative_id, sale=sale, copy=before, printed_by=by
    )
