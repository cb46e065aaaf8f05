"""What the boards add: a tab."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab


def register() -> None:
    tabs.register(
        "members",
        Tab("members:officers", _("Officers"), "user-star", Permission.MEMBERS_READ),
        weight=70,
    )
