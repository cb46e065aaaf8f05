"""The page to which the books send whoever wants to correct what was said of a payment."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission
from shops.payments.models import Confirmation
from shops.settling.models import Settlement
from shops.settling.queries import State

IN_SETTLEMENTS = _(
    "This entry came from money that reached the bank together. It is undone there, and its "
    "payments wait to be settled again."
)
IN_PAYMENTS = _(
    "This entry came from a payment of a buyer. It is put right where payments are confirmed."
)


def of_settlement(journal: Journal) -> Place | None:
    found = Settlement.objects.of(journal.cooperative_id).filter(journal=journal).first()
    if found is None:
        return None
    url = reverse("shops:settlement_undo", args=[journal.cooperative.code, found.id])
    return Place(url, Permission.PAYMENTS_CONFIRM)


def of_missing(journal: Journal) -> Place | None:
    """The list of payments that never came, on which one is recorded as arrived after all."""
    url = reverse("shops:payments", args=[journal.cooperative.code])
    query = urlencode({"show": State.MISSING.value})
    return Place(f"{url}?{query}", Permission.PAYMENTS_CONFIRM)


def of_found(journal: Journal) -> Place | None:
    """The page on which a payment that was found is recorded as never having come."""
    rows = Confirmation.objects.of(journal.cooperative_id).filter(journal=journal)
    found = rows.first()
    if found is None:
        return None
    payment = found.payment_id or found.credit_id or found.savings_id
    url = reverse("shops:payment_missing", args=[journal.cooperative.code, payment])
    return Place(url, Permission.PAYMENTS_CONFIRM)
