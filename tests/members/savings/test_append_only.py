"""What was recorded stays: held by a trigger for everybody, and by missing rights for us."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member, Paper, SavingsEntry, SavingsKind
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import receipts, savings
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

TABLES = ["members_savingsentry", "members_statuschange", "members_receiptprint"]


@pytest.fixture
def _rows(
    ayu: Member, voluntary: SavingsKind, tono: User, pay: Callable[..., SavingsEntry]
) -> None:
    receipts.issue(entry=pay(ayu, voluntary, 10_000), paper=Paper.A4, by=tono)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.usefixtures("_rows")
def test_the_application_has_no_right_to_change_it(table: str, statement: str, ayu: Member) -> None:
    statement += f" WHERE cooperative_id = '{ayu.cooperative_id}'"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(table))


@pytest.fixture
def _committed(melati: Cooperative, rini: User, tono: User) -> None:
    with scope.cooperative(melati.pk):
        member = membership.register(
            cooperative=melati, particulars=Particulars(name="Ayu", nik=NIKS[0]), on=MONDAY, by=rini
        )
        kind = SavingsKind.objects.of(melati).get(code="pokok")
        entry = savings.deposit(
            member=member, kind=kind, amount_idr=100_000, key=uuid4(), on=MONDAY, by=tono
        )
        receipts.issue(entry=entry, paper=Paper.A4, by=tono)


@pytest.mark.django_db(transaction=True)
@pytest.mark.raw_statements
@pytest.mark.usefixtures("_committed")
def test_not_even_the_owner_changes_it(as_owner: Callable[..., None]) -> None:
    for table in TABLES:
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"):
                as_owner(statement)
