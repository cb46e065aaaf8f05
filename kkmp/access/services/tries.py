"""Limited tries of whatever is secret and can be guessed: PINs, passwords, codes, numbers.

There is this one way for all of them. A try is counted before it is compared, and for good: in a
transaction of its own, so that tries at the same moment take turns, and what was refused, undone
or killed halfway has been counted all the same. A right one takes its count back::

    held = tries.begin(PIN.key(user.pk), SCREEN.key(by.pk), told=told, at=at)
    if check_password(digits, pin.digest):
        tries.right(held, at=at)
    else:
        tries.wrong(held)

Several keys are one try by several ways: of an account, from an address, at somebody's screen.
"""

import ipaddress
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kkmp.access.models import Tries, User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.seal import keyed_hash
from kkmp.registry import scope
from kkmp.registry.models import Cooperative

#: So many tries are written down of what is shut already; the next ones fill no trail.
MOST_TOLD = 20


class TooManyTries(DomainError):
    """Nothing is compared any more for now.

    :param until: when it is again; None: once somebody opens it
    """

    status = 429

    def __init__(self, until: datetime | None, at: datetime) -> None:
        super().__init__(_wait(until, at))
        self.until = until


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How often one thing may be guessed at by one way.

    :param kind: its name in the table; never another one's
    :param most: wrong tries, after which it is shut
    :param window: in which they are added up; None: until a right one
    :param rest: how long it is shut; None: until :func:`forget`
    :param is_cleared: whether a right try forgets the wrong ones, as the owner's does; else it
        takes back only itself: who has one secret has not shown to be anybody else
    """

    kind: str
    most: int
    window: timedelta | None = None
    rest: timedelta | None = None
    is_cleared: bool = True

    def key(self, *whose: object) -> "Key":
        """What is counted: kept as a keyed hash, so that the table names nobody."""
        return Key(self, keyed_hash("tries", self.kind, *map(str, whose)))


@dataclass(frozen=True, slots=True)
class Key:
    limit: Limit
    digest: bytes

    @property
    def order(self) -> tuple[str, bytes]:
        return self.limit.kind, self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the trail says of a wrong try: in a cooperative's, or without one in the system's."""

    action: str
    by: User | None
    subject: models.Model | None = None
    cooperative: Cooperative | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """A try that is counted and not compared yet.

    :param failures: of the first key, this one among them
    """

    keys: Sequence[Key]
    failures: int
    told: Told | None

    @property
    def left(self) -> int:
        """How many more may be wrong, should this one be."""
        return self.keys[0].limit.most - self.failures


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with one key.

    :param last_at: of the last try that counted; None where none does
    :param until: when it opens by itself, where it is shut
    """

    failures: int = 0
    is_shut: bool = False
    last_at: datetime | None = None
    until: datetime | None = None


def begin(*keys: Key, at: datetime, told: Told | None = None) -> Held:
    """Count a try before it is compared; it must be told to be :func:`right` or :func:`wrong`.

    Must be called before any other transaction begins, and asserts it.

    :param keys: the first one is whose number of wrong tries is told
    :raises TooManyTries: one of the keys is shut; nothing may be compared
    """
    with transaction.atomic(durable=True):
        rows = _locked(keys, at)
        shut = [key for key in keys if _is_shut(rows[key], key.limit)]
        for key in shut or keys:
            _count(rows[key], key.limit, at)
        Tries.objects.bulk_update(rows.values(), ["failures", "since", "last_at", "ends_at"])
        if shut and rows[shut[0]].failures <= shut[0].limit.most + MOST_TOLD:
            failures = min(rows[keys[0]].failures, keys[0].limit.most)
            _tell(told, failures, was_blocked=True)
    if shut:
        ends = [rows[key].ends_at for key in shut]
        raise TooManyTries(None if None in ends else max(each for each in ends if each), at)
    return Held(keys, rows[keys[0]].failures, told)


def wrong(held: Held) -> None:
    """Write down that a counted try was wrong, whatever becomes of what it was for."""
    with transaction.atomic(durable=True):
        _tell(held.told, held.failures, was_blocked=False)


@transaction.atomic
def right(held: Held, *, at: datetime) -> None:
    """Take a counted try back."""
    rows = _locked(held.keys, at)
    for key in held.keys:
        row = rows[key]
        row.failures = 0 if key.limit.is_cleared else max(row.failures - 1, 0)
        row.ends_at = _end(row, key.limit, at) if row.failures else at
    Tries.objects.bulk_update(rows.values(), ["failures", "ends_at"])


@transaction.atomic
def take(*keys: Key, at: datetime) -> None:
    """Count what is no guess but may not be done without end: for good together with what it is.

    :raises TooManyTries: it was done too often; nothing is counted
    """
    rows = _locked(keys, at)
    shut = [rows[key].ends_at for key in keys if _is_shut(rows[key], key.limit)]
    if shut:
        raise TooManyTries(max((each for each in shut if each), default=None), at)
    for key in keys:
        _count(rows[key], key.limit, at)
    Tries.objects.bulk_update(rows.values(), ["failures", "since", "last_at", "ends_at"])


def state(key: Key, *, at: datetime) -> State:
    """How it stands with a key, for those who are to know."""
    row = Tries.objects.filter(kind=key.limit.kind, key=key.digest).first()
    if row is None or not row.means_something_at(at):
        return State()
    is_shut = _is_shut(row, key.limit)
    failures = min(row.failures, key.limit.most)
    return State(failures, is_shut, row.last_at, row.ends_at if is_shut else None)


def open_ones(keys: Collection[Key], *, at: datetime) -> list[Key]:
    """Those of the keys, all of one limit, that are not shut; one statement."""
    found = Tries.objects.filter(
        kind__in={key.limit.kind for key in keys}, key__in=[key.digest for key in keys]
    )
    rows = {(row.kind, bytes(row.key)): row for row in found}
    return [
        key
        for key in keys
        if (row := rows.get(key.order)) is None
        or not (row.means_something_at(at) and _is_shut(row, key.limit))
    ]


def forget(*keys: Key) -> None:
    """Open what was shut: somebody who may has decided so, or the secret is another one now."""
    for key in sorted(keys, key=lambda each: each.order):
        Tries.objects.filter(kind=key.limit.kind, key=key.digest).delete()


def forget_old(*, at: datetime) -> int:
    """Delete the rows that mean nothing any more; nobody else ever does."""
    gone, _by_table = Tries.objects.filter(ends_at__lte=at).delete()
    return gone


def network(address: str | None) -> str:
    """An address as it is counted: of version 6 the part that one connection has to itself."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _locked(keys: Sequence[Key], at: datetime) -> dict[Key, Tries]:
    """The rows of the keys, made where there are none, held in one order for everybody."""
    ordered = sorted(set(keys), key=lambda key: key.order)
    # What is there already is locked by this statement too, and stays as it is.
    Tries.objects.bulk_create(
        [Tries(kind=k.limit.kind, key=k.digest, since=at, last_at=at, ends_at=at) for k in ordered],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["kind"],
    )
    wanted = models.Q()
    for key in ordered:
        wanted |= models.Q(kind=key.limit.kind, key=key.digest)
    found = {(row.kind, bytes(row.key)): row for row in Tries.objects.filter(wanted)}
    rows = {key: found[key.order] for key in ordered}
    for row in rows.values():
        if not row.means_something_at(at):
            row.failures, row.since = 0, at
    return rows


