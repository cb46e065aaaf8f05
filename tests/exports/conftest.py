"""Small lists to take out, and a look into the files."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.exports import lists, workbook
from kkmp.exports.lists import ListRequest
from kkmp.exports.workbook import Heading
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
    """The head of the table and its rows, without what stands above and the total below."""
    table = rows_of(content, sheet)[5:]
    return table[:-1] if len(table) > 1 and str(table[-1][0]).startswith("Total · ") else table


def total_of(content: bytes, sheet: int = 0) -> dict[str, Any]:
    """What stands below each column, by the column's title; the first says how many rows."""
    head, *_rows, total = rows_of(content, sheet)[5:]
    return dict(zip(head, total, strict=True))


def taken(code: str, cooperative: Cooperative, query: str = "", on: date = MONDAY) -> bytes:
    """The file of one list, as somebody at the cooperative takes it out."""
    content = lists.by_code(code).content(ListRequest(cooperative, QueryDict(query), on))
    return workbook.write(content, Heading(cooperative.name, NOW, "Tono (rekaan)"))[0]


def xml_of(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    """A part of the file as it is written."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def shown_as(content: bytes, cell: str) -> str:
    """The format by which a cell of the first sheet shows its number."""
    found = re.search(rf'<c r="{cell}" s="(\d+)"', xml_of(content))
    assert found, cell
    styles = xml_of(content, "xl/styles.xml")
    formats = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    kinds = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])
    return formats.get(kinds[int(found[1])], f"built-in {kinds[int(found[1])]}")


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
