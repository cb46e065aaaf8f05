"""Rows that a test tries to write against the rules of their tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from finance.ledger.services import ledger
from kkmp.lib.ids import new_id
from shops.drawers.services import movements, shifts
from shops.models import (
    CashReason,
    SaleLine,
    SalePayment,
)
from shops.returns.services import returns
from shops.till import queries
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, fill_cash_box, open_shift


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The database says no, at the statement or when the transaction would end."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), _at_commit():
        yield


@contextmanager
def _at_commit() -> Iterator[None]:
    yield
    connection.check_constraints()


def copied(row, **changes):
    """A new row like this one, with changes."""
    names = [field.attname for field in row._meta.concrete_fields]
    values = {name: getattr(row, name) for name in names} | {"id": new_id()} | changes
    return type(row)(**values)


def insert(row, **changes) -> None:
    copied(row, **changes).save(force_insert=True)


def is_written_once(table: str) -> None:
    """What stands in it the application can neither change nor delete."""
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with refused("permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)


def breaks(rule, row, **changes):
    with refused(rule):
        insert(row, **changes)


@pytest.fixture
def shift(gerai, sari):
    return open_shift(gerai, sari, float_idr=100_000)


@pytest.fixture
def sale(sell, gula, shift):
    return sell((gula, "2"), needs_shift=True, paid_idr=50_000)


@pytest.fixture
def line(sale):
    return SaleLine.objects.of(sale.cooperative_id).get(sale=sale)


@pytest.fixture
def payment(sale):
    return SalePayment.objects.of(sale.cooperative_id).get(sale=sale)


@pytest.fixture
def journal(in_melati, budi):
    return ledger.post(
        cooperative=in_melati,
        kind="manual",
        memo="x",
        entries=[ledger.debit("1-1101", 1), ledger.credit("4-9101", 1)],
        key=new_id(),
        on=MONDAY,
        by=budi,
    )


@pytest.fixture
def closed(shift):
    fill_cash_box(shift.cooperative, 100)
    movements.move_cash(
        shift=shift,
        reason=CashReason.CHANGE,
        amount_idr=100,
        note="",
        key=new_id(),
        at=MORNING,
        by=shift.cashier,
    )
    counted = shifts.Counted({100_000: 1, 100: 1})
    return shifts.close(
        shift=shift, counted=counted, note="", key=new_id(), at=MORNING, by=shift.cashier
    )


@pytest.fixture
def returned(sale, shift, sari, budi):
    return returns.take_back(
        sale=sale,
        quantities={queries.lines_of(sale)[0].id: Decimal(1)},
        reason="Rusak",
        key=new_id(),
        at=MORNING,
        approved=returns.Approved(sari, budi, shift),
    )
