"""What access adds to other packages."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authentication_failed
from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, sessions
from kkmp.access.administration import (
    attention_items,
    cooperative_choice,
    pages,
    sidebar,
    trail_page,
)
from kkmp.access.administration.pages import AdminPage
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import accounts


def register() -> None:
    pages.register(
        AdminPage(
            "koperasi/pilih/",
            "choose_cooperative",
            cooperative_choice.view,
            ("registry.view_cooperative",),
        )
    )
    pages.register(AdminPage("jejak/", "trail", trail_page.view, trail_page.PERMISSIONS))
    attention_items.register()
    authentication_failed.connect(_refuse_code, dispatch_uid="kkmp.access.refuse_code")
    # In whatever way somebody comes in, and where a session has become another one.
    for signal in (user_logged_in, password_changed):
        signal.connect(_note_device, dispatch_uid="kkmp.access.note_device")
    audit_sentences.call("access.User", "username")
    audit_sentences.call("access.ApiToken", "name")
    audit_sentences.register(
        Group.PEOPLE,
        {
            "role.grant": _("%(who)s gave %(subject)s the role %(role)s in %(place)s"),
            "role.revoke": _("%(who)s took from %(subject)s the role %(role)s in %(place)s"),
            "user.create": _("%(who)s made an account for %(subject)s"),
            "user.edit": _("%(who)s changed the account of %(subject)s: %(fields)s"),
            "user.deactivate": _("%(who)s blocked %(subject)s"),
            "user.activate": _("%(who)s lifted the block of %(subject)s"),
            "user.password_changed": _("%(who)s changed their own password"),
            "user.password_by_command": _("A new password was set for %(subject)s on the server"),
            "user.password": _("%(who)s set a new password for %(subject)s"),
            "user.second_factors_forgotten": _(
                "%(who)s removed the two-step verification of %(subject)s"
            ),
            "session.begin": _("%(who)s signed in"),
            "session.refuse": _("Somebody failed to sign in as %(subject)s: %(wrong)s"),
            "session.refuse_unknown": _("Somebody failed to sign in with a name that is nobody's"),
            "session.end": _("%(who)s signed %(subject)s out on one device"),
            "pin.choose": _("%(who)s chose an approval PIN"),
            "pin.refuse": _("%(who)s gave a wrong approval PIN of %(subject)s"),
            "token.issue": _("%(who)s made the API token %(name)s"),
            "token.revoke": _("%(who)s revoked the API token %(name)s"),
        },
        words={"role": Role, "wrong": accounts.Factor},
    )
    audit_sentences.register(
        Group.LOOKS,
        {
            "admin.look": _("%(who)s opened the list of %(page)s in the administration"),
            "admin.look_at": _("%(who)s opened %(subject)s in the administration"),
        },
        words={"page": _page},
    )
    audit_sentences.register(
        Group.FILES,
        {
            "trail.export": _("%(who)s took out the audit trail, %(rows)s rows: %(filter)s"),
        },
    )
    sidebar.register(sidebar.Group.START, Line("admin:index", _("Start"), "home"), weight=10)
    sidebar.register(sidebar.Group.USERS, Line("access_user", _("Users"), "group"), weight=10)
    sidebar.register(
        sidebar.Group.USERS, Line("access_roleholding", _("Roles held"), "badge"), weight=20
    )
    sidebar.register(
        sidebar.Group.USERS, Line("access_apitoken", _("API tokens"), "key"), weight=30
    )
    sidebar.register(
        sidebar.Group.USERS, Line("access_device", _("Signed-in devices"), "devices"), weight=40
    )
    sidebar.register(
        sidebar.Group.BOOKS,
        Line("admin:choose_cooperative", _("Choose a cooperative"), "swap_horiz"),
        weight=0,
    )
    sidebar.register(
        sidebar.Group.TRAIL, Line("admin:trail", _("All cooperatives"), "travel_explore"), weight=0
    )
    sidebar.register(
        sidebar.Group.TRAIL,
        Line("access_auditevent", _("Events in the cooperative"), "history"),
        weight=10,
    )
    sidebar.register(
        sidebar.Group.TRAIL,
        Line("access_systemevent", _("Events of the system"), "manage_history"),
        weight=20,
    )


def _page(label: str) -> str:
    """What a page of the administration shows, by its model in the trail."""
    try:
        return str(apps.get_model(label)._meta.verbose_name_plural)
    except (LookupError, ValueError):
        return label


def _note_device(*, request: HttpRequest, **_told: Any) -> None:
    if "REMOTE_ADDR" in request.META:  # else nobody's browser asks
        sessions.note(request)


def _refuse_code(*, user: User, **_told: Any) -> None:
    """The package tells of a wrong code in no other way."""
    accounts.refuse_code(user=user, at=timezone.now())
