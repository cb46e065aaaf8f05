"""What a cooperative's own pages add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, menu
from kkmp.access.administration import attention, sidebar
from kkmp.access.administration.attention import Matter
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.city.cooperatives.attention import waiting_steps
from kkmp.registry.models import Stage


def register() -> None:
    attention.register(
        "steps",
        Matter(_("Stages waiting for the city"), "pending_actions", waiting_steps),
        weight=5,
    )
    menu.register(
        Entry(
            "cooperative:home",
            _("Home"),
            "home",
            Permission.COOPERATIVE_READ,
            is_primary=True,
            is_alone=True,
        ),
        weight=10,
    )
    menu.register(
        Entry(
            "cooperative:profile",
            _("Cooperative"),
            "building-store",
            Permission.COOPERATIVE_READ,
        ),
        weight=140,
    )
    audit_sentences.call("registry.Cooperative", "name", beside="kelurahan__kecamatan__name")
    audit_sentences.register(
        Group.COOPERATIVE,
        {
            "cooperative.establish": _(
                "%(who)s founded %(subject)s here, principal savings %(principal_idr)s, "
                "mandatory savings %(mandatory_idr)s"
            ),
            "cooperative.edit": _("%(who)s changed the details of %(subject)s: %(fields)s"),
            "cooperative.decide": _(
                "%(who)s recorded new savings amounts from %(valid_from)s: principal "
                "%(principal_idr)s, mandatory %(mandatory_idr)s"
            ),
            "cooperative.decision_withdrawn": _(
                "%(who)s withdrew the savings amounts from %(valid_from)s: principal "
                "%(principal_idr)s, mandatory %(mandatory_idr)s"
            ),
            "stage.record": _("%(who)s recorded the stage %(stage)s"),
            "stage.verify": _("%(who)s verified the stage %(stage)s"),
            "stage.withdraw": _("%(who)s took back the stage %(stage)s: %(why)s"),
        },
        words={"stage": Stage},
    )
    audit_sentences.register(
        Group.LOOKS,
        {
            "stage.document": _("%(who)s opened the document of the stage %(stage)s"),
        },
        words={"stage": Stage},
    )
    sidebar.register(
        sidebar.Group.AREAS,
        Line("registry_cooperative", _("Cooperatives"), "storefront"),
        weight=40,
    )
    sidebar.register(
        sidebar.Group.BOOKS,
        Line("registry_cooperativesettings", _("Amounts and target"), "tune"),
        weight=10,
    )
    sidebar.register(
        sidebar.Group.BOOKS, Line("registry_stagestep", _("Stage steps"), "stairs"), weight=20
    )
