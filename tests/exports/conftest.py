"""Small lists to take out, and a look into the files."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member
from members.register.services import membership
from members.register.services.membership import Particulars
from tests.conftest import MONDAY

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def rows_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    """The cells of one sheet, row by row."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found: Sequence[Any] = book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    return [list(row) for row in found]


def table_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    """The head of the table and its rows, without what stands above."""
    return rows_of(content, sheet)[5:]


@pytest.fixture
def colleague(melati: Cooperative, agus: User) -> User:
    """Another membership clerk, who may take out all that Rini may."""
    user = User.objects.create_user("ratna", password="x", name="Ratna (rekaan)")
    roles.grant(user=user, role=Role.MEMBERSHIP_CLERK, cooperative=melati, by=agus)
    return user


@pytest.fixture
def crowd(melati: Cooperative, rini: Any) -> list[Member]:
    """Three people, committed where the test commits."""
    with scope.cooperative(melati.pk):
        return [
            membership.register(
                cooperative=melati,
                particulars=Particulars(name=f"{name} (rekaan)", rw=rw),
                on=MONDAY,
                by=rini,
            )
            for name, rw in (("Ani", "001"), ("Beni", "002"), ("Cici", "002"))
        ]
