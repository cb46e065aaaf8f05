"""The page to which the books send whoever wants to correct a journal of a member's credit."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission
from shops.credit.models import CreditPayment
from shops.credit.services import ways_back

IN_CREDIT = _(
    "This entry came from a member's credit. It is corrected on the receipt of the "
    "payment, on the page of the credit; QRIS and transfers where payments are confirmed."
)


def place(journal: Journal) -> Place | None:
    """The page that undoes a payment; for QRIS and transfers, the one that says they never came."""
    rows = CreditPayment.objects.of(journal.cooperative_id).filter(journal=journal)
    found = rows.first()
    if found is None:
        return None
    code = journal.cooperative.code
    if ways_back.can_be_undone(found):
        return Place(reverse("shops:credit_undo", args=[code, found.id]), Permission.BOOKS_WRITE)
    url = reverse("shops:payment_missing", args=[code, found.id])
    return Place(url, Permission.PAYMENTS_CONFIRM)
