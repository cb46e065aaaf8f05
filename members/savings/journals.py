"""The page to which the books send whoever wants to correct a journal of savings."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission
from members.savings.models import SavingsEntry

IN_SAVINGS = _(
    "This entry came from a member's savings. Correct it on the member's page, under the receipt "
    "of the payment: the savings and the books then change together."
)


def place(journal: Journal) -> Place | None:
    """The correction of its receipt; where it has several, the list of them."""
    rows = SavingsEntry.objects.of(journal.cooperative_id).filter(journal=journal)
    found = list(rows.order_by("number", "id")[:2])
    code = journal.cooperative.code
    if not found:
        return None
    if len(found) == 1:
        url = reverse("members:correct", args=[code, found[0].id])
        return Place(url, Permission.BOOKS_WRITE)
    return Place(reverse("members:posted", args=[code, journal.id]), Permission.SAVINGS_READ)
