"""The page to which the books send whoever wants to correct what a leaving has posted."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.ledger.kinds import Place
from finance.ledger.models import Journal
from kkmp.access.permissions import Permission
from members.leaving.models import Exit, KeptMoney

LEFT = _(
    "This entry came from a member's leaving, which paid out nothing yet: it put the savings "
    "aside. If the leaving was a mistake, take the person back as an applicant on the member's "
    "page, and record anew what is paid."
)
REFUNDED = _(
    "This entry came from a payment to a former member. It is put right on the page of that "
    "leaving: the money is then owed again."
)
KEPT = _(
    "This entry is of money that is kept for somebody by name. If it belongs to somebody else, it "
    "is paid to them: whoever signs for it is written down there."
)
KEPT_PAID = _(
    "This entry is of money that was kept for somebody by name. The payment is undone on that "
    "list: the money is then owed again."
)


def of_leaving(journal: Journal) -> Place | None:
    """The person's page, which takes somebody back."""
    found = Exit.objects.of(journal.cooperative_id).filter(journal=journal).first()
    if found is None:
        return None
    url = reverse("members:detail", args=[journal.cooperative.code, found.member_id])
    return Place(url, Permission.MEMBERS_WRITE)


def of_refund(journal: Journal) -> Place | None:
    found = Exit.objects.of(journal.cooperative_id).filter(payment=journal).first()
    if found is None:
        return None
    url = reverse("members:exit_unpay", args=[journal.cooperative.code, found.id])
    return Place(url, Permission.BOOKS_WRITE)


def of_kept(journal: Journal) -> Place | None:
    """Paying it; once that is done, undoing the payment."""
    found = KeptMoney.objects.of(journal.cooperative_id).filter(journal=journal).first()
    if found is None:
        return None
    place, needs = (
        ("members:kept_pay", Permission.SAVINGS_WITHDRAW)
        if found.is_due
        else ("members:kept_unpay", Permission.BOOKS_WRITE)
    )
    return Place(reverse(place, args=[journal.cooperative.code, found.id]), needs)


def of_kept_paid(journal: Journal) -> Place | None:
    found = KeptMoney.objects.of(journal.cooperative_id).filter(payment=journal).first()
    if found is None:
        return None
    url = reverse("members:kept_unpay", args=[journal.cooperative.code, found.id])
    return Place(url, Permission.BOOKS_WRITE)
