from finance.ledger import queries
from finance.ledger.accounts import Code
from finance.ledger.services.ledger import credit, debit
from tests.finance.pages import LAST_MONTH, TODAY, posted, text, url


def test_the_trial_balance_shows_accounts_with_a_balance_and_both_totals(treasurer, melati):
    posted(melati, debit(Code.CASH, 1_234_567), credit(Code.PRINCIPAL_SAVINGS, 1_234_567))
    page = text(treasurer.get(url(melati, "trial_balance")))
    assert page.count("Rp 1,234,567") == 4
    assert "Main cash" in page
    assert "Bank and LPDB loans" not in page
    assert "the books balance" in page


def test_accounts_without_a_balance_are_shown_when_asked_for(treasurer, melati):
    posted(melati)
    assert "Bank and LPDB loans" in text(treasurer.get(url(melati, "trial_balance", zero="on")))


def test_the_trial_balance_of_an_earlier_day_is_without_what_came_after(treasurer, melati):
    posted(melati, debit(Code.CASH, 77_000), credit(Code.BANK, 77_000), on=LAST_MONTH)
    posted(melati, debit(Code.CASH, 1_000), credit(Code.BANK, 1_000))
    page = text(treasurer.get(url(melati, "trial_balance", date=LAST_MONTH.isoformat())))
    assert "Rp 77,000" in page
    assert "Rp 78,000" not in page
    assert f"since={LAST_MONTH:%Y-%m-%d}" in page


def test_a_day_that_is_none_is_taken_as_today(treasurer, melati):
    posted(melati, debit(Code.CASH, 78_000), credit(Code.BANK, 78_000))
    assert "Rp 78,000" in text(treasurer.get(url(melati, "trial_balance", date="besok")))


def test_htmx_is_given_the_table_alone(treasurer, melati):
    posted(melati)
    response = treasurer.get(url(melati, "trial_balance"), headers={"HX-Request": "true"})
    assert "<html" not in text(response)
    assert "Rp 10,000" in text(response)


def test_empty_books_say_what_to_do_first_to_those_who_may(treasurer, reader, melati):
    opening_page = url(melati, "opening")
    assert text(treasurer.get(url(melati, "trial_balance"))).count(opening_page) == 2
    assert opening_page not in text(reader.get(url(melati, "trial_balance")))


def test_books_that_do_not_balance_say_so(treasurer, melati, monkeypatch):
    posted(melati)
    monkeypatch.setattr(queries.TrialBalance, "credit_idr", 5)
    assert "The two sides differ" in text(treasurer.get(url(melati, "trial_balance")))


def test_the_printed_trial_balance_names_the_cooperative_and_the_day(treasurer, melati):
    posted(melati, debit(Code.CASH, 1_234_567), credit(Code.BANK, 1_234_567))
    page = text(treasurer.get(url(melati, "trial_balance_print", date=TODAY.isoformat())))
    assert melati.name in page
    assert f"{TODAY.day} {TODAY:%B %Y}" in page
    assert "Rp 1,234,567" in page


def test_the_trial_balance_takes_few_statements(treasurer, melati, django_assert_max_num_queries):
    posted(melati)
    treasurer.get(url(melati, "months"))  # the session is made here
    with django_assert_max_num_queries(20):
        treasurer.get(url(melati, "trial_balance", zero="on"))
