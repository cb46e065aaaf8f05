"""How many people there are by status, sex, age, RW, ASN, agency and category."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from members.figures.filters import FiguresFilter
from members.register import ages
from members.register.choices import ALL, NONE
from members.register.models import Category, Member, Status
from members.register.persons import Sex


@dataclass(frozen=True, slots=True)
class Row:
    """:param link: what to put into the register's address to see these people"""

    label: str
    people: int
    link: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    title: str
    rows: Sequence[Row]

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows)

    def share(self, row: Row) -> Fraction | None:
        """The row's share of all people in the group; None where the group is empty."""
        return Fraction(row.people, self.people) if self.people else None


@dataclass(frozen=True, slots=True)
class _Choice:
    """One row to count: its words, who belongs to it, and how the register is asked for them."""

    label: str
    who: Q
    link: Mapping[str, str]


def groups(found: FiguresFilter) -> list[Group]:
    """All groups, by three statements: one for the groups whose rows are fixed, one by RW, one by
    agency. The group by status ignores the status that is chosen.
    """
    people = found.qs
    chosen = Q() if found.shown_status == ALL else Q(status=found.shown_status)
    told = _fixed_groups(found, chosen)
    counts = people.aggregate(
        **{
            f"{code}_{at}": Count("id", filter=choice.who)
            for code, (_title, choices) in told.items()
            for at, choice in enumerate(choices)
        }
    )
    made = {
        code: Group(
            code,
            title,
            [
                Row(choice.label, counts[f"{code}_{at}"], choice.link)
                for at, choice in enumerate(choices)
            ],
        )
        for code, (title, choices) in told.items()
    }
    narrowed = people.filter(chosen)
    link = _link(found)
    made["rw"] = Group("rw", _("By RW"), _counted(narrowed, "rw", link))
    made["agency"] = Group(
        "agency",
        _("ASN by agency"),
        _counted(
            narrowed.filter(is_civil_servant=True), "agency", {**link, "is_civil_servant": "true"}
        ),
    )
    return [made[code] for code in ("status", "sex", "age", "rw", "asn", "agency", "category")]


def _fixed_groups(found: FiguresFilter, chosen: Q) -> dict[str, tuple[str, list[_Choice]]]:
    """The groups whose rows are known beforehand, by code."""
    link = _link(found)

    def choices(rows: Iterable[tuple[Any, Q, dict[str, str]]]) -> list[_Choice]:
        return [_Choice(str(label), chosen & who, {**link, **more}) for label, who, more in rows]

    return {
        "status": (
            _("By status"),
            [
                _Choice(str(s.label), Q(status=s), {**found.chosen(), "status": s.value})
                for s in Status
            ],
        ),
        "sex": (
            _("By sex"),
            choices(
                [
                    *((s.label, Q(sex=s), {"sex": s.value}) for s in Sex),
                    (_("Not recorded"), Q(sex=""), {"sex": NONE}),
                ]
            ),
        ),
        "age": (
            _("By age"),
            choices(
                (label, ages.in_band(code, found.on), {"age": code}) for code, label in ages.CHOICES
            ),
        ),
        "asn": (
            _("By ASN"),
            choices(
                [
                    (_("ASN"), Q(is_civil_servant=True), {"is_civil_servant": "true"}),
                    (_("Not ASN"), Q(is_civil_servant=False), {"is_civil_servant": "false"}),
                ]
            ),
        ),
        "category": (
            _("By category"),
            choices((c.label, Q(category=c), {"category": c.value}) for c in Category),
        ),
    }


def _link(found: FiguresFilter) -> dict[str, str]:
    status = {} if found.shown_status == ALL else {"status": found.shown_status}
    return {**found.chosen(), **status}


def _counted(people: QuerySet[Member], name: str, link: Mapping[str, str]) -> list[Row]:
    """A row for everything that stands in a column; what is not recorded comes last."""
    found: Any = people.values(name).annotate(people=Count("id")).order_by(name)
    rows = [
        Row(
            row[name] or _("Not recorded"),
            row["people"],
            {**link, name: row[name] or NONE},
        )
        for row in found
    ]
    return sorted(rows, key=lambda row: row.link[name] == NONE)
