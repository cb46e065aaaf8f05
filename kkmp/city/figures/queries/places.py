"""How the cooperatives of a regency stand, read from counters and stage steps alone.

Run these within :func:`kkmp.registry.scope.city`. They read one row a cooperative and one a
cooperative and day, never a member's, and every amount is whole rupiah.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from django.core.cache import cache
from django.db.models import F, Q, QuerySet, Sum

from kkmp.city.figures.models import ReportedFigure
from kkmp.lib.periods import month_of
from kkmp.registry import queries as registry_queries
from kkmp.registry.models import (
    Cooperative,
    CooperativeFigures,
    CooperativeSettings,
    DayFigures,
    Kecamatan,
    Kelurahan,
    Regency,
    Stage,
    StageStep,
)
from kkmp.registry.services import identity_marks

#: A sale within so many days counts as activity (domain: "a till sale in 30 days").
ACTIVITY_DAYS = 30
#: Cooperatives are compared over four whole weeks, so that each window has the same market days.
WINDOW_DAYS = 28

_REGENCY = "cooperative__kelurahan__kecamatan__regency"
_SEVERAL = "city.on-several-registers.%s"
_SEVERAL_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Recent:
    """What moved lately: this month until now, the last four weeks that are over, and the four
    weeks before. Today is not over: it would stand against a whole day of the weeks before.
    """

    month_idr: int = 0
    window_idr: int = 0
    window_before_idr: int = 0
    window_member_idr: int = 0
    window_members: int = 0


_WINDOWS = tuple(Recent.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class KelurahanStatus:
    """One kelurahan and how its cooperative stands.

    ``figures`` is None where nothing was ever reported, which is not the same as zero.
    """

    kelurahan: Kelurahan
    cooperative: Cooperative | None
    stage: Stage
    #: It says that it operates and the Dinas has not verified it yet.
    is_waiting: bool
    figures: CooperativeFigures | None
    recent: Recent
    #: A sale within the last 30 days.
    is_active: bool

    @property
    def kecamatan(self) -> Kecamatan:
        return self.kelurahan.kecamatan

    @property
    def anchor(self) -> str:
        """Names its line in a list; a kelurahan has one before a cooperative is founded."""
        return f"k-{self.kelurahan.code.replace('.', '')}"

    @property
    def is_operating(self) -> bool:
        return self.stage >= Stage.OPERATING

    @property
    def reports(self) -> bool:
        return self.figures is not None

    @property
    def members(self) -> int | None:
        return self.figures.active_members if self.figures else None

    @property
    def capital_idr(self) -> int | None:
        """Members' capital: principal and mandatory savings; voluntary savings are a debt."""
        return self.figures.principal_idr + self.figures.mandatory_idr if self.figures else None

    @property
    def voluntary_idr(self) -> int | None:
        return self.figures.voluntary_idr if self.figures else None

    @property
    def turnover_idr(self) -> int | None:
        """Turnover since the first day of this month."""
        return self.recent.month_idr if self.figures else None

    @property
    def per_member_idr(self) -> int | None:
        """Turnover of four weeks for each active member: fair between large and small."""
        return self.recent.window_idr // self.members if self.members else None

    @property
    def member_share(self) -> Fraction | None:
        """How much of four weeks' turnover was sold to members, 0 to 1."""
        sold = self.recent.window_idr
        return Fraction(self.recent.window_member_idr, sold) if sold > 0 else None

    def growth(self, on: date) -> Fraction | None:
        """Turnover of four weeks against the four before; None while younger than both."""
        before = self.recent.window_before_idr
        opened = self.cooperative.opened_on if self.cooperative else None
        if before <= 0 or (opened and opened > on - timedelta(days=2 * WINDOW_DAYS)):
            return None
        return Fraction(self.recent.window_idr - before, before)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over some statuses; None where none of them reports."""

    statuses: list[KelurahanStatus]
    by_stage: dict[Stage, int] = field(init=False)

    def __post_init__(self) -> None:
        counts = dict.fromkeys(Stage, 0)
        for status in self.statuses:
            counts[status.stage] += 1
        object.__setattr__(self, "by_stage", counts)

    @property
    def count(self) -> int:
        return len(self.statuses)

    @property
    def recorded(self) -> bool:
        """Whether anything is known of any of them: a step, or figures."""
        return self.reporting > 0 or any(s.stage or s.is_waiting for s in self.statuses)

    @property
    def reporting(self) -> int:
        return sum(s.reports for s in self.statuses)

    @property
    def operating(self) -> int:
        return sum(s.is_operating for s in self.statuses)

    @property
    def operating_active(self) -> int:
        return sum(s.is_operating and s.is_active for s in self.statuses)

    @property
    def waiting(self) -> int:
        return sum(s.is_waiting for s in self.statuses)

    @property
    def members(self) -> int | None:
        return _sum(s.members for s in self.statuses)

    @property
    def capital_idr(self) -> int | None:
        return _sum(s.capital_idr for s in self.statuses)

    @property
    def voluntary_idr(self) -> int | None:
        return _sum(s.voluntary_idr for s in self.statuses)

    @property
    def turnover_idr(self) -> int | None:
        return _sum(s.turnover_idr for s in self.statuses)


def statuses(regency: Regency, on: date) -> list[KelurahanStatus]:
    """Every kelurahan of a regency with its cooperative, by code; four statements."""
    kelurahan = (
        Kelurahan.objects.filter(kecamatan__regency=regency)
        .select_related("kecamatan", "cooperative")
        .order_by("code")
    )
    steps = defaultdict(list)
    for step in StageStep.objects.filter(**{_REGENCY: regency}, withdrawn_on=None):
        steps[step.cooperative_id].append(step)
    figures = {
        row.cooperative_id: row for row in CooperativeFigures.objects.filter(**{_REGENCY: regency})
    }
    recent = _recent(DayFigures.objects.filter(**{_REGENCY: regency}), on)
    return [_status(place, steps, figures, recent, on) for place in kelurahan]


def status_of(cooperative: Cooperative, on: date) -> KelurahanStatus:
    """How one cooperative stands; three statements."""
    steps = StageStep.objects.of(cooperative).filter(withdrawn_on=None)
    figures = CooperativeFigures.objects.of(cooperative)
    return _status(
        cooperative.kelurahan,
        {cooperative.pk: list(steps)},
        {row.cooperative_id: row for row in figures},
        _recent(DayFigures.objects.of(cooperative), on),
        on,
    )


def settings_of(cooperative: Cooperative, on: date) -> CooperativeSettings | None:
    """What its members decided, as in force on a day; None before the first of it."""
    return CooperativeSettings.objects.of(cooperative).in_force(on).first()


def on_several_registers(regency: Regency) -> identity_marks.Count:
    """People registered in more than one cooperative; counted once in ten minutes.

    It goes through everybody in the regency, which no page should wait for.
    """
    counted: identity_marks.Count | None = cache.get(_SEVERAL % regency.code)
    if counted is None:
        counted = identity_marks.count(regency)
        cache.set(_SEVERAL % regency.code, counted, _SEVERAL_SECONDS)
    return counted


def by_kecamatan(places: list[KelurahanStatus]) -> dict[Kecamatan, Totals]:
    """The statuses of kelurahan, gathered by kecamatan in the order of its code."""
    gathered: dict[Kecamatan, list[KelurahanStatus]] = defaultdict(list)
    for status in places:
        gathered[status.kecamatan].append(status)
    return {kecamatan: Totals(group) for kecamatan, group in gathered.items()}


def steps_of(cooperative: Cooperative) -> list[StageStep]:
    """Every step on record, withdrawn ones too: by stage, the newest first."""
    return list(
        StageStep.objects.of(cooperative)
        .select_related("recorded_by", "verified_by")
        .order_by("stage", F("withdrawn_on").desc(nulls_first=True), "-reached_on", "id")
    )


def reported(regency: Regency) -> list[ReportedFigure]:
    """What others published about the regency as a whole, the newest first."""
    return list(ReportedFigure.objects.filter(regency=regency, kelurahan=None).newest_first())


def reported_of(kelurahan: Kelurahan) -> list[ReportedFigure]:
    """What others published about one kelurahan's cooperative, the newest first."""
    return list(ReportedFigure.objects.filter(kelurahan=kelurahan).newest_first())


