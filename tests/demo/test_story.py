"""A short story, told through the services: its books, stock and counters agree."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from finance.ledger import checks
from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.models import BusinessUnit, Line
from kkmp.demo import cooperatives, loading, membership, story, till
from kkmp.demo.actors import Cast
from kkmp.demo.calendar import Calendar
from kkmp.demo.cooperatives import TRADING
from kkmp.registry import scope
from kkmp.registry.models import CooperativeFigures, Installation
from shops.models import CreditPayment, Method, ReturnKind, Sale, SalePayment, SaleReturn, Shift
from shops.settings import queries as settings_queries
from shops.settling import queries
from shops.settling.queries import State, Wanted
from shops.till import shelf

pytestmark = pytest.mark.empty_house

LAST = date(2026, 11, 23)


@pytest.fixture
def cast(agus, dewi):
    return Cast(administrator=agus, officer=dewi, cashiers={})


def test_a_trading_cooperatives_figures_agree(cast, monkeypatch):
    plan = replace(TRADING[0], opened=date(2025, 10, 11), members=12, waiting=4, daily_idr=200_000)
    monkeypatch.setattr(story, "extra_months", lambda _plan: 1)
    part = story.Part(plan.kelurahan, "Wonoplumbon", 1, plan)
    cooperative = story.tell(part, Calendar(LAST), cast)
    with scope.cooperative(cooperative.pk):
        assert checks.differences(cooperative) == []
        figures = CooperativeFigures.objects.of(cooperative).get()
        sales = Sale.objects.of(cooperative)
        assert figures.active_members == 12
        assert figures.sales == sales.count() > 0
        assert figures.last_sale_on == LAST
        assert max(sale.date for sale in sales) == LAST
        assert_drawers_are_emptied(cooperative)


def assert_drawers_are_emptied(cooperative):
    shifts = Shift.objects.of(cooperative)
    days = Sale.objects.of(cooperative).values("date").distinct().count()
    assert shifts.filter(closed_at__isnull=False).count() == days
    assert not shifts.filter(closed_at=None).exists()
    assert not Sale.objects.of(cooperative).filter(shift=None).exists()
    assert books.balances(cooperative, [Code.DRAWER], LAST)[Code.DRAWER] == 0
    box_idr = 0
    for line in (
        Line.objects.of(cooperative).filter(account__code=Code.CASH).order_by("journal__number")
    ):
        box_idr += line.debit_idr - line.credit_idr
        assert box_idr >= 0
    off = {abs(shift.difference_idr) for shift in shifts}
    assert off <= {0, 500, 1_000, 2_000}


def test_the_flagship_sells_with_packs_prices_rules_and_colours(cast, monkeypatch):
    plan = replace(TRADING[2], opened=date(2025, 10, 18), members=6, waiting=1)
    # What its members do needs more of them, and is tested in test_membership.py.
    monkeypatch.setattr(membership, "tell", lambda *_args, **_names: None)
    monkeypatch.setattr(story, "extra_months", lambda _plan: 1)
    part = story.Part(plan.kelurahan, "Gedawang", 1, plan)
    cooperative = story.tell(part, Calendar(date(2026, 11, 22)), cast)
    with scope.cooperative(cooperative.pk):
        assert checks.differences(cooperative) == []
        unit = BusinessUnit.objects.of(cooperative).get()
        goods = shelf.till_goods(cooperative, unit, on=date(2026, 11, 23))
        assert sum(len(each["packs"]) for each in goods) == 2
        assert sum(len(each["prices"]) for each in goods) == 1
        (ruled,) = (each for each in goods if each["rules"])
        assert (ruled["name"], ruled["rules"][0]["ceiling_idr"]) == ("LPG 3 kg", 18_000)
        assert sum(each["is_service"] for each in goods) == 2
        assert {each["colour"] for each in goods} >= {"green", "orange", "blue"}
        assert settings_queries.settings_of(cooperative).qris_payload


def test_the_flagships_buyers_pay_in_every_way(cast, monkeypatch):
    plan = replace(TRADING[2], opened=date(2025, 9, 20), members=60, waiting=1)
    monkeypatch.setattr(cooperatives, "GEDAWANG_FIRST", (60, 60 * 400_000))
    monkeypatch.setattr(membership, "tell", lambda *_args, **_names: None)
    monkeypatch.setattr(story, "extra_months", lambda _plan: 1)
    part = story.Part(plan.kelurahan, "Gedawang", 1, plan)
    cooperative = story.tell(part, Calendar(LAST), cast)
    with scope.cooperative(cooperative.pk):
        assert checks.differences(cooperative) == []
        paid = SalePayment.objects.of(cooperative).values_list("method", flat=True)
        assert set(paid) == set(Method)
        assert {one.state for one in queries.find(cooperative, Wanted())} >= {
            State.WAITING,
            State.ARRIVED,
            State.SETTLED,
            State.MISSING,
        }
        assert CreditPayment.objects.of(cooperative).exists()
        kinds = SaleReturn.objects.of(cooperative).values_list("kind", flat=True)
        assert ReturnKind.RETURN in kinds
        assert books.balances(cooperative, [Code.DRAWER], LAST)[Code.DRAWER] == 0


@pytest.mark.parametrize("amount_idr", [0, 100, 188_800, 1_234_500])
def test_an_amount_is_counted_in_notes_and_coins(amount_idr):
    assert till.pieces(amount_idr).total_idr == amount_idr


def test_one_that_does_not_trade_has_its_legal_papers(cast):
    part = story.Part("33.74.01.1001", "Miroto", 0, None)
    cooperative = story.tell(part, Calendar(LAST), cast)
    assert cooperative.ahu_number.startswith("CONTOH")


def test_a_database_that_is_not_marked_is_refused(db):
    with pytest.raises(CommandError, match="not marked"):
        call_command("load_demo")


def test_a_database_in_use_is_left_alone(melati):
    call_command("load_demo", "--if-empty")
    assert not Installation.objects.get().is_demo


def test_a_database_in_use_cannot_become_a_demo(melati):
    with pytest.raises(loading.NotADemo):
        loading.mark()


def test_a_loaded_demo_is_not_loaded_twice(agus, monkeypatch):
    Installation.objects.update(is_demo=True)
    monkeypatch.setattr(loading, "is_loaded", lambda: True)
    call_command("load_demo", "--if-empty")
    with pytest.raises(CommandError, match="already loaded"):
        call_command("load_demo")
