"""How one person signs in, for their page: second factor, devices, tokens, failures."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kkmp.access import trail
from kkmp.access.models import ApiToken, Device, SystemEvent, User
from kkmp.access.services import accounts

#: The latest are named; the lists have all.
MOST_NAMED = 10
_WITHIN = timedelta(days=30)


def second_factor(user: User) -> str:
    kinds = {
        Authenticator.Type.TOTP.value: _("app on the phone"),
        Authenticator.Type.WEBAUTHN.value: _("security key or passkey"),
        Authenticator.Type.RECOVERY_CODES.value: _("recovery codes"),
    }
    own = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return ", ".join(kinds[each] for each in kinds if each in own) or _("None: password alone")


def devices(user: User) -> str:
    rows = Device.objects.filter(user=user).order_by("-last_seen_at", "id")[:MOST_NAMED]
    return _lines(
        (
            reverse("admin:access_device_change", args=(each.pk,)),
            f"{each.ip}, {trail.moment(each.last_seen_at)}",
            each.user_agent[:60],
        )
        for each in rows
    )


def tokens(user: User) -> str:
    rows = ApiToken.objects.filter(user=user).order_by("-created_at", "id")[:MOST_NAMED]
    now = timezone.now()
    return _lines(
        (
            reverse("admin:access_apitoken_change", args=(each.pk,)),
            each.name,
            _("works until %(moment)s") % {"moment": trail.moment(each.expires_at)}
            if each.works_at(now)
            else _("works no more"),
        )
        for each in rows
    )


def refused(user: User) -> str:
    rows = SystemEvent.objects.filter(
        action=accounts.REFUSED, subject_id=str(user.pk), at__gt=timezone.now() - _WITHIN
    )
    count = rows.count()
    text = ngettext(
        "%(count)d in the last %(days)d days", "%(count)d in the last %(days)d days", count
    ) % {"count": count, "days": _WITHIN.days}
    page = reverse("admin:access_systemevent_changelist")
    address = f"{page}?act={accounts.REFUSED}&actor__id__exact={user.pk}"
    return (
        format_html('<a href="{}" class="text-link kkmp-link">{}</a>', address, text)
        if count
        else text
    )


def _lines(lines: Iterable[tuple[str, str, str]]) -> str:
    html = '<div><a href="{}" class="text-link kkmp-link">{}</a> {}</div>'
    return format_html_join("", html, lines) or "–"
