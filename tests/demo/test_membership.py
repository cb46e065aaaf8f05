"""What memberships go through in the demo: it happens, adds up, and keeps the reported sum."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from finance.ledger import checks
from kkmp.access.models import User
from kkmp.city.figures.services import rebuild
from kkmp.demo import cooperatives, story
from kkmp.demo.actors import Cast
from kkmp.demo.calendar import Calendar
from kkmp.demo.cooperatives import GEDAWANG, MANDATORY_IDR, TRADING
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeFigures
from members.bodies import queries
from members.bodies.services import boards
from members.joining.queries import queue
from members.models import (
    ApplicationState,
    Collection,
    Consent,
    Contact,
    Exit,
    ReturnRun,
    SavingsBalance,
    Status,
)

pytestmark = pytest.mark.empty_house

LAST = date(2026, 11, 23)
PLAN = replace(
    next(plan for plan in TRADING if plan.kelurahan == GEDAWANG),
    opened=date(2025, 9, 13),
    members=60,
    waiting=14,
    daily_idr=200_000,
)


@pytest.fixture
def gedawang(agus: User, dewi: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cooperative]:
    monkeypatch.setattr(story, "extra_months", lambda _plan: 1)
    monkeypatch.setattr(story.selling, "trade", lambda *_all: None)
    part = story.Part(PLAN.kelurahan, "Gedawang", 1, PLAN)
    cast = Cast(administrator=agus, officer=dewi, cashiers={})
    cooperative = story.tell(part, Calendar(LAST), cast)
    with scope.cooperative(cooperative.pk):
        yield cooperative


def test_both_reported_sums_stay_though_people_come_and_go(gedawang: Cooperative) -> None:
    figures = CooperativeFigures.objects.of(gedawang).get()
    months = sum(cooperatives.months_paid(rank, PLAN.members, 1) for rank in range(PLAN.members))
    planned_idr = PLAN.members * PLAN.principal_idr + months * MANDATORY_IDR
    assert figures.principal_idr + figures.mandatory_idr == planned_idr
    assert figures.active_members == PLAN.members
    assert checks.differences(gedawang) == []
    assert rebuild.compare(cooperative=gedawang) == []


def test_there_is_something_to_see_on_every_page(gedawang: Cooperative) -> None:
    _leavings_stand_at_every_step(gedawang)
    _three_applications_wait(gedawang)
    seats = queries.seats(queries.in_office(gedawang, on=LAST))
    assert boards.warnings(seats, on=LAST) == []
    assert all(seat.name.endswith("(rekaan)") for seat in seats)
    assert ReturnRun.objects.of(gedawang).get().gross_idr > 0
    assert Collection.objects.of(gedawang).get().total_idr == 100_000 + 4 * 25_000
    assert SavingsBalance.objects.of(gedawang).filter(kind__code="hari-raya").count() == 20
    assert Consent.objects.of(gedawang).count() == 40
    purposes = set(Contact.objects.of(gedawang).values_list("purpose", flat=True))
    assert purposes == {"arrears", "joining"}


def _leavings_stand_at_every_step(gedawang: Cooperative) -> None:
    asked, due, paid = (
        Exit.objects.of(gedawang).get(reason=reason) for reason in ("moved", "died", "resigned")
    )
    assert asked.is_open
    assert due.is_due
    assert due.pay_on > LAST
    assert paid.paid_on
    assert paid.decided_by != paid.requested_by


def _three_applications_wait(gedawang: Cooperative) -> None:
    rows = queue.applications(gedawang, ApplicationState.WAITING)
    hurried, outsider, known = queue.look(list(rows), gedawang, on=LAST + timedelta(days=1))
    assert "NIK" in hurried.missing
    assert [warning.code for warning in outsider.warnings] == ["nik_area"]
    assert known.matches[0].is_certain
    assert known.matches[0].member.status == Status.LEAD
