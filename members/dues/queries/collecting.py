"""The list on which a meeting's money is written down."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, When
from django_stubs_ext import WithAnnotations

from kkmp.registry.models import Cooperative
from members.dues.forms import Row
from members.dues.queries import arrears
from members.dues.queries.arrears import Owing, Paid, Rules
from members.register.models import Member, MemberQuerySet
from members.savings import queries
from members.savings.models import SavingsKind, SavingsRole

#: Rows that are drawn at once; whoever is not among them is found by typing.
MOST = 250


@dataclass(frozen=True, slots=True)
class Sheet:
    """:param rw: whose members are listed; empty for all
    :param is_cut: there are more than are drawn
    """

    rows: list[Row]
    rw: str
    is_cut: bool


def sheet(cooperative: Cooperative, rules: Rules, *, rw: str, also: set[UUID], on: date) -> Sheet:
    """Active members by name, those of one RW or all.

    :param also: whoever has been sent an amount of, wherever they live and stand
    """
    rw = rw.strip().zfill(3) if rw.strip() else ""
    people = arrears.active(cooperative, rules)
    listed = list(_with_due(people.filter(rw=rw) if rw else people, rules, on)[: MOST + 1])
    shown = listed[:MOST]
    missing = also - {member.id for member in shown}
    gone: list[Row] = []
    if missing:
        shown += _with_due(people.filter(id__in=missing), rules, on)
        # Whoever left meanwhile is shown too, so that their amount can be taken out.
        left = arrears.left(cooperative, rules).filter(id__in=missing).order_by("name", "id")
        gone = [Row(member, 0, 0) for member in left]
    return Sheet(_rows(rules, shown, on) + gone, rw, len(listed) > MOST)


def found(
    cooperative: Cooperative, rules: Rules, text: str, named: set[UUID], *, on: date, most: int
) -> list[Row]:
    """Rows of active members found by what was typed, or named; nobody for nothing."""
    people = arrears.active(cooperative, rules)
    if named:
        return _rows(rules, _with_due(people.filter(id__in=named), rules, on)[:MOST], on)
    if text:
        return _rows(rules, _searched(people, rules, text, on)[:most], on)
    return []


def _searched(
    people: "MemberQuerySet[WithAnnotations[Member, Paid]]",
    rules: Rules,
    text: str,
    on: date,
) -> "MemberQuerySet[WithAnnotations[Member, Owing]]":
    """Whoever bears the very number first: others have it in a telephone."""
    found = arrears.open_now(people.search(text), rules, on=on)
    number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
    return found.order_by(Case(When(number=number, then=0), default=1), "name", "id")


def kinds(cooperative: Cooperative, rules: Rules) -> tuple[SavingsKind | None, SavingsKind | None]:
    """The mandatory kind, and the first voluntary one in use."""
    mandatory = next((kind for kind in rules.kinds if kind.is_active), None)
    others = queries.kinds(cooperative).filter(role=SavingsRole.VOLUNTARY, is_active=True)
    return mandatory, others.first()


def _with_due(
    people: "MemberQuerySet[WithAnnotations[Member, Paid]]", rules: Rules, on: date
) -> "MemberQuerySet[WithAnnotations[Member, Owing]]":
    return arrears.open_now(people, rules, on=on).order_by("name", "id")


def _rows(rules: Rules, people: "Iterable[WithAnnotations[Member, Owing]]", on: date) -> list[Row]:
    return [_row(rules, member, on) for member in people]


def _row(rules: Rules, member: "WithAnnotations[Member, Owing]", on: date) -> Row:
    open_idr = max(member.due_idr - member.paid_idr, 0)
    if not open_idr:
        return Row(member, 0, 0)
    months = rules.schedule(member, member.paid_idr, until=on, on=on).open()
    return Row(member, open_idr, len(months))
