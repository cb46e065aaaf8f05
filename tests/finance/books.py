"""Short ways to write into the books, for the stories in this folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.ledger.services.ledger import credit, debit
from finance.models import Account, Journal
from kkmp.lib.ids import new_id
from kkmp.registry.models import Cooperative
from tests.conftest import MONDAY


def post(cooperative: Cooperative, *entries: ledger.Entry, **changes: Any) -> Journal:
    """A journal of these entries; without any, Rp10.000 of voluntary savings in cash."""
    act: dict[str, Any] = {
        "kind": "manual",
        "memo": "Titipan (rekaan)",
        "entries": entries or (debit(Code.CASH, 10_000), credit(Code.VOLUNTARY_SAVINGS, 10_000)),
        "key": new_id(),
        "on": MONDAY,
        "by": None,
    }
    return ledger.post(cooperative=cooperative, **(act | changes))


def account(cooperative: Cooperative, code: str) -> Account:
    return Account.objects.of(cooperative).get(code=code)


@contextmanager
def refused(match: str) -> Iterator[None]:
    """What is done in here does not get past the database's rules, those at commit included."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()


def run(statement: str, *values: Any) -> int:
    """Raw SQL as the application; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def insert_journal(cooperative: Cooperative, **changes: Any) -> UUID:
    """A raw journal row of Rp100, without lines."""
    row: dict[str, Any] = {
        "cooperative_id": cooperative.pk,
        "id": new_id(),
        "number": 9_000,
        "date": MONDAY,
        "kind": "manual",
        "memo": "mentah",
        "key": new_id(),
        "content_hash": "",
        "amount_idr": 100,
        "reverses_id": None,
        "posted_at": "2026-11-23T10:00:00+07:00",
        "posted_by_id": None,
    } | changes
    return _insert("finance_journal", row)


def insert_line(cooperative: Cooperative, journal: UUID, **changes: Any) -> UUID:
    """A raw line: Rp100 debit to cash."""
    row: dict[str, Any] = {
        "cooperative_id": cooperative.pk,
        "id": new_id(),
        "journal_id": journal,
        "position": 1,
        "date": MONDAY,
        "account_id": None,
        "party_id": None,
        "unit_id": None,
        "debit_idr": 100,
        "credit_idr": 0,
    } | changes
    row["account_id"] = row["account_id"] or account(cooperative, Code.CASH).pk
    return _insert("finance_line", row)


def insert_pair(cooperative: Cooperative, journal: UUID, *, first: int = 1, **changes: Any) -> None:
    """A raw debit and credit of Rp100."""
    insert_line(cooperative, journal, position=first, **changes)
    insert_line(cooperative, journal, position=first + 1, debit_idr=0, credit_idr=100, **changes)


def insert_balance(cooperative: Cooperative, **changes: Any) -> UUID:
    """A raw balance of cash: nothing moved in November."""
    row: dict[str, Any] = {
        "cooperative_id": cooperative.pk,
        "id": new_id(),
        "month": "2026-11-01",
        "account_id": None,
        "debit_idr": 0,
        "credit_idr": 0,
    } | changes
    row["account_id"] = row["account_id"] or account(cooperative, Code.CASH).pk
    return _insert("finance_balance", row)


def insert_unit(cooperative: Cooperative) -> UUID:
    row = {
        "cooperative_id": cooperative.pk,
        "id": new_id(),
        "code": "sembako-rekaan",
        "name": "Sembako (rekaan)",
        "is_active": True,
    }
    return _insert("finance_businessunit", row)


def _insert(table: str, row: dict[str, Any]) -> UUID:
    places = ", ".join(["%s"] * len(row))
    run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", *row.values())
    return row["id"]
