"""The clerks' queue of applications: how old each is, what it lacks, and who it may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from kkmp.lib.existing import present
from kkmp.lib.periods import business_day
from kkmp.registry.models import Cooperative
from members.joining.models import Application, ApplicationState
from members.joining.services.applications import with_sent_nik
from members.register.models import Member, Status
from members.register.services import warnings
from members.register.services.particulars import Particulars
from members.register.services.warnings import PersonWarning


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody on the register who may be the applicant.

    :param by: ``nik``, ``phone`` or ``name``: what the two have in common
    """

    member: Member
    by: str

    @property
    def is_certain(self) -> bool:
        return self.by == "nik"

    @property
    def can_take(self) -> bool:
        """Whether the application can be taken into this person: a member joins no second time."""
        return self.member.status != Status.ACTIVE

    @property
    def common(self) -> str:
        return {"nik": _("same NIK"), "phone": _("same phone number"), "name": _("same name")}[
            self.by
        ]

    def in_words(self) -> str:
        parts = [self.member.name, self.member.get_status_display(), self.common]
        if self.member.rw:
            parts.insert(1, f"RW {self.member.rw}")
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One application as a clerk sees it.

    :param age_days: since it was sent, or between sending and decision
    :param missing: what is not there, in words
    :param warnings: what is there but odd, an identity number from elsewhere for example
    :param matches: the likeliest first
    :param sent_again: other waiting applications with the same NIK
    """

    application: Application
    age_days: int
    missing: tuple[str, ...]
    warnings: tuple[PersonWarning, ...]
    matches: tuple[Match, ...]
    sent_again: int = 0

    @property
    def remarks(self) -> list[str]:
        """What is odd, in words: about the person, and about whom else it may be."""
        found = [warning.message for warning in self.warnings]
        if self.sent_again:
            found.append(_("Another application with the same NIK is waiting too."))
        return found


def applications(cooperative: Cooperative, state: str) -> QuerySet[Application]:
    """Applications in a state: waiting ones in the order of coming, decided ones latest first."""
    rows = Application.objects.of(cooperative).filter(state=state)
    if state == ApplicationState.WAITING:
        return rows.order_by("submitted_at", "id")
    return rows.select_related("member", "decided_by").order_by("-decided_at", "-id")


def counts(cooperative: Cooperative) -> dict[str, int]:
    """How many applications there are in each state, zero included."""
    rows = Application.objects.of(cooperative).values("state").annotate(sent=Count("id"))
    found = {row["state"]: row["sent"] for row in rows.order_by("state")}
    return {state.value: found.get(state.value, 0) for state in ApplicationState}


def waiting_count(cooperative: Cooperative) -> int:
    """How many applications wait for a clerk."""
    rows = Application.objects.of(cooperative).filter(state=ApplicationState.WAITING)
    return int(rows.count())


def sent_category(cooperative: Cooperative, key: UUID | None) -> str | None:
    """The category that a form with this key has applied for; None where it was not sent yet."""
    if key is None:
        return None
    rows = Application.objects.of(cooperative).filter(key=key)
    return rows.values_list("category", flat=True).first()


def look(rows: Sequence[Application], cooperative: Cooperative, *, on: date) -> list[Waiting]:
    """Look at applications, however many, with two statements."""
    people, again = _people_like(rows, cooperative), _sent_again(rows, cooperative)
    return [_look(row, cooperative, people, again, on) for row in rows]


def _look(
    row: Application,
    cooperative: Cooperative,
    people: Iterable[Member],
    again: dict[bytes, int],
    on: date,
) -> Waiting:
    row.cooperative = cooperative
    if row.state != ApplicationState.WAITING:
        on = business_day(present(row.decided_at, "it does not wait any more"))
        return Waiting(row, (on - business_day(row.submitted_at)).days, (), (), ())
    names = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
    sent = Particulars(**{name: getattr(row, name) for name in names})
    odd = warnings.about(with_sent_nik(row, sent), cooperative=cooperative, on=on)
    return Waiting(
        row,
        (on - business_day(row.submitted_at)).days,
        tuple(_missing(row)),
        tuple(odd),
        tuple(_matches(row, people)),
        again.get(row.nik_hash_bytes or b"", 1) - 1,
    )


def _missing(row: Application) -> list[str]:
    found = [
        (not row.nik_sealed, _("NIK")),
        (not row.phone, _("phone number")),
        (not row.address, _("address")),
        (not (row.rt and row.rw), _("RT/RW")),
        (not row.birth_date, _("date of birth")),
    ]
    return [words for is_missing, words in found if is_missing]


def _people_like(rows: Sequence[Application], cooperative: Cooperative) -> list[Member]:
    niks = [row.nik_hash for row in rows if row.nik_hash]
    phones = [row.phone for row in rows if row.phone]
    names = [row.name.lower() for row in rows]
    members = Member.objects.of(cooperative).annotate(plain_name=Lower("name"))
    alike = Q(nik_hash__in=niks) | Q(phone__in=phones) | Q(plain_name__in=names)
    return list(members.filter(alike).order_by("name", "id")) if rows else []


def _sent_again(rows: Sequence[Application], cooperative: Cooperative) -> dict[bytes, int]:
    niks = [row.nik_hash for row in rows if row.nik_hash]
    waiting = Application.objects.of(cooperative).filter(state=ApplicationState.WAITING)
    found = waiting.filter(nik_hash__in=niks).values("nik_hash").annotate(sent=Count("id"))
    return {bytes(one["nik_hash"] or b""): one["sent"] for one in found.order_by("nik_hash")}


def _matches(row: Application, people: Iterable[Member]) -> list[Match]:
    """Two with different identity numbers are two people, whatever else they share."""
    found = []
    for member in people:
        if row.nik_hash and member.nik_hash:
            if row.nik_hash_bytes == member.nik_hash_bytes:
                found.append(Match(member, "nik"))
        elif row.phone and row.phone == member.phone:
            found.append(Match(member, "phone"))
        elif row.name.lower() == member.name.lower():
            found.append(Match(member, "name"))
    return sorted(found, key=lambda match: ("nik", "phone", "name").index(match.by))
