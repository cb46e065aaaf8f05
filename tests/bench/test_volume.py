"""Years of sales made of one day agree with themselves as that day does."""

from datetime import date

import pytest
from django.db import connection

from finance.ledger.checks import differences
from kkmp.bench import growth, volume
from kkmp.city.figures.services import rebuild
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from shops.models import Sale
from tests.conftest import MONDAY

DAYS, A_DAY = 3, 40


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(growth, "A_DAY", A_DAY)
    monkeypatch.setattr(growth, "GOODS", 5)
    monkeypatch.setattr(growth.one_day, "MEMBERS", 3)
    monkeypatch.setenv("BENCH_SALES", str(A_DAY * DAYS))
    monkeypatch.setattr(volume, "VACUUM", "ANALYZE")


@pytest.mark.empty_house
@pytest.mark.raw_statements
@pytest.mark.django_db(transaction=True)
def test_each_day_is_written_once_more_and_everything_agrees():
    world = growth.build(MONDAY, lambda _text: None)
    day = growth.days_of(world)[0]
    volume.multiply([day], world["times"], MONDAY)
    cooperative = Cooperative.objects.get(pk=day.cooperative)
    with scope.cooperative(cooperative.pk):
        sold = Sale.objects.of(cooperative).order_by("number")
        assert [sale.number for sale in sold] == list(range(1, A_DAY * DAYS + 1))
        assert {sale.date for sale in sold} == {date(2026, 11, 21), date(2026, 11, 22), MONDAY}
        assert differences(cooperative) == []
        assert rebuild.compare(cooperative=cooperative) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
        )
        assert cursor.fetchone() == (0,)
