"""Matters that access itself knows of: people, roles, tokens, sign-ins, checks and the backup."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from kkmp.access import trail
from kkmp.access.administration import attention, cooperative_choice
from kkmp.access.administration.attention import MOST_NAMED, Finding, Line, Matter
from kkmp.access.models import ApiToken, RoleHolding, SystemEvent, User
from kkmp.access.permissions import Role
from kkmp.access.services import accounts, roles
from kkmp.lib.periods import format_date
from kkmp.registry.models import Cooperative
from kkmp.tasks.models import Night

#: A token that ends within so many days is renewed in time.
ENDING_WITHIN = timedelta(days=14)
#: Failed sign-ins of so many days; a single slip is no matter.
REFUSED_WITHIN, MANY_REFUSED = timedelta(days=7), 5
#: A backup older than that is none.
BACKUP_WITHIN = timedelta(hours=36)
#: A nightly check that has not run for so long does not run.
CHECKED_WITHIN = timedelta(days=2)
CHECKS = ("check_books", "check_figures")


def register() -> None:
    for weight, (name, title, icon, find) in enumerate(
        (
            ("chairless", gettext_lazy("Cooperatives without a chair"), "person_off", chairless),
            ("both", gettext_lazy("Two roles in one hand"), "group_remove", in_one_hand),
            (
                "factors",
                gettext_lazy("Administrators without two-step verification"),
                "phonelink_lock",
                without_second_factor,
            ),
            ("tokens", gettext_lazy("API tokens about to end"), "key", ending_tokens),
            ("refused", gettext_lazy("Failed sign-ins"), "no_accounts", failed_sign_ins),
            ("checks", gettext_lazy("Nightly checks"), "fact_check", checks),
            ("backup", gettext_lazy("Last backup"), "backup", backup),
        )
    ):
        attention.register(name, Matter(title, icon, find), weight=(weight + 1) * 10)


def page(model: type[Any], name: str, *args: object) -> str:
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)


def cooperatives(rows: QuerySet[Cooperative], good: str) -> Finding:
    """A finding about these cooperatives: how many there are, and the first ones by name."""
    count = rows.count()
    first = rows.select_related("kelurahan__kecamatan").order_by("kelurahan__name", "code")
    lines = [
        Line(cooperative_choice.name_with_kecamatan(each), page(Cooperative, "change", each.pk))
        for each in (first[:MOST_NAMED] if count else ())
    ]
    return Finding(count, lines, page(Cooperative, "changelist"), good)


def chairless(_at: datetime) -> Finding:
    led = RoleHolding.objects.filter(role=Role.CHAIR, user__is_active=True)
    rows = Cooperative.objects.exclude(pk__in=led.values("cooperative"))
    found = cooperatives(rows, _("Every cooperative has a chair who can sign in."))
    return Finding(
        found.count, found.lines, f"{found.address}?chair=no" if found.count else "", found.good
    )


def in_one_hand(_at: datetime) -> Finding:
    apart = {role for pair in roles.APART for role in pair}
    held = (
        RoleHolding.objects.filter(cooperative__isnull=False, role__in=apart, user__is_active=True)
        .values("user", "cooperative")
        .annotate(count=Count("id"))
        .filter(count__gt=1)
    )
    people = [(each["user"], each["cooperative"]) for each in held.order_by("user", "cooperative")]
    named = _both(people)
    return Finding(
        len(named),
        named[:MOST_NAMED],
        page(RoleHolding, "changelist"),
        _("Nobody watches over their own work."),
    )


def _both(people: Iterable[tuple[object, object]]) -> list[Line]:
    """People of whose roles in one cooperative one watches over another, a line for each."""
    pairs = set(people)
    if not pairs:
        return []
    held: dict[tuple[object, object], list[RoleHolding]] = {}
    rows = RoleHolding.objects.filter(user__in={user for user, _place in pairs})
    for holding in rows.select_related("user", "cooperative__kelurahan__kecamatan").order_by("id"):
        held.setdefault((holding.user_id, holding.cooperative_id), []).append(holding)
    lines = []
    for pair, holdings in held.items():
        own = {Role(each.role) for each in holdings}
        place = holdings[0].cooperative
        if pair in pairs and place and any(apart <= own for apart in roles.APART):
            shown = ", ".join(sorted(str(role.label) for role in own))
            where = cooperative_choice.name_with_kecamatan(place)
            text = f"{trail.person(holdings[0].user)}: {shown}, {where}"
            lines.append(Line(text, page(User, "change", holdings[0].user_id)))
    return lines


def without_second_factor(_at: datetime) -> Finding:
    secured = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    rows = User.objects.filter(is_active=True, holdings__role=Role.ADMINISTRATOR).exclude(
        pk__in=secured.values("user")
    )
    people = list(rows.order_by("username"))
    lines = [Line(trail.person(user), page(User, "change", user.pk)) for user in people]
    return Finding(
        len(people),
        lines[:MOST_NAMED],
        f"{page(User, 'changelist')}?holdings__role__exact={Role.ADMINISTRATOR}",
        _("Every administrator signs in with two steps."),
    )


def ending_tokens(at: datetime) -> Finding:
    rows = ApiToken.objects.filter(
        revoked_at=None, user__is_active=True, expires_at__gt=at, expires_at__lte=at + ENDING_WITHIN
    ).select_related("user")
    tokens = list(rows.order_by("expires_at", "id"))
    lines = [
        Line(
            _("%(token)s of %(user)s, until %(day)s")
            % {
                "token": token.name,
                "user": trail.person(token.user),
                "day": format_date(token.expires_at.date()),
            },
            page(ApiToken, "change", token.pk),
        )
        for token in tokens[:MOST_NAMED]
    ]
    return Finding(
        len(tokens),
        lines,
        page(ApiToken, "changelist"),
        _("No token ends within %(count)d days.") % {"count": ENDING_WITHIN.days},
    )


def failed_sign_ins(at: datetime) -> Finding:
    refused = SystemEvent.objects.filter(action=accounts.REFUSED, at__gt=at - REFUSED_WITHIN)
    by_person = list(
        refused.values("subject_id")
        .annotate(count=Count("id"))
        .filter(count__gte=MANY_REFUSED)
        .order_by("-count", "subject_id")
    )
    people = User.objects.in_bulk([each["subject_id"] for each in by_person[:MOST_NAMED]])
    by_id = {str(pk): user for pk, user in people.items()}
    lines = [
        Line(
            _("%(user)s: %(count)d times") % {"user": trail.person(user), "count": each["count"]},
            page(User, "change", user.pk),
        )
        for each in by_person[:MOST_NAMED]
        if (user := by_id.get(each["subject_id"]))
    ]
    return Finding(
        len(by_person),
        lines,
        f"{page(SystemEvent, 'changelist')}?act={accounts.REFUSED}",
        _("Nobody failed %(count)d times in the last %(days)d days.")
        % {"count": MANY_REFUSED, "days": REFUSED_WITHIN.days},
    )


def checks(at: datetime) -> Finding:
    """What the checks of the last nights found; the words stay in the server's log."""
    nights = dict(
        Night.objects.filter(command__in=CHECKS).order_by("day").values_list("command", "day")
    )
    overdue = [
        Line(_("%(command)s has not run for two nights.") % {"command": command})
        for command in CHECKS
        if command not in nights or at.date() - nights[command] > CHECKED_WITHIN
    ]
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=at - CHECKED_WITHIN)
    wanted = Q()
    for command in CHECKS:
        wanted |= Q(args_kwargs__kwargs__command=command)
    found = list(
        failed.filter(wanted).order_by("-finished_at").values_list("args_kwargs", flat=True)
    )
    lines = [*overdue, *_what_failed([each["kwargs"] for each in found])]
    done = DBTaskResult.objects.finished().filter(wanted).order_by("-finished_at").first()
    if done is None or done.finished_at is None:
        good = _("Nothing has been checked here yet: the first night is still to come.")
    else:
        good = _("Books and figures agree; last checked on %(moment)s.") % {
            "moment": trail.moment(done.finished_at)
        }
    return Finding(len(lines), lines[:MOST_NAMED], "", good)


