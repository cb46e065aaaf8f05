"""One cooperative at a glance, for the administration: each answer in words."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kkmp.access import trail
from kkmp.access.models import RoleHolding
from kkmp.access.permissions import Role
from kkmp.city.figures.queries import places
from kkmp.city.figures.queries.places import KelurahanStatus
from kkmp.lib.clock import business_today
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.registry import scope
from kkmp.registry.models import Cooperative

#: A cooperative has some ten people; more are found in the list of roles.
MOST_PEOPLE = 30


def status(cooperative: Cooperative) -> KelurahanStatus:
    """Read once for a page, in the cooperative's scope."""
    known = cooperative.__dict__
    if "glance" not in known:
        with scope.cooperative(cooperative.pk):
            known["glance"] = places.status_of(cooperative, business_today())
    found: KelurahanStatus = known["glance"]
    return found


def amounts(cooperative: Cooperative) -> str:
    with scope.cooperative(cooperative.pk):
        settings = places.settings_of(cooperative, business_today())
    if settings is None:
        return _("None yet")
    return _("Principal %(principal)s, mandatory %(mandatory)s a month, since %(day)s") % {
        "principal": format_rupiah(settings.principal_idr),
        "mandatory": format_rupiah(settings.mandatory_idr),
        "day": format_date(settings.valid_from),
    }


def figures(cooperative: Cooperative) -> str:
    found = status(cooperative)
    if found.members is None:
        return _("Nothing was recorded yet")
    return _(
        "%(members)d active members, capital %(capital)s, turnover of this month %(turnover)s"
    ) % {
        "members": found.members,
        "capital": format_rupiah(found.capital_idr or 0),
        "turnover": format_rupiah(found.turnover_idr or 0),
    }


def people(cooperative: Cooperative) -> str:
    """Who holds which role here, each with a link; blocked people are marked."""
    held = RoleHolding.objects.filter(cooperative=cooperative).select_related("user")
    order = list(Role)
    rows = sorted(
        held[:MOST_PEOPLE], key=lambda each: (order.index(Role(each.role)), each.user.username)
    )
    lines = format_html_join(
        "",
        '<div>{}: <a href="{}" class="text-link kkmp-link">{}</a>{}</div>',
        (
            (
                Role(each.role).label,
                reverse("admin:access_user_change", args=(each.user_id,)),
                trail.person(each.user),
                "" if each.user.is_active else _(" (blocked)"),
            )
            for each in rows
        ),
    )
    give = f"{reverse('admin:access_roleholding_add')}?cooperative={cooperative.pk}"
    link = format_html('<a href="{}" class="text-link kkmp-link">{}</a>', give, _("Give a role"))
    return format_html("{}<div>{}</div>", lines or _("Nobody yet"), link)
