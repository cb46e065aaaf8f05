"""Reports as tables: what their columns are called, where each row leads, and the bars above.

The page and the file are made of the same columns.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from kkmp.exports.lists import Column, Kind
from kkmp.exports.lists import Total as Below
from kkmp.lib.existing import present
from kkmp.lib.periods import business_day
from shops.drawers.models import Shift
from shops.pricing.methods import Method
from shops.reports.filters import MEMBERS, OTHERS
from shops.reports.queries import sums
from shops.reports.queries.sums import ReportScope, Row, Total

#: More bars than this are too thin to read.
MOST_BARS = 14


@dataclass(frozen=True, slots=True)
class Report:
    """How one report is shown.

    :param named: columns that say what a row is
    :param figures: columns that are added up
    :param link: which sales a row is made of, as filters of their list; nothing if it leads nowhere
    :param bar: what its bar is called
    """

    title: StrOrPromise
    icon: str
    named: Sequence[Column]
    figures: Sequence[Column]
    link: Callable[[Any], Mapping[str, str]]
    bar: Callable[[Any], str]

    @property
    def columns(self) -> list[Column]:
        return [*self.named, *self.figures]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report with its rows.

    :param rows: all of them :class:`Row`, or all of them shifts
    :param sum: a row of all rows together, for the figures
    """

    report: Report
    scope: ReportScope
    rows: Sequence[Any]
    sum: Row | Shift
    total: Total


def shown(name: str, scope: ReportScope) -> Shown:
    """A report of :data:`shops.reports.queries.sums.NAMES`, and what it adds up to."""
    total = sums.total(scope)
    if name == sums.DIFFERENCES:
        shifts = list(sums.differences(scope))
        return Shown(REPORTS[name], scope, shifts, _sum_of_shifts(shifts), total)
    rows = sums.ROWS[name](scope)
    whole = Fraction(sum(row.turnover_idr for row in rows))
    weighed = [replace(row, share=row.turnover_idr / whole if whole else None) for row in rows]
    return Shown(REPORTS[name], scope, weighed, _sum_of(rows, total), total)


def link(found: Shown, row: Row | Shift) -> dict[str, str]:
    """Filters of the list of sales that a row is made of; empty if it leads nowhere."""
    own = found.report.link(row)
    if not own:
        return {}
    unit = {"unit": str(found.scope.unit.pk)} if found.scope.unit else {}
    return {**found.scope.dates.query(), **unit, **own}


def bars(found: Shown) -> dict[str, Any]:
    """The bars of a report, as the page's JSON block; empty where one bar would stand alone."""
    heights = _heights(found)
    if len(heights) < 2:
        return {}
    return {
        "type": "bar",
        "labels": [label for label, _height in heights],
        "series": [{"label": str(_bars_title(found)), "values": [h for _l, h in heights]}],
        "unit": "idr",
    }


def _bars_title(found: Shown) -> StrOrPromise:
    return found.report.figures[-1].title if _is_difference(found) else _("Turnover")


def _is_difference(found: Shown) -> bool:
    return found.report is REPORTS[sums.DIFFERENCES]


def _heights(found: Shown) -> list[tuple[str, int]]:
    if _is_difference(found):
        latest = list(reversed(found.rows[: MOST_BARS * 2]))
        return [(found.report.bar(shift), shift.last_difference_idr or 0) for shift in latest]
    if found.report is REPORTS["day"]:
        return _days(found)
    if found.report is REPORTS["hour"]:
        return _hours(found)
    return [(found.report.bar(row), row.turnover_idr) for row in found.rows[:MOST_BARS]]


def _days(found: Shown) -> list[tuple[str, int]]:
    """Days without sales are gaps that are seen."""
    sold = {row.key: row.turnover_idr for row in found.rows}
    dates = found.scope.dates
    days = [dates.since + timedelta(days=step) for step in range(dates.days)] if sold else []
    return [(date_format(day, "j M"), sold.get(day, 0)) for day in days]


def _hours(found: Shown) -> list[tuple[str, int]]:
    sold = {row.key: row.turnover_idr for row in found.rows}
    hours = range(min(sold), max(sold) + 1) if sold else []
    return [(f"{hour:02d}", sold.get(hour, 0)) for hour in hours]


def _sum_of(rows: Iterable[Row], total: Total) -> Row:
    """The sum of the rows; each receipt is counted once, however many rows it stands in."""
    rows = list(rows)
    return Row(
        key=None,
        names={},
        count=total.count,
        sold_idr=sum(row.sold_idr for row in rows),
        returned_idr=sum(row.returned_idr for row in rows),
        cost_idr=sum(row.cost_idr for row in rows),
        share=Fraction(1),
    )


def _sum_of_shifts(shifts: Iterable[Shift]) -> Shift:
    shifts = list(shifts)
    return Shift(
        expected_idr=sum(shift.expected_idr or 0 for shift in shifts),
        counted_idr=sum(shift.last_counted_idr or 0 for shift in shifts),
    )


def _named(name: str) -> Callable[[Row], Any]:
    return lambda row: row.names.get(name)


def _shift(row: Row) -> str:
    number = row.names.get("number")
    return f"{number} · {row.names.get('drawer')}" if number else _("Without a shift")


def _hour(row: Row) -> str:
    return f"{row.key:02d}.00-{row.key:02d}.59"


def _buyer(row: Row) -> str:
    return _("Members") if row.key else _("Non-members")


