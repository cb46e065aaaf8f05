"""The grid of members and months, drawn so that it reads without colour as well."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_month
from members.dues import Month, Standing, State
from members.models import Member
from members.standings import Rules

#: A sign for each state, beside its colour and its word.
SIGNS = {
    State.PAID: "✓",
    State.PART: "½",
    State.DUE: "✕",
    State.AHEAD: "+",
    State.LATER: "·",
    State.NOTHING: "–",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One month as a square: sign, word, and a sentence with the amounts."""

    name: str
    state: State
    sign: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    member: Member
    cells: list[Cell]
    standing: Standing


def rows(rules: Rules, people: Iterable[Member], *, year: int, on: date) -> list[Row]:
    """A row a member.

    :param people: of :func:`members.standings.active` or ``left``
    """
    names = month_names(year)
    return [row(rules, member, member.paid_idr, year=year, on=on, names=names) for member in people]  # type: ignore[attr-defined]


def row(
    rules: Rules, member: Member, paid_idr: int, *, year: int, on: date, names: list[str]
) -> Row:
    held = rules.schedule(member, paid_idr, until=date(year, 12, 1), on=on)
    cells = [cell(month, name) for month, name in zip(held.year(year), names, strict=True)]
    return Row(member, cells, rules.standing(member, paid_idr, on=on))


def cell(month: Month, name: str) -> Cell:
    return Cell(name, month.state, SIGNS[month.state], sentence(month))


def month_names(year: int) -> list[str]:
    """``Jan`` to ``Des``, in the language being shown."""
    return [date_format(date(year, number, 1), "M") for number in range(1, 13)]


def legend() -> list[Cell]:
    return [Cell("", state, SIGNS[state], str(state.label)) for state in State]


def sentence(month: Month) -> str:
    """``Agustus 2026: dibayar sebagian, Rp4.000 dari Rp10.000``"""
    words = {
        "month": format_month(month.month),
        "state": month.state.label,
        "paid": format_rupiah(month.paid_idr),
        "due": format_rupiah(month.due_idr),
    }
    if month.state == State.NOTHING:
        return _("%(month)s: %(state)s") % words
    return _("%(month)s: %(state)s, %(paid)s of %(due)s") % words
