"""The files that cooperatives send, and small ones made for a test."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kkmp.access.models import User
from kkmp.imports.models import ImportBatch
from kkmp.imports.services import batches
from kkmp.registry.models import Cooperative
from members.takeover.kind import MemberList

DATA = Path(__file__).resolve().parent.parent / "data"
#: The day of the list of Gedawang's members.
LISTED = date(2025, 10, 18)
NOW = datetime(2025, 10, 18, 3, 0, tzinfo=UTC)
MEMBER_TITLES = ("No", "Nama", "NIK", "Alamat", "Tgl Daftar", "Simp. Pokok", "Simp. Wajib",
                 "Simp. Sukarela", "Status")  # fmt: skip


@pytest.fixture(scope="session")
def members_file() -> bytes:
    return (DATA / "anggota-gedawang.xlsx").read_bytes()


@pytest.fixture(scope="session")
def goods_file() -> bytes:
    return (DATA / "barang-gedawang.xlsx").read_bytes()


def xlsx(*rows: Sequence[Any]) -> bytes:
    """A workbook with these rows."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Data")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return buffer.getvalue()


def sheets(hidden: Sequence[str] = (), **rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these sheets, some of them hidden."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    for name, of_sheet in rows.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(of_sheet):
            sheet.write_row(at, 0, row)
        if name in hidden:
            sheet.hide()
        else:
            sheet.activate()
    book.close()
    return buffer.getvalue()


def listed(number: int, name: str, nik: str = "", **more: str) -> tuple[Any, ...]:
    """A row of a list of members; by default a member who has paid the principal."""
    nik = nik or f"33741101018000{number:02d}"
    cells = {"principal": "100.000", "mandatory": "", "voluntary": "", "status": "lunas"} | more
    return (number, name, nik, "Jl. Mawar 1", "01/09/2025", cells["principal"],
            cells["mandatory"], cells["voluntary"], cells["status"])  # fmt: skip


@pytest.fixture
def upload(in_melati: Cooperative, rini: User) -> Callable[..., ImportBatch]:
    """Rini sends a file of members."""

    def send(content: bytes, kind: Any = None) -> ImportBatch:
        return batches.upload(
            cooperative=in_melati, kind=kind or MemberList(), content=content,
            filename="daftar.xlsx", on=LISTED, at=NOW, by=rini,
        )  # fmt: skip

    return send
