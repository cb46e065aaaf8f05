"""Printing receipts of credits: the first print is the original, whatever comes later a copy."""

from django.db import transaction

from kkmp.access.models import User
from kkmp.registry.services import numbering
from shops.credit.models import CreditPayment, CreditReceiptCopy


@transaction.atomic
def issue(*, payment: CreditPayment, by: User) -> CreditReceiptCopy:
    """Note that a receipt is printed and learn which copy it is; 0 is the original.

    Prints wait for each other by the row of a counter, so that there is one original.
    """
    numbering.take_numbers(cooperative=payment.cooperative, series="receipt-copy", count=0)
    before = CreditReceiptCopy.objects.of(payment.cooperative_id).filter(payment=payment).count()
    return CreditReceiptCopy.objects.create(
        cooperative_id=payment.cooperative_id, payment=payment, copy=before, printed_by=by
    )
