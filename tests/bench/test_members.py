"""What the benchmark builds is what the system would have written itself."""

from random import Random

import pytest

from finance.ledger.checks import differences
from kkmp.bench import members, people
from kkmp.imports import preview, tables
from kkmp.imports.choices import Choices
from kkmp.lib import spreadsheet
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.dues.queries import arrears
from members.models import Member, SavingsEntry
from members.savings import checks
from members.takeover.kind import MemberList
from tests.conftest import MONDAY


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(members, "MEMBERS", 20)
    monkeypatch.setattr(members, "MONTHS", 12)
    monkeypatch.setattr(members, "ROWS", 20)
    monkeypatch.setattr(members, "_analyze", lambda: None)


def test_no_two_people_share_an_identity_number():
    random = Random("test")
    niks = {
        people.person(serial, random).nik for serial in (*range(2000), *range(500_000, 500_500))
    }
    assert len(niks) == 2500


@pytest.mark.empty_house
def test_the_register_has_five_years_in_books_that_agree(db):
    said = []
    world = members.build(MONDAY, said.append)
    full = Cooperative.objects.get(code=world["full"])
    with scope.cooperative(full.pk):
        assert Member.objects.of(full).with_status("active").count() == 20
        assert SavingsEntry.objects.of(full).count() > 150
        assert checks.savings_differences(full) == []
        assert not differences(full)
        rules = arrears.Rules.of(full)
        assert arrears.behind(arrears.active(full, rules), rules, on=MONDAY).exists()
    assert said[0] == "20 members"


def test_every_row_of_the_list_can_be_imported(melati):
    kind = MemberList()
    table = tables.find(spreadsheet.read(members.spreadsheet(MONDAY)), kind.columns)
    with scope.cooperative(melati.pk):
        found = preview.examine(kind, table, Choices(table.guess), cooperative=melati, on=MONDAY)
    assert len(found.ready) == 20, [row.why for row in found.of(preview.State.PROBLEM)]


@pytest.mark.django_db(transaction=True)
def test_the_bare_insert_leaves_nothing_behind(melati):
    assert members.raw_insert(melati.code) > 0
    with scope.cooperative(melati.pk):
        assert not Member.objects.of(melati).exists()
