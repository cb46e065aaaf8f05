"""Where payments stand: kept as they are confirmed and returned, and read without the others."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kkmp.registry import scope
from shops.models import Arrival, Method
from shops.settling import queries
from shops.settling.queries import MOST_ADDED, State, Wanted
from shops.settling.services import arrivals, confirming
from tests.conftest import MONDAY
from tests.shops.payments.paying import payment_of, take_back, tenders

WAITING = Wanted(states=[State.WAITING])


@pytest.fixture
def pay(sell, gula):
    """A pack of sugar, paid by QRIS."""
    return lambda **given: payment_of(
        sell((gula, "1"), payments=tenders(Method.QRIS, 17_500), **given)
    )


@pytest.fixture
def confirm(in_melati, tono):
    return lambda *paid: confirming.confirm(
        cooperative=in_melati, ids=[one.id for one in paid], on=MONDAY, by=tono
    )


def stands(payment):
    row = Arrival.objects.of(payment.cooperative_id).get(id=payment.id)
    return row.state, row.left_idr


def test_a_payment_stands_where_the_last_word_left_it(pay, confirm, in_melati, tono):
    paid = pay()
    assert stands(paid) == ("waiting", 17_500)
    confirm(paid)
    assert stands(paid) == ("arrived", 17_500)
    confirming.record_missing(
        cooperative=in_melati, id=paid.id, note="Tidak ada", on=MONDAY, by=tono
    )
    assert stands(paid) == ("missing", 17_500)
    confirm(paid)
    assert stands(paid) == ("arrived", 17_500)
    assert arrivals.differences(in_melati) == []


def test_what_was_returned_before_it_came_waits_no_more(
    pay, gula, sell, shift, sari, budi, in_melati
):
    sale = sell((gula, "1"), payments=tenders(Method.QRIS, 17_500))
    take_back(sale, shift, sari, budi)
    assert stands(payment_of(sale)) == ("returned", 0)
    assert queries.added_up(in_melati, WAITING).count == 0
    assert arrivals.differences(in_melati) == []


def _rows_read(plan: dict[str, Any]) -> int:
    """What the plan's scans have looked at, kept or not."""
    own = 0
    if "Relation Name" in plan:
        own = plan["Actual Rows"] * plan["Actual Loops"] + plan.get("Rows Removed by Filter", 0)
    return own + sum(_rows_read(each) for each in plan.get("Plans", []))


@pytest.mark.raw_statements
def test_those_that_wait_are_found_without_those_that_came(pay, confirm, in_melati):
    def read() -> int:
        rows = queries.arrivals(in_melati, WAITING).order_by("date", "id")[:51]
        sql, params = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
            told = cursor.fetchone()[0]
        plan = told if isinstance(told, list) else json.loads(told)
        return _rows_read(plan[0]["Plan"])

    waiting = [pay() for _ in range(3)]
    few = read()
    confirm(*[pay() for _ in range(40)])
    assert read() == few == len(waiting)


def test_too_many_to_add_up_are_said_to_be_more(pay, in_melati, monkeypatch):
    assert MOST_ADDED == 10_000
    monkeypatch.setattr(queries, "MOST_ADDED", 2)
    for _ in range(2):
        pay()
    assert queries.added_up(in_melati, WAITING) == queries.Sum(2, 35_000)
    pay()
    assert queries.added_up(in_melati, WAITING) == queries.Sum(2, 0, is_more=True)


def test_a_row_that_is_wrong_is_named_and_put_right(shop, sari, capsys):
    shop.sell(sari, (shop.gula, "1"), payments=tenders(Method.QRIS, 17_500))
    with scope.cooperative(shop.cooperative.pk):
        Arrival.objects.of(shop.cooperative).update(state="settled")
        (found,) = arrivals.differences(shop.cooperative)
        assert (found.day, found.counted, found.kept) == (MONDAY, 1, 1)
    with pytest.raises(CommandError):
        call_command("check_figures", shop.cooperative.code, fix=True)
    assert "shops_arrival" in capsys.readouterr().out
    with scope.cooperative(shop.cooperative.pk):
        assert arrivals.differences(shop.cooperative) == []
        assert Arrival.objects.of(shop.cooperative).get().state == "waiting"
