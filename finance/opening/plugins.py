"""What opening adds to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group


def register() -> None:
    audit_sentences.register(
        Group.BOOKS,
        {
            "books.opening": _(
                "%(who)s recorded the opening cash %(cash_idr)s and bank %(bank_idr)s"
            ),
        },
    )
