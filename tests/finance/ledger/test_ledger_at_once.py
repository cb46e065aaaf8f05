"""Two people at the same moment, with real commits."""

from datetime import date
from threading import Event
from typing import Any

import pytest

from finance.ledger.services import ledger
from finance.models import Balance, Journal, Month
from finance.months.services import months
from finance.opening.services import opening
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.at_once import at_once
from tests.conftest import MONDAY
from tests.finance.books import post

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_act_is_posted_once(melati):
    key = new_id()
    results = at_once(melati, *[lambda: post(melati, key=key)] * 2)
    assert results[0].pk == results[1].pk
    assert sorted(journal.is_repeat for journal in results) == [False, True]
    with scope.cooperative(melati.pk):
        assert Journal.objects.of(melati).count() == 1
        assert {b.debit_idr + b.credit_idr for b in Balance.objects.of(melati)} == {10_000}


def test_different_acts_all_count_and_are_numbered_without_a_gap(melati):
    at_once(melati, *[lambda: post(melati)] * 4)
    with scope.cooperative(melati.pk):
        numbers = Journal.objects.of(melati).order_by("number").values_list("number", flat=True)
        assert list(numbers) == [1, 2, 3, 4]
        assert {b.debit_idr + b.credit_idr for b in Balance.objects.of(melati)} == {40_000}


def test_a_journal_is_reversed_by_one_of_two(melati):
    with scope.cooperative(melati.pk):
        journal = post(melati)

    def undo() -> Journal:
        return ledger.reverse(journal=journal, memo="Salah", key=new_id(), on=MONDAY, by=None)

    results = at_once(melati, undo, undo)
    assert sorted(type(result).__name__ for result in results) == ["Journal", "PostingRefused"]


def test_the_books_are_opened_by_one_of_two(melati):
    def record() -> Journal:
        return opening.record(
            cooperative=melati, cash_idr=1_000, bank_idr=0, key=new_id(), on=MONDAY, by=None
        )

    results = at_once(melati, record, record)
    assert sorted(type(result).__name__ for result in results) == ["Journal", "OpeningRefused"]


def test_a_posting_that_meets_the_closing_of_its_month_is_refused(melati):
    """It began while the month was open, and finds it closed when its turn comes."""
    with scope.cooperative(melati.pk):
        post(melati, on=date(2026, 10, 5))
    closing, done = Event(), Event()

    def close() -> Any:
        months.close(cooperative=melati, month=date(2026, 10, 1), on=MONDAY, by=None)
        closing.set()
        done.wait(timeout=1)  # the posting waits for the counter meanwhile

    def late() -> Any:
        assert closing.wait(timeout=120)
        try:
            return post(melati, on=date(2026, 10, 31))
        finally:
            done.set()

    results = at_once(melati, close, late)
    assert type(results[1]).__name__ == "MonthClosed"
    with scope.cooperative(melati.pk):
        assert Month.objects.of(melati).count() == 1
        assert Journal.objects.of(melati).count() == 1
