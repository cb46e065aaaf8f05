"""What the import says of every row of a members' list as a cooperative keeps it."""

import json
from datetime import date

import pytest

from kkmp.imports import preview, tables
from kkmp.imports.choices import Choices
from kkmp.imports.preview import Preview
from kkmp.lib import spreadsheet
from kkmp.registry.models import Cooperative
from members.models import Sex, Status
from members.takeover.kind import MemberList
from tests.imports.conftest import DATA

EXPECTED = json.loads((DATA / "anggota-gedawang.expected.json").read_text())
ON = date(2025, 10, 18)
STATUSES = {
    "lunas": Status.ACTIVE,
    "belum lengkap": Status.INCOMPLETE,
    "di RW": Status.LEAD,
}


@pytest.fixture
def found(in_melati: Cooperative) -> Preview:
    content = (DATA / "anggota-gedawang.xlsx").read_bytes()
    kind = MemberList()
    table = tables.find(spreadsheet.read(content), kind.columns)
    return preview.examine(kind, table, Choices(table.guess), cooperative=in_melati, on=ON)


def test_every_row_gets_its_code(found: Preview) -> None:
    assert {row.number: row.verdict.code for row in found.rows if not row.skip} == {
        expected["row"]: expected["expect"] for expected in EXPECTED
    }


def test_every_row_is_read_as_expected(found: Preview) -> None:
    for expected in EXPECTED:
        verdict = found.row(expected["row"]).verdict
        person = verdict.value.particulars
        assert verdict.amounts == {
            "principal": expected["pokok"],
            "mandatory": expected["wajib"],
            "voluntary": expected["sukarela"],
        }, expected
        assert person.birth_date == date.fromisoformat(expected["born"]), expected
        assert person.sex == (Sex.FEMALE if expected["female"] else Sex.MALE), expected
        assert person.is_civil_servant is expected["asn"], expected
        assert verdict.value.status == STATUSES[expected["status"]], expected
        if expected["expect"] == "ok":
            assert person.nik.digits == expected["nik"]
            assert not verdict.warnings, expected
            assert person.rt
            assert person.rw
