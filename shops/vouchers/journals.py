"""The page to which the books send whoever wants to correct a journal of vouchers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission
from shops.vouchers.models import VoucherBatch, VoucherPosting

IN_VOUCHERS = _(
    "This entry came from vouchers. It is undone on the page of the vouchers, so that what they "
    "are good for changes with the books."
)


def of_issue(journal: Journal) -> Place | None:
    found = VoucherBatch.objects.of(journal.cooperative_id).filter(journal=journal).first()
    if found is None:
        return None
    url = reverse("shops:voucher_take_back", args=[journal.cooperative.code, found.id])
    return Place(url, Permission.BOOKS_WRITE)


def of_posting(journal: Journal) -> Place | None:
    found = VoucherPosting.objects.of(journal.cooperative_id).filter(journal=journal).first()
    if found is None:
        return None
    url = reverse("shops:voucher_undo", args=[journal.cooperative.code, found.id])
    return Place(url, Permission.BOOKS_WRITE)
