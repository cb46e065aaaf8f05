"""A return, its lines and the money that went back: each rule of their tables is broken."""

import pytest
from django.db import DatabaseError

from finance.models import Journal
from kkmp.lib.ids import new_id
from shops.models import (
    Refund,
    ReturnedLine,
)
from tests.shops.conftest import KEY
from tests.shops.rules import breaks, insert, is_written_once, journal, returned, sale, shift

__all__ = ["journal", "returned", "sale", "shift"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"number": 2}, "shops_return_key"),
        ({"key": KEY}, "shops_return_number"),
        ({"key": KEY, "number": 2}, "shops_return_journal"),
        ({"key": KEY, "number": 2, "total_idr": -1}, "shops_return_amounts"),
        ({"key": KEY, "number": 2, "cost_idr": -1}, "shops_return_amounts"),
    ],
)
def test_a_return_keeps_its_rules(returned, changes, rule):
    breaks(rule, returned, **changes)


def test_a_sale_is_voided_once(returned, journal, budi):
    insert(returned, kind="void", number=2, key=KEY, journal_id=journal.pk)
    sales = Journal.objects.of(returned.cooperative).filter(kind="opening.stock").first()
    breaks(
        "shops_return_voided_once",
        returned,
        kind="void",
        number=3,
        key=new_id(),
        journal_id=sales.pk,
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_returnedline_once"),
        ({"quantity": 0}, "shops_returnedline_amounts"),
        ({"total_idr": -1}, "shops_returnedline_amounts"),
    ],
)
def test_a_line_that_came_back_keeps_its_rules(returned, changes, rule):
    breaks(rule, ReturnedLine.objects.of(returned.cooperative).get(), **changes)


@pytest.mark.parametrize(
    ("changes", "rule"), [({}, "shops_refund_once"), ({"amount_idr": 0}, "shops_refund_positive")]
)
def test_a_refund_keeps_its_rules(returned, changes, rule):
    breaks(rule, Refund.objects.of(returned.cooperative).get(), **changes)


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_salereturn", "shops_returnedline"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)


@pytest.mark.raw_statements
@pytest.mark.django_db(transaction=True)
def test_the_owner_does_not_change_a_sale_or_its_return_either(shop, sari, budi, as_owner):
    shop.undone_day(sari, budi)
    of_a_sale = ("sale", "saleline", "stockmovement", "salepayment")
    for table in (*of_a_sale, "countedcash", "salereturn", "returnedline", "refund"):
        for statement in (f"UPDATE shops_{table} SET id = id", f"DELETE FROM shops_{table}"):
            with pytest.raises(DatabaseError, match="append-only"):
                as_owner(statement)
