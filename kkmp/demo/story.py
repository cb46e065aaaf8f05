"""What happens in each cooperative of the demo, done by the services that people use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kkmp.city.cooperatives.services import ladder
from kkmp.city.cooperatives.services.establish import establish
from kkmp.demo import cooperatives, membership, people, selling
from kkmp.demo.actors import Cast, key_of
from kkmp.demo.calendar import Calendar
from kkmp.demo.cooperatives import LEGAL_SINCE, MANDATORY_IDR, Trading
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Kelurahan, Stage
from members.register.models import Status
from members.register.services.particulars import Particulars
from members.takeover.services import opening
from members.takeover.services.opening_rules import Opening

#: Members join from five weeks before the shop opens, twice a week.
_BEFORE_OPENING = timedelta(weeks=5)


@dataclass(frozen=True, slots=True)
class Part:
    """A kelurahan whose cooperative is part of the demo."""

    kelurahan: str
    name: str
    #: Its position in the order of codes.
    number: int
    #: None for a cooperative that does not trade.
    plan: Trading | None

    @property
    def weight(self) -> int:
        """How much work it is to load, where a cooperative that does not trade is 1."""
        return 1 if self.plan is None else self.plan.daily_idr // 10_000


def parts() -> list[Part]:
    """All kelurahan; those with most work come first, so that loading ends early."""
    plans = {plan.kelurahan: plan for plan in cooperatives.TRADING}
    everywhere = Kelurahan.objects.order_by("code")
    told = [Part(k.code, k.name, n, plans.get(k.code)) for n, k in enumerate(everywhere)]
    return sorted(told, key=lambda part: (-part.weight, part.kelurahan))


def tell(part: Part, calendar: Calendar, cast: Cast) -> Cooperative:
    """Make a cooperative with all that happens in it. Call it in a transaction."""
    kelurahan = Kelurahan.objects.select_related("kecamatan").get(code=part.kelurahan)
    if part.plan is None:
        return _found(kelurahan, part.number, cast)
    return _live(kelurahan, part.plan, calendar, cast)


def _found(kelurahan: Kelurahan, number: int, cast: Cast) -> Cooperative:
    """Make a cooperative that does not trade yet, at one of the stages."""
    cooperative = _establish(kelurahan, 50_000, None, cast)
    with scope.cooperative(cooperative.pk):
        stage, after = cooperatives.stage_of(number)
        _climb(cooperative, stage, LEGAL_SINCE + after, cast)
    return cooperative


def _live(kelurahan: Kelurahan, plan: Trading, calendar: Calendar, cast: Cast) -> Cooperative:
    """Make one of the seven cooperatives that trade, from its founding to yesterday."""
    opened = calendar.moved(plan.opened)
    cooperative = _establish(kelurahan, plan.principal_idr, opened, cast)
    random = Random(cooperative.code)
    with scope.cooperative(cooperative.pk):
        _climb(cooperative, Stage.READY, LEGAL_SINCE + timedelta(days=24), cast)
        _start_operating(cooperative, opened, calendar, cast)
        _enrol(cooperative, plan, calendar, random, cast)
        membership.tell(cooperative, calendar, by=cast.administrator, decider=cast.officer)
        selling.trade(cooperative, plan, calendar, random, cast)
    return cooperative


def _establish(
    kelurahan: Kelurahan, principal_idr: int, opened: date | None, cast: Cast
) -> Cooperative:
    serial = int(kelurahan.code.replace(".", "")[4:])
    return establish(
        kelurahan=kelurahan,
        by=cast.administrator,
        on=LEGAL_SINCE,
        today=max(LEGAL_SINCE, opened or LEGAL_SINCE),
        principal_idr=principal_idr,
        mandatory_idr=MANDATORY_IDR,
        ahu_number=f"CONTOH-AHU-{serial:06}.AH.01.29",
        nib=f"99{serial:011}",
        npwp=f"0099{serial:012}",
        nomor_induk_koperasi=f"9933740{serial:06}",
        address=f"Kantor Kelurahan {kelurahan.name}, Semarang",
        phone=f"+62800{serial:07}",
        opened_on=opened,
    )


def _climb(cooperative: Cooperative, top: Stage, until: date, cast: Cast) -> None:
    """Record every stage up to ``top`` with an invented document number."""
    days = {
        Stage.DELIBERATION: LEGAL_SINCE - timedelta(days=33),
        Stage.DEED: LEGAL_SINCE - timedelta(days=12),
        Stage.LEGAL_ENTITY: LEGAL_SINCE,
        Stage.FULLY_LICENSED: min(until, LEGAL_SINCE + timedelta(days=30)),
        Stage.PORTAL_ACCOUNT: min(until, LEGAL_SINCE + timedelta(days=45)),
        Stage.READY: until,
    }
    for stage, day in days.items():
        if stage <= top:
            reached = max(day, LEGAL_SINCE) if stage > Stage.LEGAL_ENTITY else day
            ladder.record(
                cooperative=cooperative,
                stage=stage,
                on=reached,
                today=reached,
                by=cast.administrator,
                document_number=f"CONTOH/TAHAP-{stage.value}/{cooperative.code}",
            )


def _start_operating(
    cooperative: Cooperative, opened: date, calendar: Calendar, cast: Cast
) -> None:
    step = ladder.record(
        cooperative=cooperative,
        stage=Stage.OPERATING,
        on=opened,
        today=opened,
        by=cast.administrator,
        document_number=f"CONTOH/BA-VERIFIKASI/{cooperative.code}",
    )
    confirmed = max(calendar.moved(cooperatives.VERIFIED), opened + timedelta(days=4))
    ladder.verify(step=step, on=confirmed, by=cast.officer)


def _enrol(
    cooperative: Cooperative, plan: Trading, calendar: Calendar, random: Random, cast: Cast
) -> None:
    first = calendar.moved(plan.opened) - _BEFORE_OPENING
    meetings = [day for day in calendar.days_from(first) if day.weekday() in (0, 3)]
    joining = sorted(_meeting_of(meetings, random) for _n in range(plan.members))
    waiting = sorted(random.choice(meetings) for _n in range(plan.waiting))
    extra = extra_months(plan)
    newcomers = [
        (day, _member(cooperative, plan, rank, extra, day, random))
        for rank, day in enumerate(joining)
    ] + [
        (day, _waiting(cooperative, plan.members + n, day, random)) for n, day in enumerate(waiting)
    ]
    for day in meetings:
        arrived = [person for came, person in newcomers if came == day]
        if arrived:
            opening.take_over(
                cooperative=cooperative,
                people=arrived,
                key=key_of(cooperative, f"members {day}"),
                on=day,
                by=cast.administrator,
            )


def _meeting_of(meetings: Sequence[date], random: Random) -> date:
    """The meeting at which somebody joins: most join around the opening, fewer later."""
    return meetings[int(len(meetings) * random.random() ** 1.6)]


def _member(
    cooperative: Cooperative, plan: Trading, rank: int, extra: int, day: date, random: Random
) -> Opening:
    months = cooperatives.months_paid(rank, plan.members, extra)
    voluntary_idr = random.choice((50, 100, 100, 250, 500)) * 1000 if random.random() < 0.2 else 0
    return Opening(
        particulars=_somebody(cooperative, rank, day, random),
        status=Status.ACTIVE,
        since=day,
        principal_idr=plan.principal_idr,
        mandatory_idr=months * MANDATORY_IDR,
        voluntary_idr=voluntary_idr,
    )


def _waiting(cooperative: Cooperative, rank: int, day: date, random: Random) -> Opening:
    status = random.choice((Status.LEAD, Status.LEAD, Status.APPLIED, Status.INCOMPLETE))
    return Opening(particulars=_somebody(cooperative, rank, day, random), status=status, since=day)


def _somebody(cooperative: Cooperative, rank: int, day: date, random: Random) -> Particulars:
    return people.somebody(
        random, serial=4001 + rank, kecamatan=cooperative.kelurahan.kecamatan_id, on=day
    )


#: The members' capital of the seven together, as reported.
_CAPITAL_IDR = 448_000_000


def extra_months(plan: Trading) -> int:
    """How many of the second third paid a fourth month, so that the reported sum comes out."""
    missing = _CAPITAL_IDR - sum(
        trading.members * trading.principal_idr
        + MANDATORY_IDR
        * sum(cooperatives.months_paid(rank, trading.members, 0) for rank in range(trading.members))
        for trading in cooperatives.TRADING
    )
    months = missing // MANDATORY_IDR
    for trading in cooperatives.TRADING:
        share = min(months, trading.members // 3)
        if trading == plan:
            return share
        months -= share
    raise AssertionError(f"{plan} is not among the seven")
