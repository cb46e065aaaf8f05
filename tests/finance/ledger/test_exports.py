"""The lists of the books: what stands in the files is what stands in the lines."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from finance.ledger import queries
from finance.ledger.accounts import Code
from finance.ledger.services import corrections
from finance.ledger.services.ledger import credit, debit
from finance.models import Party
from kkmp.lib.ids import new_id
from tests.conftest import MONDAY
from tests.exports.conftest import rows_of, table_of, taken, total_of
from tests.finance.books import post

OCTOBER, FIRST, LAST = date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 30)
SPAN = "since=2026-11-01&until=2026-11-30"


@pytest.fixture
def books(in_melati) -> Any:
    """Something of October, four journals of November, one of them undone, and one of December."""
    party = Party.objects.create(cooperative=in_melati, kind="person", name="Ani (rekaan)")
    post(in_melati, debit(Code.CASH, 900_000), credit(Code.BANK, 900_000), on=OCTOBER)
    post(
        in_melati,
        debit(Code.CASH, 150_000),
        credit(Code.PRINCIPAL_SAVINGS, 100_000, party=party),
        credit(Code.VOLUNTARY_SAVINGS, 50_000, party=party),
        on=FIRST,
        memo="Setoran Ani (rekaan)",
    )
    post(in_melati, debit(Code.BANK, 70_000), credit(Code.CASH, 70_000), on=MONDAY)
    wrong = post(in_melati, debit(Code.CASH, 5), credit(Code.BANK, 5), on=MONDAY)
    corrections.reverse(journal=wrong, reason="salah", key=new_id(), on=LAST, by=None)
    post(in_melati, debit(Code.CASH, 33), credit(Code.BANK, 33), on=date(2026, 12, 1))
    return in_melati


def by_account(table: list[list[Any]]) -> dict[str, tuple[int, int]]:
    """Debits and credits of the sheet of lines, added up by the code of the account."""
    head, *rows = table
    code, owed, owing = (head.index(title) for title in ("Kode akun", "Debit", "Kredit"))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row[code]][0] += row[owed] or 0
        sums[row[code]][1] += row[owing] or 0
    return {code: (owed, owing) for code, (owed, owing) in sums.items()}


def moved(cooperative: Any, since: date, until: date) -> dict[str, tuple[int, int]]:
    """What moves on each account between two trial balances."""
    before = queries.trial_balance(cooperative, date.fromordinal(since.toordinal() - 1)).rows
    after = queries.trial_balance(cooperative, until).rows
    pairs = {
        b.account.code: (b.debited_idr - a.debited_idr, b.credited_idr - a.credited_idr)
        for a, b in zip(before, after, strict=True)
    }
    return {code: pair for code, pair in pairs.items() if any(pair)}


def test_the_lines_of_the_journals_add_up_to_the_trial_balance(books):
    lines = by_account(table_of(taken("journals", books, SPAN), 1))
    assert lines == {
        Code.CASH: (150_005, 70_005),
        Code.BANK: (70_005, 5),
        Code.PRINCIPAL_SAVINGS: (0, 100_000),
        Code.VOLUNTARY_SAVINGS: (0, 50_000),
    }
    assert lines == moved(books, date(2026, 11, 1), LAST)


def test_the_lines_name_journal_account_party_and_both_sides(books):
    head, *rows = table_of(taken("journals", books, SPAN), 1)
    first = [dict(zip(head, row, strict=True)) for row in rows if row[0] == "2"]
    assert [(row["Akun"], row["Debit"], row["Kredit"]) for row in first] == [
        ("Kas besar", 150_000, ""),
        ("Simpanan pokok", "", 100_000),
        ("Simpanan sukarela", "", 50_000),
    ]
    assert {row["Keterangan"] for row in first} == {"Setoran Ani (rekaan)"}
    assert [row["Atas nama"] for row in first] == ["", "Ani (rekaan)", "Ani (rekaan)"]
    assert {row["Tanggal"] for row in first} == {FIRST}


def test_the_two_sides_and_the_journals_come_to_the_same(books):
    content = taken("journals", books, SPAN)
    journals, lines, sums = (total_of(content, at) for at in range(3))
    assert journals["Jumlah uang"] == 220_010
    assert (lines["Debit"], lines["Kredit"]) == (220_010, 220_010)
    assert (sums["Debit"], sums["Kredit"]) == (220_010, 220_010)
    assert len(table_of(content, 2)) == 1 + 4


def test_lines_of_journals_that_are_filtered_are_whole_journals(books):
    lines = by_account(table_of(taken("journals", books, SPAN + "&q=Ani"), 1))
    assert lines == {
        Code.CASH: (150_000, 0),
        Code.PRINCIPAL_SAVINGS: (0, 100_000),
        Code.VOLUNTARY_SAVINGS: (0, 50_000),
    }


def test_the_trial_balance_is_that_of_the_day(books):
    content = taken("trial_balance", books, "date=2026-11-30")
    assert table_of(content)[1:] == [
        ["Kas besar", "1-1101", 980_000, 0],
        ["Bank", "1-1111", 0, 830_000],
        ["Simpanan sukarela", Code.VOLUNTARY_SAVINGS, 0, 50_000],
        ["Simpanan pokok", Code.PRINCIPAL_SAVINGS, 0, 100_000],
    ]
    total = total_of(content)
    assert (total["Debit"], total["Kredit"]) == (980_000, 980_000)
    assert rows_of(content)[2][0] == "Pada akhir hari: 30 November 2026"


def test_accounts_without_a_balance_stand_in_the_file_when_asked_for(books):
    assert len(table_of(taken("trial_balance", books, "zero=on"))) > 40


def test_the_ledger_of_an_account_brings_forward_and_ends_with_its_balance(books):
    content = taken("account_book", books, f"account={Code.CASH}&{SPAN}")
    head, before, *rows = table_of(content)
    balance = head.index("Saldo")
    assert (before[0], before[balance]) == ("Sebelum 1 November 2026", 900_000)
    assert [row[balance] for row in rows] == [1_050_000, 980_000, 980_005, 980_000]
    total = total_of(content)
    assert (total["Debit"], total["Kredit"], total["Saldo"]) == (150_005, 70_005, 980_000)
    assert total["Keterangan"] == "Total · 4 baris"


def test_a_ledger_without_movement_says_what_stands_there(books):
    content = taken("account_book", books, f"account={Code.CASH}&since=2026-11-10&until=2026-11-11")
    assert total_of(content)["Saldo"] == 1_050_000
    assert len(table_of(content)) == 2


def test_a_ledger_of_no_account_is_empty_and_of_no_other(books):
    for asked in ("", "account=9-9999", "account=%00"):
        assert len(table_of(taken("account_book", books, asked))) == 1


def test_another_cooperative_is_in_no_file(books, mawar):
    """The chart is the same everywhere, so that only the lines tell."""
    for code in ("journals", "trial_balance"):
        assert len(table_of(taken(code, mawar))) == 1
