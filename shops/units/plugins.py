"""What units of business add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, tabs
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab


def register() -> None:
    tabs.register(
        "goods",
        Tab("shops:units", _("Units of business"), "building-store", Permission.PRODUCTS_READ),
        weight=50,
    )
    audit_sentences.register(
        Group.COOPERATIVE,
        {
            "unit.open": _("%(who)s opened the unit of business %(name)s"),
            "unit.edit": _("%(who)s changed the unit of business %(name)s"),
        },
    )
