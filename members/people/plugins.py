"""What the list of members adds to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu, tabs
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from kkmp.exports import lists
from members.people.exports import Register
from members.saved_views.models import ViewPage
from members.saved_views.services import saved_views


def register() -> None:
    lists.register(Register())
    saved_views.register(ViewPage.REGISTER, Register.parameters)
    tabs.register(
        "members", Tab("members:list", _("Register"), "users", Permission.MEMBERS_READ), weight=10
    )
    menu.register(
        Entry(
            "members:list",
            _("Members"),
            "users",
            Permission.MEMBERS_READ,
            is_primary=True,
        ),
        weight=30,
    )
    sidebar.register(sidebar.Group.BOOKS, Line("members_member", _("Members"), "groups"), weight=30)
