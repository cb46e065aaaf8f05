"""The page to which the books send whoever wants to correct a journal of a sale."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission
from shops.till.models import Sale

AT_THE_TILL = _(
    "This entry came from a sale. It is put right with the sale, so that stock, cash and books "
    "change together."
)


def place(journal: Journal) -> Place | None:
    """The page that returns the sale of this journal; None for a journal of no sale."""
    found = Sale.objects.of(journal.cooperative_id).filter(journal=journal).first()
    if found is None:
        return None
    url = reverse("shops:sale_return", args=[journal.cooperative.code, found.id])
    return Place(url, Permission.SALES_SELL)
