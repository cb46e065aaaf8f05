"""Every way in which books can be damaged is done to them, and named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from finance.ledger import checks
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.conftest import MONDAY
from tests.finance.books import post

pytestmark = [
    pytest.mark.raw_statements,
    pytest.mark.usefixtures("english"),
]
with_commits = pytest.mark.django_db(transaction=True)


def check_books(*arguments):
    """What the command says, and the code it ends with."""
    said = StringIO()
    try:
        call_command("check_books", *arguments, stdout=said)
    except CommandError as error:
        return f"{said.getvalue()}{error}", error.returncode
    return said.getvalue(), 0


@pytest.fixture
def damaged(melati, mawar, as_owner):
    """Two cooperatives with two journals each, the second undoing the first; then damage."""
    for cooperative in (melati, mawar):
        with scope.cooperative(cooperative.pk):
            journal = post(cooperative)
            ledger.reverse(journal=journal, memo="Salah", key=new_id(), on=MONDAY, by=None)

    def damage(table, statement):
        as_owner(
            f"ALTER TABLE {table} DISABLE TRIGGER USER;"
            f"{statement.format(melati=melati.pk, mawar=mawar.pk)};"
            f"ALTER TABLE {table} ENABLE TRIGGER USER"
        )
        return check_books()

    return damage


@with_commits
def test_good_books_agree(damaged):
    said, code = damaged("finance_line", "SELECT 1")
    assert code == 0
    assert said == "2 cooperatives checked: the books agree.\n"


OF_MELATI = "cooperative_id = '{melati}'"


@with_commits
@pytest.mark.parametrize(
    ("table", "statement", "named"),
    [
        (
            "finance_line",
            f"UPDATE finance_line SET debit_idr = 9999 WHERE {OF_MELATI} AND debit_idr > 0"
            f" AND journal_id = (SELECT id FROM finance_journal WHERE {OF_MELATI} AND number = 1)",
            "Journal 1 is of Rp\xa010,000, but its debits add up to Rp\xa09,999 and its credits to "
            "Rp\xa010,000.",
        ),
        (
            "finance_line",
            f"DELETE FROM finance_line WHERE {OF_MELATI} AND journal_id ="
            f" (SELECT id FROM finance_journal WHERE {OF_MELATI} AND number = 2)",
            "Journal 2 is of Rp\xa010,000, but its debits add up to Rp\xa00 and its credits to "
            "Rp\xa00.",
        ),
        (
            "finance_journal",
            f"UPDATE finance_journal SET amount_idr = 500 WHERE {OF_MELATI} AND number = 1",
            "Journal 1 is of Rp\xa0500, but its debits add up to Rp\xa010,000",
        ),
        (
            "finance_line",
            f"UPDATE finance_line SET date = '2026-11-22' WHERE {OF_MELATI} AND position = 2"
            f" AND journal_id = (SELECT id FROM finance_journal WHERE {OF_MELATI} AND number = 1)",
            "Journal 1 is of 23 November 2026, but its line 2 of 22 November 2026.",
        ),
        (
            "finance_journal",
            f"UPDATE finance_journal SET number = 7 WHERE {OF_MELATI} AND number = 2",
            "Journals 2 to 6 are missing.",
        ),
        (
            "registry_documentcounter",
            f"UPDATE registry_documentcounter SET last = 5 WHERE {OF_MELATI}"
            " AND series = 'journal'",
            "Journals 3 to 5 are missing.",
        ),
        (
            "finance_line",
            f"UPDATE finance_line SET account_id = (SELECT id FROM finance_account WHERE"
            f" {OF_MELATI} AND code = '1-1111') WHERE {OF_MELATI} AND position = 1 AND journal_id ="
            f" (SELECT id FROM finance_journal WHERE {OF_MELATI} AND number = 2)",
            "Journal 2 does not mirror journal 1, which it reverses.",
        ),
        (
            "finance_balance",
            f"UPDATE finance_balance SET debit_idr = 5 WHERE {OF_MELATI} AND account_id ="
            f" (SELECT id FROM finance_account WHERE {OF_MELATI} AND code = '1-1101')",
            "November 2026, account 1-1101: the lines add up to debits of Rp\xa010,000 and credits "
            "of Rp\xa010,000, the balance kept says Rp\xa05 and Rp\xa010,000.",
        ),
        (
            "finance_balance",
            f"DELETE FROM finance_balance WHERE {OF_MELATI} AND account_id ="
            f" (SELECT id FROM finance_account WHERE {OF_MELATI} AND code = '2-1103')",
            "account 2-1103: the lines add up to debits of Rp\xa010,000 and credits of "
            "Rp\xa010,000, the balance kept says Rp\xa00 and Rp\xa00.",
        ),
        (
            "finance_balance",
            f"UPDATE finance_balance SET month = '2026-07-01' WHERE {OF_MELATI}",
            "July 2026, account 1-1101: the lines add up to debits of Rp\xa00",
        ),
        (
            "finance_account",
            f"DELETE FROM finance_account WHERE {OF_MELATI} AND code = '7-1101'",
            "Account 7-1101 is missing from the chart.",
        ),
        (
            "finance_account",
            f"UPDATE finance_account SET kind = 'equity' WHERE {OF_MELATI} AND code = '2-1103'",
            "Account 2-1103 is not of the kind that the chart gives it.",
        ),
    ],
    ids=[
        "line changed",
        "lines gone",
        "journal changed",
        "misdated",
        "journal missing",
        "last journal missing",
        "unlike its original",
        "balance changed",
        "balance gone",
        "balance of another month",
        "account missing",
        "account of another kind",
    ],
)
def test_damage_is_named_in_its_cooperative_only(damaged, melati, mawar, table, statement, named):
    said, code = damaged(table, statement)
    assert code == 1
    assert f"{melati.code} {melati.name}: " in said
    assert named in said
    assert mawar.code not in said


@with_commits
def test_one_cooperative_can_be_checked_alone(damaged, melati, mawar):
    damaged("finance_balance", f"UPDATE finance_balance SET debit_idr = 5 WHERE {OF_MELATI}")
    assert check_books("--cooperative", melati.code)[1] == 1
    assert check_books("--cooperative", mawar.code) == (
        "1 cooperatives checked: the books agree.\n",
        0,
    )


@with_commits
def test_a_cooperative_that_is_not_there_is_named():
    said, code = check_books("--cooperative", "0000000000")
    assert code == 1
    assert "0000000000" in said


@with_commits
def test_apps_above_plug_in_what_only_they_can_compare(melati, mawar, monkeypatch):
    monkeypatch.setattr(checks, "_plugged_in", [])

    def savings(cooperative):
        return ["Sari has more in her book."] if cooperative == mawar else []

    checks.register(savings)
    checks.register(savings)
    said, code = check_books()
    assert (said.count("Sari has more in her book."), code) == (1, 1)
    assert f"{mawar.code} {mawar.name}: Sari" in said


@with_commits
@pytest.mark.empty_house
def test_the_books_are_read_as_they_stand_at_one_moment(melati, monkeypatch):
    """A posting that comes in between two checks is not taken for a difference."""
    seen = []

    def isolation(cooperative):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            seen.extend(cursor.fetchone())
            cursor.execute("SHOW transaction_read_only")
            seen.extend(cursor.fetchone())
        return []

    monkeypatch.setattr(checks, "_plugged_in", [isolation])
    assert check_books()[1] == 0
    assert seen == ["repeatable read", "on"]


def test_within_a_transaction_the_books_are_read_as_that_sees_them(in_melati):
    post(in_melati, ledger.debit(Code.CASH, 10_000), ledger.credit(Code.BANK, 10_000))
    assert check_books("--cooperative", in_melati.code)[1] == 0
