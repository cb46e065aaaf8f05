"""What months add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group


def register() -> None:
    audit_sentences.register(
        Group.BOOKS,
        {
            "books.close_month": _("%(who)s closed the month %(month)s"),
        },
    )
