"""Figures as they are shown: each with its source, its day and whom it covers.

What is shown to everybody goes through :func:`public`: counts of fewer than five people are
withheld, and so is their money, and neither can be found by taking the shown from the total.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kkmp.city.figures.models import State
from kkmp.city.figures.queries.places import KelurahanStatus, Totals
from kkmp.lib.periods import month_of
from kkmp.registry.models import Stage
from kkmp.registry.services import identity_marks

#: Fewer people than this are never counted in public (small-cell suppression).
SMALLEST = 5
#: A value that exists and is withheld, beside the states that a figure may have of itself.
WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of ours. ``value`` is None unless ``state`` is reported."""

    value: int | None
    state: str
    as_of: date
    #: First day of the period; None where the figure is how things stood on a day.
    since: date | None = None
    #: How many cooperatives it covers, and out of how many.
    reporting: int
    of: int
    #: Cooperatives left out because so few people are in them.
    withheld: int = 0
    #: Where it comes from, in words.
    source: str

    @property
    def coverage(self) -> str:
        if self.of == 1:
            return _("This cooperative")
        said = _("%(reporting)s of %(all)s report") % {"reporting": self.reporting, "all": self.of}
        if not self.withheld:
            return said
        return _("%(said)s; %(count)s with fewer than %(least)s members not counted") % {
            "said": said,
            "count": self.withheld,
            "least": SMALLEST,
        }


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a page: a regency's, a kecamatan's or one cooperative's."""

    operating: Figure
    operating_active: Figure
    active_members: Figure
    members_capital_idr: Figure
    voluntary_idr: Figure
    turnover_month_idr: Figure


def overview(totals: Totals, on: date) -> Overview:
    """Figures for those who may read the city."""
    return _overview(totals.statuses, totals, on)


def public(totals: Totals, on: date) -> Overview:
    """Figures for everybody. Cooperatives of one to four members are left out of the sums."""
    shown = [s for s in totals.statuses if not is_small(s.members)]
    return _overview(shown, totals, on)


def by_stage(totals: Totals, on: date) -> dict[Stage, Figure]:
    """How many stand at each stage; every cooperative stands at one, so all are covered."""
    documents, verified = _("The documents of each stage"), _("Verified by the Dinas")
    return {
        stage: _of_ladder(count, verified if stage.needs_verification else documents, totals, on)
        for stage, count in totals.by_stage.items()
    }


def stage_counts(totals: Totals, on: date) -> list[dict[str, Any]]:
    """The counts by stage as the API gives them, from the lowest stage."""
    return [
        {
            "stage": stage.name.lower(),
            "rank": stage.value,
            "label": stage.label,
            "figure": figure,
        }
        for stage, figure in by_stage(totals, on).items()
    ]


def is_small(members: int | None) -> bool:
    """Whether so few people must not be counted in public."""
    return members is not None and 0 < members < SMALLEST


def shown_members(members: int | None) -> str:
    """How a cooperative's members are told to everybody; empty where nothing is reported."""
    if members is None:
        return ""
    return f"<{SMALLEST}" if is_small(members) else str(members)


def in_several(
    counted: identity_marks.Count, totals: Totals, on: date, *, is_public: bool
) -> Figure:
    """People registered in more than one cooperative; a few of them are not counted in public."""
    withheld = is_public and 0 < counted.in_several < SMALLEST
    value = None if withheld or not counted.cooperatives else counted.in_several
    return Figure(
        source=_("The cooperatives' registers"),
        value=value,
        state=_state(value, withheld),
        as_of=on,
        reporting=counted.cooperatives,
        of=totals.count,
    )


def _overview(summed: list[KelurahanStatus], totals: Totals, on: date) -> Overview:
    sums = Totals(summed)
    withheld = totals.count - sums.count

    def of_books(value: int | None, since: date | None = None, *, left_out: int = 0) -> Figure:
        return Figure(
            value=value,
            state=_state(value, left_out),
            as_of=on,
            since=since,
            reporting=totals.reporting,
            of=totals.count,
            withheld=left_out,
            source=_("The cooperatives' books"),
        )

    return Overview(
        operating=_of_ladder(totals.operating, _("Verified by the Dinas"), totals, on),
        operating_active=_of_ladder(
            totals.operating_active,
            _("Verified by the Dinas; sales in the cooperatives' books"),
            totals,
            on,
        ),
        active_members=of_books(sums.members, left_out=withheld),
        members_capital_idr=of_books(sums.capital_idr, left_out=withheld),
        voluntary_idr=of_books(sums.voluntary_idr, left_out=withheld),
        # What a shop sells to everybody says nothing about its few members.
        turnover_month_idr=of_books(totals.turnover_idr, month_of(on)),
    )


def _of_ladder(count: int, source: str, totals: Totals, on: date) -> Figure:
    return Figure(
        value=count,
        state=State.REPORTED,
        as_of=on,
        reporting=totals.count,
        of=totals.count,
        source=source,
    )


def _state(value: int | None, withheld: int) -> str:
    if value is not None:
        return State.REPORTED
    return WITHHELD if withheld else State.NOT_REPORTED
