"""What is not in a cash box cannot leave it, on no day and by no way."""

from datetime import timedelta

import pytest
from django.db import transaction

from finance.ledger import checks, queries
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.ledger.services.ledger import NotInCash, credit, debit
from finance.models import Journal
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.conftest import MONDAY
from tests.finance.books import post
from tests.finance.pages import TODAY, text, url

SUNDAY = MONDAY - timedelta(days=1)
TUESDAY = MONDAY + timedelta(days=1)

pytestmark = pytest.mark.usefixtures("english")


def into(cooperative, amount_idr, **changes):
    entries = debit(Code.CASH, amount_idr), credit(Code.VOLUNTARY_SAVINGS, amount_idr)
    return post(cooperative, *entries, **changes)


def out_of(cooperative, amount_idr, code=Code.CASH, **changes):
    entries = debit(Code.VOLUNTARY_SAVINGS, amount_idr), credit(code, amount_idr)
    with transaction.atomic():
        return post(cooperative, *entries, **changes)


def test_a_box_gives_all_that_it_holds_and_no_rupiah_more(in_melati):
    into(in_melati, 100_000)
    with pytest.raises(NotInCash) as refusal:
        out_of(in_melati, 100_001)
    assert str(refusal.value) == (
        "Main cash cannot give Rp\xa0100,001: at the end of 23 November 2026 the books know of "
        "Rp\xa0100,000 in it. If there is more, record first where it came from."
    )
    assert Journal.objects.of(in_melati).count() == 1
    out_of(in_melati, 100_000)
    assert queries.balance_of_all_time(in_melati, Code.CASH) == 0


def test_what_a_box_holds_is_told_to_whoever_may_read_the_books(in_melati, tono, sari):
    """Tono is the treasurer; Sari has no part in these books."""
    into(in_melati, 123_456)
    with pytest.raises(NotInCash, match="123,456"):
        out_of(in_melati, 200_000, by=tono)
    with pytest.raises(NotInCash) as refusal:
        out_of(in_melati, 200_000, by=sari)
    assert "Main cash cannot give Rp\xa0200,000" in str(refusal.value)
    assert "123,456" not in str(refusal.value)


@pytest.mark.parametrize("code", [Code.CASH, Code.DRAWER])
def test_an_empty_box_gives_nothing(in_melati, code):
    with pytest.raises(NotInCash):
        out_of(in_melati, 1, code)


def test_what_came_in_today_cannot_have_left_yesterday(in_melati):
    into(in_melati, 100_000)
    with pytest.raises(NotInCash, match="22 November 2026"):
        out_of(in_melati, 60_000, on=SUNDAY)


def test_what_leaves_yesterday_is_missing_today(in_melati):
    into(in_melati, 100_000, on=SUNDAY)
    out_of(in_melati, 80_000, on=TUESDAY)
    with pytest.raises(NotInCash, match="24 November 2026"):
        out_of(in_melati, 30_000, on=MONDAY)


def test_months_before_are_counted_in(in_melati):
    into(in_melati, 100_000, on=MONDAY.replace(month=9))
    out_of(in_melati, 100_000)
    with pytest.raises(NotInCash):
        out_of(in_melati, 1)


def test_what_came_in_wrongly_and_was_spent_is_not_reversed(in_melati):
    wrong = into(in_melati, 100_000)
    out_of(in_melati, 40_000)
    with pytest.raises(NotInCash):
        ledger.reverse(journal=wrong, memo="Salah", key=new_id(), on=MONDAY, by=None)


def test_a_bank_refuses_for_itself(in_melati):
    assert out_of(in_melati, 1, Code.BANK).number == 1


@pytest.fixture
def below_zero(melati, monkeypatch):
    """Rp100 out of an empty box, as nothing lets them go any more."""
    monkeypatch.setattr(ledger.cash_boxes, "refuse_below_zero", lambda _journal, _leaves: None)
    with scope.cooperative(melati.pk):
        out_of(melati, 100, on=TODAY)


def test_a_box_below_zero_is_named_by_the_check(below_zero, in_melati):
    said = checks.differences(in_melati)
    assert any(one.startswith("1-1101 Main cash held -Rp\xa0100 at the end of") for one in said)


def test_books_with_a_box_below_zero_are_not_called_right(treasurer, melati, below_zero):
    page = text(treasurer.get(url(melati, "trial_balance")))
    assert "Main cash holds -Rp 100." in page
    assert "the books balance" not in page
