"""The guard itself is tried on statements that must and must not pass."""

import pytest

from finance.models import Line
from members.models import Member
from tests.guards.statements import UnnamedCooperative, unnamed_tables


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM members_member",
        "SELECT * FROM members_member m WHERE m.id = %s",
        "SELECT * FROM members_member m JOIN finance_party p ON p.id = m.party_id"
        " WHERE m.cooperative_id = %s",
        "UPDATE members_member SET name = %s WHERE id = %s",
        "DELETE FROM finance_balance WHERE id = %s",
        "INSERT INTO finance_party (id, name) VALUES (%s, %s)",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM finance_line WHERE journal_id = %s)",
    ],
)
def test_a_statement_that_looks_at_every_cooperative_is_caught(statement):
    assert unnamed_tables(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM registry_kelurahan",
        "SELECT * FROM members_member m WHERE m.cooperative_id = %s",
        "SELECT * FROM members_member m JOIN finance_party p ON p.id = m.party_id"
        " AND p.cooperative_id = m.cooperative_id WHERE m.cooperative_id = %s",
        "UPDATE members_member SET name = %s WHERE cooperative_id = %s AND id = %s",
        "INSERT INTO finance_party (cooperative_id, id, name) VALUES (%s, %s, %s)",
        "SAVEPOINT members_member",
    ],
)
def test_a_statement_that_names_the_cooperative_passes(statement):
    assert not unnamed_tables(statement)


def test_a_careless_query_fails_its_test(in_melati):
    with pytest.raises(UnnamedCooperative):
        Member.objects.filter(name="Sari").exists()


def test_joins_and_look_ups_of_tenant_keys_name_it_by_themselves(in_melati):
    list(Line.objects.of(in_melati).select_related("journal", "account").order_by("id"))
    list(Line.objects.of(in_melati).filter(account__code="1-1101").order_by("id"))
