"""The books that the law asks a cooperative to keep, as lines: members, savings, the two bodies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from kkmp.lib.existing import present
from kkmp.registry.models import Cooperative
from members.bodies import queries
from members.bodies.models import Body, Officer
from members.leaving import queries as leaving_queries
from members.leaving.models import Exit
from members.register.models import Member
from members.savings.models import SavingsEntry, SavingsKind, SavingsRole

#: As the database reads it: some letter is none of the Latin ones, nor a mark of punctuation.
_NOT_LATIN = r"[^\u0001-\u024F\u2010-\u2026]"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One membership. Somebody who came back has a line for each.

    :param nik: empty, unless the whole number was asked for in an audited act
    :param left_why: a reason of :class:`~members.models.ExitReason`, empty where none is known
    """

    member: Member
    number: int
    joined_on: date | None
    nik: str
    left_on: date | None = None
    left_why: str = ""

    @property
    def sort_key(self) -> tuple[int, UUID]:
        return self.number, self.member.id


def members(cooperative: Cooperative, *, reveals: bool = False) -> list[MemberLine]:
    """Every membership there ever was, by number; former members keep their line.

    :param reveals: whole identity numbers; only for
        :func:`members.registers.services.disclosures.whole_register`
    """
    ended = {
        (exit.member_id, exit.member_number): exit for exit in leaving_queries.decided(cooperative)
    }
    found = []
    for member in Member.objects.of(cooperative).exclude(number=None):
        exit = ended.pop((member.id, member.number), None)
        number = present(member.number, "those without one are left out")
        found.append(_line(member, number, member.joined_on, exit, reveals))
    found.extend(
        _line(exit.member, exit.member_number, exit.member_since, exit, reveals)
        for exit in ended.values()
    )
    return sorted(found, key=lambda line: line.sort_key)


def _line(
    member: Member, number: int, since: date | None, exit: Exit | None, reveals: bool
) -> MemberLine:
    nik = member.unsealed_nik() if reveals else ""
    left_on = exit.decided_on if exit else member.left_on
    return MemberLine(member, number, since, nik, left_on, exit.reason if exit else "")


@dataclass(frozen=True, slots=True)
class SavingsLine:
    """What one person holds at the end of a day, whole rupiah."""

    member: Member
    principal_idr: int
    mandatory_idr: int
    voluntary_idr: int
    #: Kinds that the cooperative defined itself, such as savings for a holiday.
    other_idr: int

    @property
    def total_idr(self) -> int:
        return self.principal_idr + self.mandatory_idr + self.voluntary_idr + self.other_idr


def savings(cooperative: Cooperative, *, on: date) -> list[SavingsLine]:
    """What everybody holds at the end of a day: members of that day, and who holds anything.

    In the order of the numbers; people without one come last.
    """
    columns = {kind.id: _column(kind) for kind in SavingsKind.objects.of(cooperative)}
    held: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    entries = SavingsEntry.objects.of(cooperative).filter(date__lte=on)
    rows = entries.values("member_id", "kind_id").annotate(total=Sum("amount_idr"))
    for row in rows.order_by("member_id", "kind_id"):
        held[row["member_id"]][columns[row["kind_id"]]] += row["total"]
    names = ("principal", "mandatory", "voluntary", "other")
    people = Member.objects.of(cooperative).order_by("number", "name", "id")
    return [
        SavingsLine(member, *(held[member.id][name] for name in names))
        for member in people
        if any(held[member.id].values()) or _is_member_on(member, on)
    ]


def _column(kind: SavingsKind) -> str:
    """Voluntary savings is the kind that every cooperative starts with; all others are others."""
    if kind.role == SavingsRole.VOLUNTARY and kind.code != "sukarela":
        return "other"
    return SavingsRole(kind.role).value


def _is_member_on(member: Member, on: date) -> bool:
    joined, left = member.joined_on, member.left_on
    return joined is not None and joined <= on and (left is None or left > on)


def total(lines: Iterable[SavingsLine]) -> dict[str, int]:
    """Each column added up, by name."""
    names = ("principal_idr", "mandatory_idr", "voluntary_idr", "other_idr", "total_idr")
    rows = list(lines)
    return {name: sum(getattr(row, name) for row in rows) for name in names}


def unusual_texts(cooperative: Cooperative) -> list[str]:
    """Texts of the books with letters outside the Latin ones, of which the paper may lack some."""
    people = ("name", "birth_place", "occupation", "address")
    officers = ("name", "decision_number", "ended_why")
    found = [*_unusual(Member.objects.of(cooperative), people)]
    found += _unusual(Officer.objects.of(cooperative), officers)
    return list(dict.fromkeys(found))


def _unusual(rows: QuerySet[Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        unusual = rows.filter(**{f"{name}__regex": _NOT_LATIN}).order_by(name)
        yield from unusual.values_list(name, flat=True)


def body(cooperative: Cooperative, of: Body) -> list[Officer]:
    """Every term in a body, the earliest first; ended ones keep their line."""
    rows = queries.everybody(cooperative).filter(body=of)
    return list(rows.order_by("started_on", "id"))
