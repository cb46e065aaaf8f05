"""What the demo adds to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import acts
from kkmp.access.acts import Group


def register() -> None:
    acts.register(
        Group.CITY,
        {
            "demo.loaded": _("The invented data were loaded, up to %(last)s"),
        },
    )
