"""What the tills' settings add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, tabs
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab


def register() -> None:
    tabs.register(
        "goods",
        Tab("shops:till_settings", _("Till settings"), "settings", Permission.TILL_WRITE),
        weight=60,
    )
    audit_sentences.register(
        Group.TILL,
        {
            "till.settings": _("%(who)s changed the settings of the tills: %(fields)s"),
        },
    )
    sidebar.register(
        sidebar.Group.TILLS,
        Line("shops_tillsettings", _("Settings of the tills"), "settings"),
        weight=90,
    )
