"""The grid of members and months; each square has a sign and a word beside its colour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_month
from kkmp.registry.models import Cooperative
from members.dues.queries import arrears
from members.dues.queries.arrears import Paid, Rules
from members.dues.schedule import DuesStatus, Month, State
from members.register.models import Member

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
    state: str
    sign: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    member: Member
    cells: list[Cell]
    status: DuesStatus


@dataclass(frozen=True, slots=True)
class Words:
    """What the squares of a year say, looked up once and not for each of hundreds.

    :param names: ``Jan`` to ``Des``
    """

    year: int
    names: list[str]
    months: list[str]
    states: dict[State, str]
    nothing: str
    amounts: str

    @classmethod
    def of(cls, year: int) -> "Words":
        firsts = [date(year, number, 1) for number in range(1, 13)]
        return cls(
            year=year,
            names=[date_format(first, "M") for first in firsts],
            months=[format_month(first) for first in firsts],
            states={state: str(state.label) for state in State},
            nothing=_("%(month)s: %(state)s"),
            amounts=_("%(month)s: %(state)s, %(paid)s of %(due)s"),
        )

    def cell(self, month: Month) -> Cell:
        at, state = month.month.month - 1, month.state
        word = self.states[state]
        sentence = self.nothing if state == State.NOTHING else self.amounts
        words = {"month": self.months[at], "state": word}
        if state != State.NOTHING:
            words |= {"paid": format_rupiah(month.paid_idr), "due": format_rupiah(month.due_idr)}
        return Cell(self.names[at], state.value, SIGNS[state], word, sentence % words)


def rows(
    rules: Rules, people: "Iterable[WithAnnotations[Member, Paid]]", words: Words, *, on: date
) -> list[Row]:
    """A row a member.

    :param people: of :func:`members.dues.queries.arrears.active` or ``left``
    """
    return [row(rules, member, member.paid_idr, words, on=on) for member in people]


def row(rules: Rules, member: Member, paid_idr: int, words: Words, *, on: date) -> Row:
    held = rules.schedule(member, paid_idr, until=date(words.year, 12, 1), on=on)
    cells = [words.cell(month) for month in held.year(words.year)]
    return Row(member, cells, rules.status(member, paid_idr, on=on))


def years(cooperative: Cooperative, *, on: date) -> range:
    """The years from that of the first member to next year, for which members may pay ahead."""
    return range(arrears.first_year(cooperative) or on.year, on.year + 2)


def year_of(text: str, years: range, *, on: date) -> int:
    """The year that an address asks for; this year where it is none of these."""
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else on.year
    return year if year in years else on.year


def legend() -> list[Cell]:
    return [
        Cell("", state.value, SIGNS[state], str(state.label), str(state.label)) for state in State
    ]
