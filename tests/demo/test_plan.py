"""The plan of the demo makes what was reported, on the same weekdays."""

from datetime import date, timedelta
from random import Random

import pytest

from kkmp.demo import baskets, cooperatives, people, story
from kkmp.demo.calendar import REPORTED, Calendar
from kkmp.demo.cooperatives import GEDAWANG, MANDATORY_IDR, TRADING
from kkmp.registry.models import Stage

CALENDAR = Calendar(date(2026, 11, 23))
PLANS = {plan.kelurahan: plan for plan in TRADING}


def test_days_are_moved_by_whole_weeks_into_the_last_week():
    moved = CALENDAR.moved(REPORTED)
    assert moved.weekday() == REPORTED.weekday()
    assert CALENDAR.last - timedelta(days=7) < moved <= CALENDAR.last


def test_the_replay_ends_on_its_last_day():
    assert CALENDAR.days_from(date(2026, 11, 20))[-1] == CALENDAR.last


def test_the_seven_opened_eight_to_thirteen_weeks_before_the_reported_day():
    weeks = {(REPORTED - plan.opened).days / 7 for plan in TRADING}
    assert min(weeks) == 8
    assert max(weeks) == 13


def test_members_and_capital_are_those_reported():
    assert sum(plan.members for plan in TRADING) == 4512
    capital_idr = sum(
        plan.members * plan.principal_idr
        + MANDATORY_IDR
        * sum(
            cooperatives.months_paid(rank, plan.members, story.extra_months(plan))
            for rank in range(plan.members)
        )
        for plan in TRADING
    )
    assert capital_idr == 448_000_000


def test_gedawang_sells_what_was_published():
    plan = PLANS[GEDAWANG]
    opened = CALENDAR.moved(plan.opened)
    carried = baskets.trade(plan, opened, CALENDAR.days_from(opened), Random(1))
    first, then = 0, 0
    for basket in carried:
        days = (basket.at.date() - opened).days
        amount_idr = basket.total_idr(basket.tier)
        first += amount_idr if days < 13 else 0
        then += amount_idr if 13 <= days < 40 else 0
    assert first == pytest.approx(22_000_000, rel=0.03)
    assert then == pytest.approx(48_000_000, rel=0.03)


def test_the_same_plan_makes_the_same_baskets():
    plan = PLANS[GEDAWANG]
    days = [plan.opened + timedelta(days=n) for n in range(3)]
    once, again = (baskets.trade(plan, plan.opened, days, Random("x")) for _n in range(2))
    assert once == again


def test_everybody_is_a_legal_entity_at_least():
    assert {cooperatives.stage_of(number)[0] for number in range(177)} == {
        Stage.LEGAL_ENTITY,
        Stage.FULLY_LICENSED,
        Stage.PORTAL_ACCOUNT,
        Stage.READY,
    }


def test_no_invented_phone_number_can_ring():
    person = people.somebody(Random(1), serial=4001, kecamatan="33.74.11", on=REPORTED)
    assert person.phone.startswith("+62800")


def test_no_invented_nik_ends_with_a_number_that_stands_beside_it():
    """A member's number and telephone rise with the serial; whoever reads both knew the NIK."""
    ends = set()
    for serial in range(4001, 4900):
        person = people.somebody(Random(serial), serial=serial, kecamatan="33.74.11", on=REPORTED)
        end = person.nik.digits[-4:]
        ends.add(end)
        assert end not in (f"{serial:04}", f"{serial - 4000:04}", person.phone[-4:])
    assert len(ends) == 899