def _what_failed(found: list[dict[str, str]]) -> list[Line]:
    named = Cooperative.objects.select_related("kelurahan__kecamatan").in_bulk(
        {each["cooperative_id"] for each in found if "cooperative_id" in each}
    )
    places = {str(pk): each for pk, each in named.items()}
    lines: dict[str, Line] = {}
    for each in found:
        place = places.get(each.get("cooperative_id", ""))
        code = f" --cooperative {place.code}" if place else ""
        text = f"{cooperative_choice.name_with_kecamatan(place)}: " if place else ""
        text += _("manage.py %(command)s names the differences") % {
            "command": f"{each['command']}{code}"
        }
        lines[text] = Line(text, page(Cooperative, "change", place.pk) if place else "")
    return list(lines.values())


def backup(at: datetime) -> Finding:
    """Says how old the last backup is, by the file that it touches when it has ended well."""
    stamp = settings.BACKUP_STAMP
    if not stamp:
        return Finding(
            1,
            [Line(_("No backup is set up here, as far as the system knows: see the README."))],
        )
    path = Path(stamp)
    if not path.exists():
        return Finding(1, [Line(_("A backup is set up, but none has ended well yet."))])
    last = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    said = _("The last backup ended on %(moment)s.") % {"moment": trail.moment(last)}
    return Finding(int(at - last > BACKUP_WITHIN), [Line(said)], "", said)
