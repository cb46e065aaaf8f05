"""The page to which the books send whoever wants to correct a journal of stock."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission

IN_STOCK = _(
    "This entry came from the stock of goods. It is put right with the goods, so that stock "
    "and books change together."
)


def place(journal: Journal) -> Place:
    """The goods of it, each with its correction."""
    url = reverse("shops:opening_goods", args=[journal.cooperative.code, journal.id])
    return Place(url, Permission.BOOKS_WRITE)
