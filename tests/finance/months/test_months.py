from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from finance.ledger import checks
from finance.ledger.services import ledger
from finance.models import JournalCount, Month
from finance.months import queries
from finance.months.services import months
from kkmp.access.models import AuditEvent
from tests.conftest import MONDAY
from tests.finance.books import post

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (8, 9, 10, 11))


def close(cooperative, month, **changes):
    return months.close(
        cooperative=cooperative, month=month, **({"on": MONDAY, "by": None} | changes)
    )


def test_a_month_that_has_ended_is_closed_and_audited(in_melati, tono):
    post(in_melati, on=date(2026, 10, 9))
    closed = close(in_melati, date(2026, 10, 17), by=tono)
    assert (closed.month, closed.closed_by) == (OCTOBER, tono)
    event = AuditEvent.objects.of(in_melati).get(action="books.close_month")
    assert (event.actor, event.details) == (tono, {"month": "2026-10-01"})
    with pytest.raises(ledger.MonthClosed):
        post(in_melati, on=date(2026, 10, 31))


def test_the_running_month_is_not_closed(in_melati):
    post(in_melati)
    for today in (MONDAY, date(2026, 11, 30)):
        with pytest.raises(months.CloseRefused):
            close(in_melati, NOVEMBER, on=today)
    assert close(in_melati, NOVEMBER, on=date(2026, 12, 1)).month == NOVEMBER


def test_earlier_months_come_first(in_melati, english):
    post(in_melati, on=date(2026, 8, 30))
    with pytest.raises(months.CloseRefused, match="August 2026"):
        close(in_melati, OCTOBER)
    for month in (AUGUST, SEPTEMBER, OCTOBER):
        assert close(in_melati, month).month == month


def test_a_month_is_closed_once(in_melati):
    post(in_melati, on=date(2026, 9, 30))
    close(in_melati, SEPTEMBER)
    with pytest.raises(months.CloseRefused):
        close(in_melati, SEPTEMBER)
    assert Month.objects.of(in_melati).count() == 1


def test_a_month_before_the_books_is_not_closed(in_melati):
    post(in_melati, on=date(2026, 10, 9))
    with pytest.raises(months.CloseRefused):
        close(in_melati, SEPTEMBER)


def test_without_journals_there_is_nothing_to_close(in_melati):
    with pytest.raises(months.CloseRefused):
        close(in_melati, OCTOBER)


def test_months_are_listed_from_the_first_journal_to_today(in_melati):
    assert queries.months(in_melati, MONDAY) == []
    post(in_melati, on=date(2026, 9, 30))
    post(in_melati, on=date(2026, 9, 1))
    post(in_melati)
    september = close(in_melati, SEPTEMBER)
    assert queries.months(in_melati, MONDAY) == [
        queries.MonthStatus(NOVEMBER, 1, None),
        queries.MonthStatus(OCTOBER, 0, None),
        queries.MonthStatus(SEPTEMBER, 2, september),
    ]
    assert queries.month_to_close(in_melati) == OCTOBER


def test_the_months_are_told_without_reading_journals(in_melati):
    for _ in range(3):
        post(in_melati)
    with CaptureQueriesContext(connection) as captured:
        (status,) = queries.months(in_melati, MONDAY)
    assert status.journals == 3
    assert not [one for one in captured if '"finance_journal"' in one["sql"]]


@pytest.mark.raw_statements
def test_a_count_of_journals_that_is_wrong_is_named(in_melati):
    post(in_melati)
    JournalCount.objects.of(in_melati).update(journals=5)
    with override("en"):
        found = checks.differences(in_melati)
    assert "November 2026 has 1 journals, the count kept says 5." in found


def test_a_journal_dated_ahead_has_its_month_listed(in_melati):
    post(in_melati, on=date(2027, 1, 2))
    assert [status.last_day for status in queries.months(in_melati, MONDAY)] == [date(2027, 1, 31)]