def _count(row: Tries, limit: Limit, at: datetime) -> None:
    was_shut = _is_shut(row, limit)
    row.failures = min(row.failures + 1, limit.most + MOST_TOLD + 1)
    if not was_shut:
        row.last_at = at
        row.ends_at = _end(row, limit, at)


def _is_shut(row: Tries, limit: Limit) -> bool:
    return row.failures >= limit.most


def _end(row: Tries, limit: Limit, at: datetime) -> datetime | None:
    span, start = (limit.rest, at) if _is_shut(row, limit) else (limit.window, row.since)
    return None if span is None else start + span


def _tell(told: Told | None, failures: int, *, was_blocked: bool) -> None:
    if told is None:
        return
    details = {**told.details, "failures": failures, "was_blocked": was_blocked}
    if told.cooperative is None:
        audit.record_system(action=told.action, by=told.by, subject=told.subject, **details)
        return
    with scope.cooperative(told.cooperative.pk):
        audit.record(
            cooperative=told.cooperative,
            action=told.action,
            by=told.by,
            subject=told.subject,
            **details,
        )


def _wait(until: datetime | None, at: datetime) -> str:
    if until is None:
        return _("Too many wrong tries. It stays closed until somebody in charge opens it.")
    minutes = max(-(-int((until - at).total_seconds()) // 60), 1)
    if minutes < 120:
        text = ngettext(
            "Too many wrong tries. Try again in %(count)d minute.",
            "Too many wrong tries. Try again in %(count)d minutes.",
            minutes,
        )
        return text % {"count": minutes}
    hours = -(-minutes // 60)
    return _("Too many wrong tries. Try again in %(count)d hours.") % {"count": hours}
