from finance.models import Month
from finance.months.services import months
from finance.opening.services import opening
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.finance.pages import LAST_MONTH, TODAY, posted, text, url


def test_the_month_whose_turn_it_is_is_closed(treasurer, melati, tono):
    posted(melati, on=LAST_MONTH)
    posted(melati)
    page = treasurer.get(url(melati, "months"))
    assert text(page).count(url(melati, "close_month")) == 1
    answer = treasurer.post(
        url(melati, "close_month"), {"month": LAST_MONTH.isoformat()}, follow=True
    )
    assert f"{LAST_MONTH:%B %Y} is closed." in text(answer)
    assert url(melati, "close_month") not in text(answer)
    with scope.cooperative(melati.pk):
        assert Month.objects.of(melati).get().closed_by == tono


def test_a_month_that_may_not_be_closed_says_why(treasurer, melati):
    posted(melati)
    answer = treasurer.post(url(melati, "close_month"), {"month": TODAY.isoformat()}, follow=True)
    assert "has not ended" in text(answer)


def test_a_month_that_is_none_changes_nothing(treasurer, melati):
    answer = treasurer.post(url(melati, "close_month"), {"month": "x"})
    assert answer.url == url(melati, "months")


def test_a_reader_sees_the_months_and_closes_none(reader, melati, mawar):
    assert "No months yet" in text(reader.get(url(melati, "months")))
    posted(melati, on=LAST_MONTH)
    with scope.cooperative(melati.pk):
        months.close(cooperative=melati, month=LAST_MONTH, on=TODAY, by=None)
    page = text(reader.get(url(melati, "months")))
    assert "Closed" in page
    assert url(melati, "close_month") not in page


def test_what_is_recorded_in_one_cooperative_is_not_shown_in_another(treasurer, melati, mawar):
    with scope.cooperative(mawar.pk):
        opening.record(
            cooperative=mawar, cash_idr=123_456, bank_idr=0, key=new_id(), on=TODAY, by=None
        )
    for name in ("trial_balance", "journals", "opening", "months"):
        assert "123,456" not in text(treasurer.get(url(melati, name)))
