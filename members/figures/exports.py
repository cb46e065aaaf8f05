"""The figures as a file: a sheet for every table of the page."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from kkmp.lib.periods import format_month
from members.figures.filters import FiguresFilter
from members.figures.queries import whole
from members.figures.queries.capital import Capital, MonthEnd
from members.figures.queries.groups import Group
from members.figures.queries.growth import Month
from members.register.choices import ALL
from members.register.models import Status


class FiguresList(ExportList):
    code = "figures"
    slug = "angka"
    permission = Permission.MEMBERS_EXPORT
    title = gettext_lazy("Figures")
    page = "members:figures"
    parameters = tuple(FiguresFilter.base_filters)

    def content(self, request: ListRequest) -> Content:
        people = whole.found(request.query, request.cooperative, on=request.on)
        found = whole.figures(people, request.cooperative)
        sheets = [
            _target(found.target),
            *(_group(group) for group in found.groups),
            _growth(found.growth),
            _capital(found.capital),
        ]
        return Content(sheets, _conditions(people))


def _conditions(people: FiguresFilter) -> list[Condition]:
    """The status is always said, because the active ones are meant where none is asked for."""
    told = [c for c in words.conditions(people.form) if c.label != str(_("Status"))]
    status = _("All") if people.shown_status == ALL else str(Status(people.shown_status).label)
    return [Condition(str(_("Status")), status), *told]


def _target(target: whole.Target) -> Sheet:
    rows = [target] if target.wanted else []
    columns = (
        Column(_("Active members"), lambda row: row.members, Kind.NUMBER),
        Column(_("Target"), lambda row: row.wanted, Kind.NUMBER),
        Column(_("Share"), lambda row: row.share, Kind.PERCENT, 10),
    )
    return Sheet(_("Target"), columns, rows, has_total=False)


def _group(group: Group) -> Sheet:
    columns = (
        Column(group.title, lambda row: row.label, width=36),
        Column(_("People"), lambda row: row.people, Kind.NUMBER, 12, Total.SUM),
        Column(_("Share"), group.share, Kind.PERCENT, 10),
    )
    return Sheet(group.title, columns, group.rows)


def _growth(months: Iterable[Month]) -> Sheet:
    columns = (
        Column(_("Month"), lambda row: format_month(row.month), width=20),
        Column(_("Joined"), lambda row: row.joined, Kind.NUMBER, 12, Total.SUM),
        Column(_("Left"), lambda row: row.left, Kind.NUMBER, 12, Total.SUM),
        Column(_("Net"), lambda row: row.net, Kind.NUMBER, 12, Total.SUM),
        Column(_("Members at month end"), lambda row: row.members, Kind.NUMBER, 18),
    )
    return Sheet(_("Growth by month"), columns, list(months)[::-1])


def _capital(held: Capital) -> Sheet:
    def amount(at: int) -> Callable[[MonthEnd], int]:
        return lambda row: row.amounts_idr[at]

    kinds = [Column(k.label, amount(at), Kind.RUPIAH, 20) for at, k in enumerate(held.kinds)]
    columns = (
        Column(_("Until"), lambda row: row.until, Kind.DATE, 14),
        *kinds,
        Column(_("Total"), lambda row: row.total_idr, Kind.RUPIAH, 20),
    )
    months = list(held.month_ends)[::-1]
    return Sheet(_("Capital by kind"), columns, months, has_total=False)
