"""Printing receipts: the first print is the original, whatever is printed later is a copy."""

from django.db import transaction

from kkmp.access.models import User
from members.register.services import membership
from members.savings.models import Paper, ReceiptPrint, SavingsEntry


@transaction.atomic
def issue(*, entry: SavingsEntry, paper: Paper, by: User) -> ReceiptPrint:
    """Note that a receipt is printed and learn which copy it is; 0 is the original."""
    membership.locked(entry.member)
    before = ReceiptPrint.objects.of(entry.cooperative_id).filter(entry=entry).count()
    return ReceiptPrint.objects.create(
        cooperative_id=entry.cooperative_id, entry=entry, paper=paper, copy=before, printed_by=by
    )
