"""The browsers in which people are signed in: written down, listed and signed out."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from kkmp.access.models import Device, User
from kkmp.access.services import audit
from kkmp.access.session_store import row_name

_AGENT = 200


def seen(*, user: User, key: str, ip: str, agent: str, at: datetime) -> None:
    """Write down that somebody is there, in the session of a cookie's key."""
    found = {"user": user, "ip": ip, "user_agent": agent[:_AGENT], "last_seen_at": at}
    with transaction.atomic():
        rows = Session.objects.select_for_update(no_key=True).filter(pk=row_name(key))
        if rows.first() is None:
            return  # it was signed out a moment ago
        Device.objects.update_or_create(
            session_id=row_name(key),
            defaults=found,
            create_defaults=found | {"created_at": at},
        )


def of(user: User, *, at: datetime) -> QuerySet[Device]:
    """Those in which somebody is signed in, the oldest first."""
    return Device.objects.filter(user=user, session__expire_date__gt=at).order_by(
        "created_at", "id"
    )


@transaction.atomic
def end(*, device: Device, by: User) -> None:
    """Sign somebody out on one device."""
    audit.record_system(action="session.end", by=by, subject=device.user)
    Session.objects.filter(pk=device.session_id).delete()


@transaction.atomic
def end_all(*, user: User, but: str | None = None) -> int:
    """Sign somebody out wherever they are signed in.

    :param but: the cookie's key of a session that stays
    :returns: from how many
    """
    ended = Device.objects.filter(user=user)
    if but:
        ended = ended.exclude(session_id=row_name(but))
    names = list(ended.values_list("session_id", flat=True))
    Session.objects.filter(pk__in=names).delete()
    return len(names)
