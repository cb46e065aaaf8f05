"""What was written once stays: neither the application nor the owner of the tables changes it."""

import pytest
from django.db import DatabaseError, connection

from tests.shops.rules import refused

WRITTEN_ONCE = [
    "sale",
    "saleline",
    "stockmovement",
    "salepayment",
    "settlement",
    "confirmation",
    "creditpayment",
    "voucherbatch",
    "countedcash",
    "cashmovement",
    "salereturn",
    "returnedline",
    "refund",
    "receiptcopy",
]


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_the_application_changes_nothing_that_was_written(in_melati, table):
    for statement in (f"UPDATE shops_{table} SET id = id", f"DELETE FROM shops_{table}"):
        with refused("permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.raw_statements
@pytest.mark.django_db(transaction=True)
def test_nor_does_the_owner(shop, sari, budi, as_owner):
    shop.undone_day(sari, budi)
    of_a_sale = ("sale", "saleline", "stockmovement", "salepayment")
    for table in (*of_a_sale, "countedcash", "salereturn", "returnedline", "refund"):
        for statement in (f"UPDATE shops_{table} SET id = id", f"DELETE FROM shops_{table}"):
            with pytest.raises(DatabaseError, match="append-only"):
                as_owner(statement)
