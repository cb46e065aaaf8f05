from datetime import date

import pytest
from django.urls import reverse

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.ledger.services.ledger import credit, debit
from finance.models import Party
from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.conftest import MONDAY
from tests.finance.books import post


@pytest.fixture
def program(api_of, wati, melati):
    """The supervisor's, who may read the books."""
    client = api_of(wati, melati)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def posted(cooperative, *entries, **changes):
    with scope.cooperative(cooperative.pk):
        return post(cooperative, *entries, **changes)


def test_journals_come_the_last_posted_first(program, melati, tono):
    first = posted(melati, kind="savings.deposit", by=tono)
    second = posted(melati, on=date(2026, 11, 1))
    with scope.cooperative(melati.pk):
        ledger.reverse(journal=second, memo="Salah", key=new_id(), on=MONDAY, by=None)
    answer = program.get(reverse("api-journals")).json()
    assert [row["number"] for row in answer["results"]] == [3, 2, 1]
    assert [row["is_reversed"] for row in answer["results"]] == [False, True, False]
    assert answer["results"][0]["reverses"] == str(second.id)
    row = answer["results"][2]
    assert row.pop("posted_at")
    assert row == {
        "id": str(first.id),
        "number": 1,
        "date": "2026-11-23",
        "kind": "savings.deposit",
        "kind_label": "Savings deposit",
        "memo": "Titipan (rekaan)",
        "amount_idr": 10_000,
        "reverses": None,
        "is_reversed": False,
        "posted_by": "tono",
    }


def test_journals_come_in_pages(program, melati, django_assert_max_num_queries):
    for _number in range(5):
        posted(melati)
    with django_assert_max_num_queries(9):
        first = program.get(reverse("api-journals"), {"page_size": 3}).json()
    second = program.get(first["next"]).json()
    assert [row["number"] for row in first["results"] + second["results"]] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "savings"}, [1]),
        ({"kind": "savings.deposit"}, [1]),
        ({"kind": "save"}, []),
        ({"account": "1-1111"}, [2]),
        ({"account": "9-9999"}, []),
        ({"number": 2}, [2]),
        ({"q": "LAIN"}, [2]),
        ({"since": "2026-11-02"}, [1]),
        ({"until": "2026-11-01"}, [2]),
    ],
)
def test_journals_are_filtered(program, melati, query, found):
    posted(melati, kind="savings.deposit")
    entries = (debit(Code.CASH, 5), credit(Code.BANK, 5))
    posted(melati, *entries, memo="Hal lain", on=date(2026, 11, 1))
    rows = program.get(reverse("api-journals"), query).json()["results"]
    # Cash is on both; it is the bank that tells them apart.
    assert [row["number"] for row in rows] == found


def test_a_filter_that_cannot_be_read_is_named(program, melati):
    answer = program.get(reverse("api-journals"), {"since": "besok"})
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["since"]


def test_a_journal_comes_with_its_lines(program, melati):
    with scope.cooperative(melati.pk):
        party = Party.objects.create(cooperative=melati, kind="person", name="Rini (rekaan)")
    journal = posted(melati, debit(Code.CASH, 5), credit(Code.VOLUNTARY_SAVINGS, 5, party=party))
    answer = program.get(reverse("api-journal", args=[journal.id])).json()
    assert answer["posted_by"] is None
    assert answer["lines"] == [
        {
            "position": 1,
            "account": "1-1101",
            "account_name": "Main cash",
            "party": None,
            "unit": None,
            "debit_idr": 5,
            "credit_idr": 0,
        },
        {
            "position": 2,
            "account": "2-1103",
            "account_name": "Voluntary savings",
            "party": "Rini (rekaan)",
            "unit": None,
            "debit_idr": 0,
            "credit_idr": 5,
        },
    ]


def test_a_journal_of_another_cooperative_is_not_found(program, melati, mawar):
    theirs = posted(mawar)
    assert program.get(reverse("api-journal", args=[theirs.id])).status_code == 404


def test_accounts_come_with_their_balances(program, melati):
    posted(melati)
    posted(melati, on=date(2026, 11, 24))
    rows = program.get(reverse("api-accounts"), {"on": "2026-11-23"}).json()
    assert len(rows) > 80
    assert rows[0] == {
        "code": "1-1101",
        "name": "Main cash",
        "kind": "asset",
        "is_contra": False,
        "balance_idr": 10_000,
    }


def test_the_trial_balance_of_a_day(program, melati):
    posted(melati)
    posted(melati, on=date(2026, 11, 24))
    answer = program.get(reverse("api-trial-balance"), {"on": "2026-11-23"}).json()
    assert answer == {
        "date": "2026-11-23",
        "rows": [
            {"code": "1-1101", "name": "Main cash", "debit_idr": 10_000, "credit_idr": 0},
            {"code": "2-1103", "name": "Voluntary savings", "debit_idr": 0, "credit_idr": 10_000},
        ],
        "debit_idr": 10_000,
        "credit_idr": 10_000,
    }


def test_without_a_day_it_is_todays(program, melati):
    answer = program.get(reverse("api-trial-balance")).json()
    assert (answer["date"], answer["rows"]) == (business_today().isoformat(), [])


def test_a_day_that_is_none_is_named(program, melati):
    answer = program.get(reverse("api-trial-balance"), {"on": "besok"})
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["on"]


@pytest.mark.parametrize("name", ["api-journals", "api-accounts", "api-trial-balance"])
def test_a_cashier_reads_no_books(api_of, sari, melati, name):
    assert api_of(sari, melati).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["api-journals", "api-accounts", "api-trial-balance"])
def test_nothing_is_written(program, melati, name):
    assert program.post(reverse(name), {}).status_code == 405
