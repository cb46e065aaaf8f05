"""No day and no amount goes beyond its bounds, whoever writes it."""

import json
import threading
from datetime import date
from itertools import count
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import override

from finance.ledger.accounts import Code
from finance.ledger.services.ledger import credit, debit
from finance.ledger.services.refusals import PostingRefused
from finance.models import Journal
from kkmp.lib.ids import new_id
from kkmp.lib.money import MAX_IDR
from kkmp.registry import bounds
from kkmp.registry.management.commands import migrate
from kkmp.registry.models import Cooperative
from tests.conftest import MONDAY
from tests.finance.books import post

pytestmark = pytest.mark.raw_statements


def entry(**changes):
    amount_idr = changes.pop("amount_idr", 10_000)
    line = {"party": None, "unit": None}
    return {
        "id": str(new_id()), "key": str(new_id()), "date": MONDAY.isoformat(),
        "kind": "manual", "memo": "Coba", "content_hash": "", "reverses": None, "by": None,
        "amount_idr": amount_idr,
        "lines": [
            line | {"id": str(new_id()), "position": 1, "code": "1-1101",
                    "debit_idr": amount_idr, "credit_idr": 0},
            line | {"id": str(new_id()), "position": 2, "code": "4-1301",
                    "debit_idr": 0, "credit_idr": amount_idr},
        ],
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2999-12-31"},
        {"date": "99999-01-01"},
        {"date": "0001-01-01"},
        {"amount_idr": 9 * 10**18},
        {"amount_idr": 10**17 + 1},
    ],
)
def test_a_journal_written_by_the_database_s_own_function_has_bounds(in_melati, changes):
    with (
        pytest.raises(IntegrityError, match="_bounds"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT finance_post(%s, %s)", [in_melati.pk, json.dumps(entry(**changes))])
    assert not Journal.objects.of(in_melati).exists()


@pytest.mark.parametrize(
    ("on", "amount_idr", "words"),
    [
        (date(2999, 12, 31), 10_000, "Look at the year"),
        (date(1, 1, 1), 10_000, "Look at the year"),
        (MONDAY, MAX_IDR + 1, "too large to be right"),
    ],
)
def test_the_service_says_so_in_words(in_melati, on, amount_idr, words):
    entries = (debit(Code.CASH, amount_idr), credit(Code.VOLUNTARY_SAVINGS, amount_idr))
    with override("en"), pytest.raises(PostingRefused, match=words):
        post(in_melati, *entries, on=on)


def test_every_day_moment_and_amount_has_bounds(db, case):
    """Read from the database: what the models name has its condition there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid), convalidated"
            " FROM pg_constraint WHERE conname LIKE '%\\_bounds'"
        )
        kept = {table: (text, is_valid) for table, text, is_valid in cursor.fetchall()}
    seen = count()
    for model in bounds.ours():
        columns = [
            field.column
            for field in model._meta.concrete_fields
            if isinstance(field, models.DateField)
            or (isinstance(field, models.BigIntegerField) and field.name.endswith("_idr"))
        ]
        for column in columns:
            with case(f"{model._meta.label}.{column}"):
                next(seen)
                text, is_valid = kept[model._meta.db_table]
                assert is_valid
                assert f"({column} >= " in text.replace('"', "")
                assert f"({column} <= " in text.replace('"', "")
    assert next(seen) > 150


def test_no_amount_hides_behind_another_name(case):
    """Rupiah end in ``_idr``; what else is a large number counts something."""
    counting = {"id", "number", "member_number", "last", "value", "active_members", "sales"}
    counting |= {"returns", "receipts", "journals"}
    for model in bounds.ours():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.BigIntegerField) and not field.name.endswith("_idr"):
                with case(f"{model._meta.label}.{field.name}"):
                    assert field.name in counting


@pytest.mark.django_db(transaction=True)
def test_a_change_of_a_table_lets_tills_go_on(melati: Cooperative, monkeypatch, capsys):
    """Somebody holds a table: the change gives up its place in the queue, and comes later."""
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "200ms")
    monkeypatch.setattr(bounds, "LAST_DAY", "2198-12-31")
    held, let_go = threading.Event(), threading.Event()
    # In the pause the others go on, and the table becomes free.
    monkeypatch.setattr(migrate, "time", SimpleNamespace(sleep=lambda _seconds: let_go.set()))

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM finance_journal")
            held.set()
            let_go.wait(60)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(30)
    call_command("migrate", verbosity=0)
    holder.join()
    assert "A table is in use; trying again" in capsys.readouterr().err
