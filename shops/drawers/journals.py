"""The page to which the books send whoever wants to correct a journal of a shift."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission
from shops.drawers.models import CashMovement, CountCorrection, Shift

IN_SHIFTS = _(
    "This entry came from a cashier's shift. Money put in or taken out by mistake is undone by "
    "itself; a wrong float or a wrong count is put right on the shift once it is closed."
)


def place(journal: Journal) -> Place | None:
    """The undoing of its movement; of a float and a closing, the count of the shift."""
    where, code = journal.cooperative_id, journal.cooperative.code
    moved = CashMovement.objects.of(where).filter(journal=journal).first()
    if moved is not None:
        return Place(reverse("shops:movement_undo", args=[code, moved.id]), Permission.BOOKS_WRITE)
    counted = CountCorrection.objects.of(where).filter(journal=journal).select_related("shift")
    shifts = Shift.objects.of(where)
    shift = (
        shifts.filter(opening=journal).first()
        or shifts.filter(closing=journal).first()
        or next((one.shift for one in counted), None)
    )
    if shift is None:
        return None
    if shift.is_open:
        url = reverse("shops:shift_close_other", args=[code, shift.id])
        return Place(url, Permission.SALES_APPROVE)
    return Place(reverse("shops:shift_recount", args=[code, shift.id]), Permission.BOOKS_WRITE)
