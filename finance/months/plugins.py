"""What months add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import acts
from kkmp.access.acts import Group


def register() -> None:
    acts.register(
        Group.BOOKS,
        {
            "books.close_month": _("%(who)s closed the month %(month)s"),
        },
    )
