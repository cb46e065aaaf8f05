from datetime import date, timedelta

import pytest

from finance.ledger import kinds
from finance.ledger.accounts import Code
from finance.ledger.services.ledger import credit, debit
from finance.models import Month
from finance.opening import queries
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.finance.pages import LAST_MONTH, TODAY, posted, text, url


def test_opening_cash_and_bank_are_recorded(treasurer, melati, tono):
    page = url(melati, "opening")
    assert "Nothing has been entered yet" in text(treasurer.get(page))
    form = {"on": TODAY.isoformat(), "cash_idr": "750.000", "bank_idr": "", "key": new_id()}
    answer = treasurer.post(page, form, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Recorded: Rp 750,000" in text(answer)
    assert "There was Rp 750,000 more" in text(answer)
    with scope.cooperative(melati.pk):
        assert queries.opening_cash(melati).posted_by == tono


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cash_idr": "0"}, "Fill in the cash"),
        ({"cash_idr": "seribu"}, "has-error"),
        ({"on": (TODAY + timedelta(days=1)).isoformat()}, "This day has not come yet"),
        ({"on": ""}, "This field is required"),
        ({"on": date(2025, 1, 1).isoformat()}, "records begin on 24 June 2025"),
    ],
)
def test_an_opening_that_is_refused_stays_on_the_page(treasurer, melati, change, said):
    form = {"on": TODAY.isoformat(), "cash_idr": "750.000", "bank_idr": "", "key": new_id()}
    answer = treasurer.post(url(melati, "opening"), form | change)
    assert answer.status_code == 422
    assert said in text(answer)
    with scope.cooperative(melati.pk):
        assert queries.opening_cash(melati) is None


def test_an_opening_in_a_closed_month_is_refused_beside_its_day(treasurer, melati):
    with scope.cooperative(melati.pk):
        Month.objects.create(cooperative=melati, month=LAST_MONTH)
    form = {"on": LAST_MONTH.isoformat(), "cash_idr": "5", "bank_idr": "", "key": new_id()}
    answer = treasurer.post(url(melati, "opening"), form)
    assert list(answer.context["form"].errors) == ["on"]


def test_savings_without_money_to_match_are_explained(treasurer, melati):
    posted(
        melati,
        debit(Code.OPENING_CLEARING, 90_000),
        credit(Code.PRINCIPAL_SAVINGS, 90_000),
        kind="savings.opening",
    )
    page = text(treasurer.get(url(melati, "opening")))
    assert "Members had saved Rp 90,000 more" in page
    assert "Opening savings" in page


def test_a_beginning_that_adds_up_says_so(treasurer, melati):
    posted(melati, debit(Code.OPENING_CLEARING, 9), credit(Code.PRINCIPAL_SAVINGS, 9), kind="sale")
    posted(melati, debit(Code.CASH, 9), credit(Code.OPENING_CLEARING, 9), kind=kinds.OPENING_CASH)
    assert "It adds up" in text(treasurer.get(url(melati, "opening")))