def _status(
    place: Kelurahan,
    steps: Mapping[UUID, list[StageStep]],
    figures: Mapping[UUID, CooperativeFigures],
    recent: Mapping[UUID, Recent],
    on: date,
) -> KelurahanStatus:
    cooperative = getattr(place, "cooperative", None)
    if cooperative is None:
        return KelurahanStatus(place, None, Stage.NONE, False, None, Recent(), False)
    own, row = steps.get(cooperative.pk, []), figures.get(cooperative.pk)
    last_sale_on = row.last_sale_on if row else None
    return KelurahanStatus(
        kelurahan=place,
        cooperative=cooperative,
        stage=registry_queries.current_stage(own),
        is_waiting=any(not step.counts for step in own),
        figures=row,
        recent=recent.get(cooperative.pk, Recent()),
        is_active=bool(last_sale_on and last_sale_on > on - timedelta(days=ACTIVITY_DAYS)),
    )


def _recent(days: QuerySet[DayFigures], on: date) -> dict[UUID, Recent]:
    window = Q(date__gte=on - timedelta(days=WINDOW_DAYS), date__lt=on)
    before = Q(
        date__gte=on - timedelta(days=2 * WINDOW_DAYS), date__lt=on - timedelta(days=WINDOW_DAYS)
    )
    turnover = F("member_turnover_idr") + F("other_turnover_idr")
    start = min(month_of(on), on - timedelta(days=2 * WINDOW_DAYS))
    rows = (
        days.filter(date__gte=start, date__lte=on)
        .values("cooperative_id")
        .order_by("cooperative_id")
        .annotate(
            month_idr=Sum(turnover, filter=Q(date__gte=month_of(on)), default=0),
            window_idr=Sum(turnover, filter=window, default=0),
            window_before_idr=Sum(turnover, filter=before, default=0),
            window_member_idr=Sum("member_turnover_idr", filter=window, default=0),
            window_members=Sum("active_members", filter=window, default=0),
        )
    )
    # PostgreSQL adds 64-bit columns up as numeric.
    return {
        cooperative_id: Recent(*map(int, sums))
        for cooperative_id, *sums in rows.values_list("cooperative_id", *_WINDOWS)
    }


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
