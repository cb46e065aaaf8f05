"""What opening adds to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import acts
from kkmp.access.acts import Group


def register() -> None:
    acts.register(
        Group.BOOKS,
        {
            "books.opening": _(
                "%(who)s recorded the opening cash %(cash_idr)s and bank %(bank_idr)s"
            ),
        },
    )