def _days_of(shift: Shift) -> dict[str, str]:
    closed_at = present(shift.closed_at, "only shifts that are closed are shown")
    since, until = business_day(shift.opened_at), business_day(closed_at)
    return {"shift": str(shift.pk), "since": since.isoformat(), "until": until.isoformat()}


_COUNT = Column(gettext_lazy("Receipts"), lambda row: row.count, Kind.NUMBER, 10, Below.SUM)
_SOLD = Column(gettext_lazy("Sold"), lambda row: row.sold_idr, Kind.RUPIAH, 16, Below.SUM)
_RETURNED = Column(
    gettext_lazy("Came back"), lambda row: row.returned_idr, Kind.RUPIAH, 16, Below.SUM
)
_TURNOVER = Column(
    gettext_lazy("Turnover"), lambda row: row.turnover_idr, Kind.RUPIAH, 16, Below.SUM
)
_MARGIN = Column(
    gettext_lazy("Gross profit"), lambda row: row.margin_idr, Kind.RUPIAH, 16, Below.SUM
)
_SHARE = Column(gettext_lazy("Share"), lambda row: row.share, Kind.PERCENT, 10, Below.SUM)
_USUAL = (_COUNT, _SOLD, _RETURNED, _TURNOVER, _MARGIN)
_NAME = gettext_lazy("Product")

REPORTS: dict[str, Report] = {
    "day": Report(
        gettext_lazy("Day"),
        "calendar",
        [Column(gettext_lazy("Day"), lambda row: row.key, Kind.DATE, 14)],
        _USUAL,
        lambda row: {"since": row.key.isoformat(), "until": row.key.isoformat()},
        str,
    ),
    "shift": Report(
        gettext_lazy("Shift"),
        "clock",
        [
            Column(gettext_lazy("Shift"), _shift, width=20),
            Column(gettext_lazy("Opened"), _named("opened_at"), Kind.MOMENT, 18),
            Column(gettext_lazy("Cashier"), _named("name"), width=24),
        ],
        _USUAL,
        lambda row: {"shift": str(row.key)} if row.key else {},
        lambda row: str(row.names.get("number") or _("Without a shift")),
    ),
    "cashier": Report(
        gettext_lazy("Cashier"),
        "user",
        [Column(gettext_lazy("Cashier"), _named("name"), width=24)],
        (*_USUAL, _SHARE),
        lambda row: {"cashier": str(row.key)},
        _named("name"),
    ),
    "product": Report(
        _NAME,
        "package",
        [
            Column(_NAME, _named("name"), width=36),
            Column(gettext_lazy("Quantity"), lambda row: row.quantity, Kind.QUANTITY, 12),
            Column(gettext_lazy("Sold per"), _named("measure"), width=10),
        ],
        _USUAL,
        lambda row: {"product": str(row.key)},
        _named("name"),
    ),
    "category": Report(
        gettext_lazy("Category"),
        "tags",
        [Column(gettext_lazy("Category"), _named("name"), width=24)],
        # A receipt stands in as many categories as it has goods of.
        (_SOLD, _RETURNED, _TURNOVER, _MARGIN, _SHARE),
        lambda row: {"category": str(row.key)},
        _named("name"),
    ),
    "hour": Report(
        gettext_lazy("Hour"),
        "clock-hour-4",
        [Column(gettext_lazy("Hour"), _hour, width=14)],
        _USUAL,
        lambda row: {"hour": str(row.key)},
        _hour,
    ),
    "method": Report(
        gettext_lazy("Payment"),
        "cash",
        [Column(gettext_lazy("Payment"), lambda row: Method(row.key).label, width=24)],
        (
            _COUNT,
            Column(gettext_lazy("Paid in"), lambda row: row.sold_idr, Kind.RUPIAH, 16, Below.SUM),
            Column(
                gettext_lazy("Paid back"), lambda row: row.returned_idr, Kind.RUPIAH, 16, Below.SUM
            ),
            Column(gettext_lazy("Net"), lambda row: row.turnover_idr, Kind.RUPIAH, 16, Below.SUM),
        ),
        lambda row: {"method": str(row.key)},
        lambda row: str(Method(row.key).label),
    ),
    "member": Report(
        gettext_lazy("Buyer"),
        "users",
        [Column(gettext_lazy("Buyer"), _buyer, width=20)],
        (*_USUAL, _SHARE),
        lambda row: {"buyer": MEMBERS if row.key else OTHERS},
        _buyer,
    ),
    sums.DIFFERENCES: Report(
        gettext_lazy("Cash differences"),
        "scale",
        [
            Column(gettext_lazy("Shift"), lambda s: f"{s.number} · {s.drawer}", width=20),
            Column(gettext_lazy("Closed"), lambda s: s.closed_at, Kind.MOMENT, 18),
            Column(gettext_lazy("Cashier"), lambda s: str(s.cashier), width=24),
            Column(gettext_lazy("Note"), lambda s: s.note, width=36),
        ],
        (
            Column(
                gettext_lazy("Should be there"),
                lambda s: s.expected_idr,
                Kind.RUPIAH,
                16,
                Below.SUM,
            ),
            Column(
                gettext_lazy("Counted"), lambda s: s.last_counted_idr, Kind.RUPIAH, 16, Below.SUM
            ),
            Column(
                gettext_lazy("Difference"),
                lambda s: s.last_difference_idr,
                Kind.RUPIAH,
                16,
                Below.SUM,
            ),
        ),
        _days_of,
        lambda s: str(s.number),
    ),
}
