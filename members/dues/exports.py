"""The grid of mandatory savings and the list of arrears as files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import WithAnnotations

from kkmp.access.permissions import Permission
from kkmp.exports import words
from kkmp.exports.lists import (
    Column,
    Condition,
    Content,
    ExportList,
    Kind,
    ListRequest,
    Sheet,
    Total,
)
from kkmp.lib.phone import format_phone
from members.dues import filters
from members.dues.filters import ArrearsFilter, DuesFilter
from members.dues.queries import grid, owing
from members.dues.queries.arrears import Paid, Rules
from members.dues.schedule import DuesStatus, Month, State
from members.register.models import Member
from members.register.numbers import member_number


class DuesGrid(ExportList):
    """A year of months. Where the page has a sign, the file has what was paid of the month."""

    code = "dues"
    slug = "simpanan-wajib"
    permission = Permission.SAVINGS_READ
    title = gettext_lazy("Mandatory savings")
    page = "members:dues"
    parameters = (*DuesFilter.base_filters, "tahun")

    def content(self, request: ListRequest) -> Content:
        rules, on = Rules.of(request.cooperative), request.on
        found = filters.find(DuesFilter, request.query, request.cooperative, rules, on=on)
        years = grid.years(request.cooperative, on=on)
        year = grid.year_of(request.query.get("tahun", ""), years, on=on)
        sheet = Sheet(
            _("Mandatory savings of %(year)s") % {"year": year},
            _months(year),
            found.qs,
            made=lambda people: _paid(rules, people, year, on=on),
        )
        told = [
            Condition(_("Year"), str(year)),
            *words.conditions(found.form),
            Condition(_("How to read it"), _("0 is not paid; an empty cell: nothing was due")),
        ]
        return Content([sheet], told, str(year))


class ArrearsList(ExportList):
    """Whoever is behind, with the day of the last contact."""

    code = "arrears"
    slug = "tunggakan"
    permission = Permission.SAVINGS_READ
    title = gettext_lazy("Arrears")
    page = "members:arrears"
    parameters = tuple(ArrearsFilter.base_filters)

    def content(self, request: ListRequest) -> Content:
        here, on, rules = request.cooperative, request.on, Rules.of(request.cooperative)
        found = filters.find(ArrearsFilter, request.query, here, rules, on=on)
        sheet = Sheet(
            self.title,
            ARREARS,
            found.qs,
            made=lambda people: owing.rows(here, rules, people, on=on),
        )
        return Content([sheet], _conditions(found))


@dataclass(frozen=True, slots=True)
class _Paid:
    """One member's year."""

    member: Member
    months: list[Month]
    status: DuesStatus


def _paid(
    rules: Rules, people: "Iterable[WithAnnotations[Member, Paid]]", year: int, *, on: date
) -> list[_Paid]:
    """A row a member."""
    last = date(year, 12, 1)
    return [
        _Paid(
            member,
            rules.schedule(member, member.paid_idr, until=last, on=on).year(year),
            rules.status(member, member.paid_idr, on=on),
        )
        for member in people
    ]


def _months(year: int) -> list[Column]:
    def paid(at: int) -> Callable[[_Paid], int | None]:
        return lambda row: _cell(row.months[at])

    names = [date_format(date(year, number, 1), "M Y") for number in range(1, 13)]
    months = [Column(n, paid(at), Kind.RUPIAH, 12, Total.SUM) for at, n in enumerate(names)]
    return [*_PERSON, *months, *_STATUS]


def _cell(month: Month) -> int | None:
    """What was paid of a month; nothing where nothing was due, or will be."""
    if month.state in (State.NOTHING, State.LATER):
        return None
    return month.paid_idr


def _conditions(found: ArrearsFilter) -> list[Condition]:
    """The age is chosen by a tab, in the tab's words."""
    given = found.form.cleaned_data if found.form.is_valid() else {}
    told = [c for c in words.conditions(found.form) if c.label != str(found.form["age"].label)]
    age = given.get("age")
    return [*told, Condition(_("How old"), owing.age_label(age))] if age else told


def _last_contact(row: owing.Row) -> str:
    if row.contact is None:
        return ""
    how = str(row.contact.get_channel_display())
    return f"{how}: {row.contact.note}" if row.contact.note else how


_PERSON = (
    Column(gettext_lazy("Name"), lambda row: row.member.name, width=32),
    Column(
        gettext_lazy("Member number"), lambda row: member_number(row.member.number), Kind.CODE, 14
    ),
    Column(gettext_lazy("RW"), lambda row: row.member.rw, Kind.CODE, 8),
)
_ARREARS = Column(
    gettext_lazy("Arrears"), lambda row: row.status.arrears_idr, Kind.RUPIAH, 16, Total.SUM
)
_STATUS = (
    _ARREARS,
    Column(gettext_lazy("Ahead"), lambda row: row.status.ahead_idr, Kind.RUPIAH, 16, Total.SUM),
)
ARREARS = (
    *_PERSON,
    Column(
        gettext_lazy("Phone"),
        lambda row: format_phone(row.member.phone) if row.member.phone else "",
        Kind.CODE,
        18,
    ),
    Column(gettext_lazy("Which months"), lambda row: row.months, width=40),
    Column(gettext_lazy("Months late"), lambda row: row.status.behind, Kind.NUMBER, 12),
    _ARREARS,
    Column(gettext_lazy("Last contact"), lambda row: row.contact and row.contact.on, Kind.DATE, 14),
    Column(gettext_lazy("How"), _last_contact, width=32),
    Column(gettext_lazy("Remark"), lambda row: row.leaving, width=44),
)
