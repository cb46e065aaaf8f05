"""What payments add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line


def register() -> None:
    sidebar.register(
        sidebar.Group.TILLS,
        Line("shops_confirmation", _("Confirmations of payments"), "fact_check"),
        weight=60,
    )
