"""A short story, told through the services: its books, stock and counters agree."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from finance import checks
from kkmp.demo import loading, story
from kkmp.demo.calendar import Calendar
from kkmp.demo.cooperatives import TRADING
from kkmp.registry import scope
from kkmp.registry.models import CooperativeFigures, Installation
from shops.models import Sale

LAST = date(2026, 11, 23)


@pytest.fixture
def cast(agus, dewi):
    return story.Cast(administrator=agus, officer=dewi, cashiers={})


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
