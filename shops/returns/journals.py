"""The page to which the books send whoever wants to correct a return."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission

SOLD_AGAIN = _(
    "This entry came from goods that were brought back. If they were not, sell them again at the "
    "till: stock, cash and books then change together."
)


def place(journal: Journal) -> Place:
    """The till: what came back by mistake is sold again."""
    url = reverse("shops:till", args=[journal.cooperative.code])
    return Place(url, Permission.SALES_SELL)
