"""Money that went through a drawer only on paper, and a count that was wrong."""

import pytest
from django.utils import timezone

from finance.ledger import checks
from finance.ledger.services import ledger
from kkmp.lib.ids import new_id
from shops.drawers import cash, queries
from shops.drawers.services import corrections, movements, shifts
from shops.drawers.services.shifts import DrawerShort, ShiftRefused
from shops.models import CashReason
from tests.exports.conftest import table_of, taken
from tests.shops.conftest import MORNING, open_shift
from tests.shops.payments.paying import balance, posted


@pytest.fixture
def drawer(gerai, sari):
    return open_shift(gerai, sari, float_idr=100_000)


def move(shift, reason, amount_idr, by):
    given = {"note": "Es batu", "key": new_id(), "at": MORNING, "by": by}
    return movements.move_cash(shift=shift, reason=reason, amount_idr=amount_idr, **given)


def undo(movement, by, **more):
    given = {"reason": "dua kali", "key": new_id(), "at": MORNING, "by": by} | more
    return corrections.undo(movement=movement, **given)


def close(shift, by, pieces, at=MORNING):
    given = {"note": "", "key": new_id(), "at": at, "by": by}
    return shifts.close(shift=shift, counted=shifts.Counted(pieces), **given)


def recount(shift, counted_idr, by, **more):
    given = {"reason": "terselip", "key": new_id(), "at": MORNING, "by": by} | more
    return corrections.correct_count(shift=shift, counted_idr=counted_idr, **given)


def test_an_expense_that_was_never_made_is_back_in_the_open_drawer(drawer, sari, tono, in_melati):
    spent = move(drawer, CashReason.EXPENSE, 7_500, sari)
    assert cash.expected_idr(drawer) == 92_500
    undone = undo(spent, tono)
    assert posted(undone.journal) == [("1-1102", 7_500, 0), ("6-9102", 0, 7_500)]
    assert cash.expected_idr(drawer) == 100_000
    assert checks.differences(in_melati) == []
    with pytest.raises(ShiftRefused, match="undone already"):
        undo(spent, tono)
    with pytest.raises(ShiftRefused, match="a correction itself"):
        undo(undone, tono)


def test_change_that_has_been_given_out_cannot_be_taken_back(drawer, sari, tono, in_melati):
    ledger.post(
        cooperative=in_melati,
        kind="manual",
        memo="Kas besar (rekaan)",
        entries=[ledger.debit("1-1101", 50_000), ledger.credit("3-9101", 50_000)],
        key=new_id(),
        on=MORNING.date(),
        by=None,
    )
    brought = move(drawer, CashReason.CHANGE, 50_000, sari)
    move(drawer, CashReason.EXPENSE, 120_000, sari)
    with pytest.raises(DrawerShort):
        undo(brought, tono)


def test_after_the_count_it_is_taken_from_the_difference(drawer, sari, tono, in_melati):
    spent = move(drawer, CashReason.EXPENSE, 7_500, sari)
    # All of the float is still there, so the count finds 7.500 too much.
    close(drawer, sari, {100_000: 1})
    assert balance(in_melati, "1-1126") == -7_500
    undone = undo(spent, tono)
    assert posted(undone.journal) == [("1-1126", 7_500, 0), ("6-9102", 0, 7_500)]
    assert undone.shift is None
    assert balance(in_melati, "1-1126") == 0
    assert checks.differences(in_melati) == []


def test_a_wrong_count_is_corrected_as_often_as_needed(drawer, sari, tono, in_melati):
    closed = close(drawer, sari, {50_000: 1})
    assert balance(in_melati, "1-1126") == 50_000
    made = recount(closed, 100_000, tono)
    assert posted(made.journal) == [("1-1101", 50_000, 0), ("1-1126", 0, 50_000)]
    assert (balance(in_melati, "1-1101"), balance(in_melati, "1-1126")) == (100_000, 0)
    with pytest.raises(ShiftRefused, match="books say already"):
        recount(closed, 100_000, tono)
    recount(closed, 99_000, tono)
    assert balance(in_melati, "1-1126") == 1_000
    assert queries.counted_idr(closed) == 99_000
    assert checks.differences(in_melati) == []


def test_an_open_drawer_is_counted_first_and_nothing_goes_without_a_reason(drawer, sari, tono):
    with pytest.raises(ShiftRefused, match="still open"):
        recount(drawer, 100_000, tono)
    closed = close(drawer, sari, {100_000: 1})
    with pytest.raises(ShiftRefused, match="Write why"):
        recount(closed, 90_000, tono, reason=" ")


def test_what_is_not_in_the_main_cash_box_cannot_leave_it(drawer, sari, tono, in_melati):
    closed = close(drawer, sari, {100_000: 1})
    ledger.post(
        cooperative=in_melati,
        kind="manual",
        memo="Ke bank (rekaan)",
        entries=[ledger.debit("1-1111", 100_000), ledger.credit("1-1101", 100_000)],
        key=new_id(),
        on=MORNING.date(),
        by=tono,
    )
    with pytest.raises(ledger.NotInCash):
        recount(closed, 50_000, tono)


def test_programs_correct_as_the_page_does(drawer, sari, budi, in_melati, api_of):
    spent = move(drawer, CashReason.EXPENSE, 7_500, sari)
    program, key = api_of(budi), str(new_id())
    here = f"/api/v1/shift-movements/{spent.id}/undo/"
    body = {"key": key, "reason": "dua kali"}
    assert api_of(sari).post(here, body, format="json").status_code == 403
    answers = [program.post(here, body, format="json") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["reverses"] == str(spent.id)
    close(drawer, sari, {50_000: 1}, at=timezone.now())
    there = f"/api/v1/shifts/{drawer.id}/recount/"
    body = {"key": str(new_id()), "counted_idr": 100_000, "reason": "terselip"}
    answer = program.post(there, body, format="json")
    assert (answer.status_code, answer.json()["amount_idr"]) == (201, 50_000)
    assert checks.differences(in_melati) == []


def test_lists_and_files_say_the_last_count_and_the_first_beside_it(
    drawer, sari, tono, budi, in_melati, client_of
):
    closed = close(drawer, sari, {50_000: 1})
    recount(closed, 100_000, tono)
    recount(closed, 99_000, tono)
    (row,) = queries.shifts(in_melati)
    assert (row.last_counted_idr, row.last_difference_idr) == (99_000, -1_000)
    # What was counted and signed stays.
    assert (row.counted_idr, row.difference_idr) == (50_000, -50_000)
    head, listed = table_of(taken("shifts", in_melati))
    at = [head.index(title) for title in ("Counted", "Difference", "Counted first")]
    assert [listed[each] for each in at] == [99_000, -1_000, 50_000]
    (by,) = queries.differences(in_melati, MORNING.date())
    assert (by["off"], by["short_idr"], by["over_idr"]) == (1, 1_000, 0)
    browser = client_of(budi)
    browser.cookies.load({"django_language": "en"})
    here = f"/k/{in_melati.code}/gerai/giliran"
    page = " ".join(browser.get(f"{here}/semua/").content.decode().split())
    for part in ("Rp 99,000", "counted first: Rp 50,000", "-Rp 1,000"):
        assert part in page, part
    assert "-Rp 50,000" not in page
    page = " ".join(browser.get(f"{here}/{closed.id}/").content.decode().split())
    assert "Rp 99,000 counted, Rp 100,000 should be there" in page
    assert "On the sheet: Rp 50,000 counted, a difference of -Rp 50,000" in page
