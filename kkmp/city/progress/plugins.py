"""What progress adds to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, menu
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Area, Entry
from kkmp.access.permissions import Permission


def register() -> None:
    menu.register(
        Entry(
            "city:home",
            _("City"),
            "map-2",
            Permission.CITY_READ,
            is_primary=True,
        ),
        weight=10,
        area=Area.CITY,
    )
    audit_sentences.call("registry.Regency", "name")
    audit_sentences.call("registry.Kelurahan", "name", beside="kecamatan__name")
    audit_sentences.register(
        Group.CITY,
        {
            "regency.target": _(
                "%(who)s changed the target of %(subject)s from %(before)s to %(after)s"
            ),
            "kelurahan.tile": _(
                "%(who)s moved the tile of %(subject)s from %(before)s to %(after)s"
            ),
        },
    )
    sidebar.register(
        sidebar.Group.AREAS, Line("registry_regency", _("Regencies"), "location_city"), weight=10
    )
    sidebar.register(
        sidebar.Group.AREAS, Line("registry_kecamatan", _("Kecamatan"), "map"), weight=20
    )
    sidebar.register(
        sidebar.Group.AREAS,
        Line("registry_kelurahan", _("Kelurahan"), "holiday_village"),
        weight=30,
    )
    sidebar.register(
        sidebar.Group.REFERENCE,
        Line("city_reportedfigure", _("Published figures"), "newspaper"),
        weight=10,
    )
