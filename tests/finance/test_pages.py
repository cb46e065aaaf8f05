from datetime import date

import pytest
from django.urls import reverse

from finance import kinds, queries
from finance.accounts import Code
from finance.models import BusinessUnit, Journal, Month, Party
from finance.services import ledger, months, opening
from finance.services.ledger import credit, debit
from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from kkmp.lib.periods import add_months, month_of
from kkmp.registry import scope
from tests.finance.books import account, post

TODAY = business_today()
LAST_MONTH = add_months(month_of(TODAY), -1)


@pytest.fixture
def treasurer(client_of, tono):
    """The treasurer's browser, in English."""
    return english(client_of(tono))


@pytest.fixture
def reader(client_of, wati):
    """The supervisor's browser, who reads everything and writes nothing."""
    return english(client_of(wati))


def english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(cooperative, name, *arguments, **query):
    return reverse(f"finance:{name}", args=[cooperative.code, *arguments], query=query)


def text(response):
    return " ".join(response.content.decode().split())


def posted(cooperative, *entries, **changes):
    with scope.cooperative(cooperative.pk):
        return post(cooperative, *entries, **({"on": TODAY} | changes))


# --- Trial balance ---------------------------------------------------------------------------


def test_the_trial_balance_shows_accounts_with_a_balance_and_both_totals(treasurer, melati):
    posted(melati, debit(Code.CASH, 1_234_567), credit(Code.PRINCIPAL_SAVINGS, 1_234_567))
    page = text(treasurer.get(url(melati, "trial_balance")))
    assert page.count("Rp1.234.567") == 4
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
    assert "Rp77.000" in page
    assert "Rp78.000" not in page
    assert f"since={LAST_MONTH:%Y-%m-%d}" in page


def test_a_day_that_is_none_is_taken_as_today(treasurer, melati):
    posted(melati, debit(Code.CASH, 78_000), credit(Code.BANK, 78_000))
    assert "Rp78.000" in text(treasurer.get(url(melati, "trial_balance", date="besok")))


def test_htmx_is_given_the_table_alone(treasurer, melati):
    posted(melati)
    response = treasurer.get(url(melati, "trial_balance"), headers={"HX-Request": "true"})
    assert "<html" not in text(response)
    assert "Rp10.000" in text(response)


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
    assert "Rp1.234.567" in page


def test_the_trial_balance_takes_few_statements(treasurer, melati, django_assert_max_num_queries):
    posted(melati)
    treasurer.get(url(melati, "months"))  # the session is made here
    with django_assert_max_num_queries(20):
        treasurer.get(url(melati, "trial_balance", zero="on"))


# --- Account ledger ---------------------------------------------------------------------------


def test_an_account_shows_its_lines_with_the_balance_after_each(treasurer, melati):
    with scope.cooperative(melati.pk):
        party = Party.objects.create(cooperative=melati, kind="person", name="Rini (rekaan)")
        unit = BusinessUnit.objects.create(cooperative=melati, code="gerai", name="Gerai rekaan")
    posted(melati, debit(Code.CASH, 40_000), credit(Code.BANK, 40_000), on=LAST_MONTH)
    posted(
        melati,
        debit(Code.CASH, 2_500, party=party, unit=unit),
        credit(Code.VOLUNTARY_SAVINGS, 2_500),
        memo="Titip (rekaan)",
    )
    page = text(treasurer.get(url(melati, "account", Code.CASH)))
    for shown in ("Rp40.000", "Rp2.500", "Rp42.500", "Titip (rekaan)", party.name, unit.name):
        assert shown in page


def test_days_typed_the_wrong_way_round_are_put_right(treasurer, melati):
    posted(melati)
    query = {"since": TODAY.isoformat(), "until": LAST_MONTH.isoformat()}
    assert "Titipan (rekaan)" in text(treasurer.get(url(melati, "account", Code.CASH, **query)))


def test_days_left_empty_are_the_running_month(treasurer, melati):
    posted(melati)
    assert "Titipan (rekaan)" in text(
        treasurer.get(url(melati, "account", Code.CASH, since="", until=""))
    )


def test_an_account_on_which_nothing_moved_says_so(treasurer, melati):
    posted(melati)
    page = treasurer.get(url(melati, "account", Code.BANK), headers={"HX-Request": "true"})
    assert "Nothing moved" in text(page)


def test_an_account_that_is_not_there_is_not_found(treasurer, melati):
    assert treasurer.get(url(melati, "account", "9-9999")).status_code == 404


def test_a_long_account_goes_on_the_next_page_with_its_running_balance(treasurer, melati):
    for _number in range(51):
        posted(melati)
    page = text(treasurer.get(url(melati, "account", Code.CASH, page=2)))
    assert page.count("Titipan (rekaan)") == 1
    assert "Rp510.000" in page


# --- Journals ---------------------------------------------------------------------------------


def test_journals_are_listed_with_their_kind_and_amount(treasurer, melati):
    journal = posted(melati, kind="savings.deposit", memo="Simpanan Rini (rekaan)")
    page = text(treasurer.get(url(melati, "journals")))
    for shown in ("Simpanan Rini (rekaan)", "Savings deposit", "Rp10.000"):
        assert shown in page
    assert url(melati, "journal", journal.id) in page


@pytest.fixture
def three(melati):
    """A deposit, a sale, and the opening of last month."""
    posted(melati, kind="savings.deposit", memo="setoran")
    posted(melati, debit(Code.DRAWER, 5), credit(Code.MEMBER_SALES, 5), kind="sale", memo="kasir")
    posted(
        melati,
        debit(Code.BANK, 7),
        credit(Code.OPENING_CLEARING, 7),
        kind="opening.cash",
        memo="awal",
        on=LAST_MONTH,
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"setoran", "kasir", "awal"}),
        ({"q": "SETOR"}, {"setoran"}),
        ({"q": "2"}, {"kasir"}),
        ({"q": "9" * 30}, set()),
        ({"kind": "savings"}, {"setoran"}),
        ({"kind": "sale"}, {"kasir"}),
        ({"kind": "opening"}, {"awal"}),
        ({"kind": "reversal"}, set()),
        ({"since": month_of(TODAY).isoformat()}, {"setoran", "kasir"}),
        ({"until": LAST_MONTH.isoformat()}, {"awal"}),
        ({"kind": "sale", "until": LAST_MONTH.isoformat()}, set()),
    ],
)
def test_journals_are_filtered(treasurer, melati, three, query, found):
    page = treasurer.get(url(melati, "journals", **query), headers={"HX-Request": "true"})
    assert {journal.memo for journal, _kind in page.context["rows"]} == found


def test_journals_are_filtered_by_account(treasurer, melati, three):
    with scope.cooperative(melati.pk):
        bank = account(melati, Code.BANK)
    page = treasurer.get(url(melati, "journals", account=bank.pk))
    assert [journal.memo for journal, _kind in page.context["rows"]] == ["awal"]


def test_an_account_of_another_cooperative_filters_nothing_out_of_ours(treasurer, melati, mawar):
    with scope.cooperative(mawar.pk):
        theirs = account(mawar, Code.CASH)
    posted(melati)
    page = treasurer.get(url(melati, "journals", account=theirs.pk))
    assert "account" in page.context["filter"].form.errors


def test_nothing_found_is_told_apart_from_nothing_there(treasurer, reader, melati):
    assert "No journals yet" in text(reader.get(url(melati, "journals")))
    assert url(melati, "opening") in text(treasurer.get(url(melati, "journals")))
    assert "No journal found" in text(treasurer.get(url(melati, "journals", q="x")))


def test_a_page_of_journals_takes_few_statements(treasurer, melati, django_assert_max_num_queries):
    for _number in range(12):
        posted(melati)
    treasurer.get(url(melati, "months"))  # the session is made here
    with django_assert_max_num_queries(20):
        treasurer.get(url(melati, "journals"))


# --- One journal ------------------------------------------------------------------------------


def test_a_journal_shows_its_lines_who_posted_it_and_when(treasurer, melati, tono):
    journal = posted(melati, kind="manual", by=tono)
    page = text(treasurer.get(url(melati, "journal", journal.id)))
    for shown in ("Titipan (rekaan)", "Main cash", "Rp10.000", "Manual entry", tono.name, "WIB"):
        assert shown in page
    assert url(melati, "reverse_journal", journal.id) in page


def test_a_journal_that_nobody_posted_is_the_systems(treasurer, melati):
    assert "the system" in text(treasurer.get(url(melati, "journal", posted(melati).id)))


def test_a_journal_and_its_reversal_lead_to_each_other(treasurer, melati):
    journal = posted(melati)
    with scope.cooperative(melati.pk):
        undo = ledger.reverse(journal=journal, memo="Salah", key=new_id(), on=TODAY, by=None)
    for here, there in ((journal, undo), (undo, journal)):
        page = text(treasurer.get(url(melati, "journal", here.id)))
        assert url(melati, "journal", there.id) in page
        assert url(melati, "reverse_journal", here.id) not in page
    assert "Reversed" in text(treasurer.get(url(melati, "journals")))


def test_what_savings_posted_says_where_to_correct_it(treasurer, melati):
    journal = posted(melati, kind="savings.deposit")
    page = text(treasurer.get(url(melati, "journal", journal.id)))
    assert "Correct it on the member&#x27;s page" in page
    assert url(melati, "reverse_journal", journal.id) not in page


def test_a_reader_is_not_offered_a_reversal(reader, melati):
    journal = posted(melati)
    assert url(melati, "reverse_journal", journal.id) not in text(
        reader.get(url(melati, "journal", journal.id))
    )


def test_a_journal_of_another_cooperative_is_not_found(treasurer, melati, mawar):
    theirs = posted(mawar)
    for name in ("journal", "reverse_journal"):
        assert treasurer.get(url(melati, name, theirs.id)).status_code == 404


# --- Reversal ---------------------------------------------------------------------------------


def test_a_journal_is_reversed_with_a_reason(treasurer, melati, tono):
    journal = posted(melati)
    page = url(melati, "reverse_journal", journal.id)
    assert "Titipan (rekaan)" in text(treasurer.get(page))
    answer = treasurer.post(page, {"reason": "Salah hitung", "key": new_id()})
    with scope.cooperative(melati.pk):
        undo = Journal.objects.of(melati).get(reverses=journal)
    assert answer.url == url(melati, "journal", undo.id)
    assert undo.posted_by == tono
    assert "Salah hitung" in undo.memo


@pytest.mark.parametrize(
    ("kind", "reason", "said"),
    [
        ("manual", "", "This field is required"),
        ("sale", "Salah hitung", "It is put right with the sale"),
    ],
)
def test_a_reversal_that_is_refused_stays_on_the_page(treasurer, melati, kind, reason, said):
    journal = posted(melati, kind=kind)
    answer = treasurer.post(
        url(melati, "reverse_journal", journal.id), {"reason": reason, "key": new_id()}
    )
    assert answer.status_code == 422
    assert said in text(answer)


# --- Opening ----------------------------------------------------------------------------------


def test_opening_cash_and_bank_are_recorded(treasurer, melati, tono):
    page = url(melati, "opening")
    assert "Nothing has been entered yet" in text(treasurer.get(page))
    form = {"on": TODAY.isoformat(), "cash_idr": "750.000", "bank_idr": "", "key": new_id()}
    answer = treasurer.post(page, form, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Recorded: Rp750.000" in text(answer)
    assert "There was Rp750.000 more" in text(answer)
    with scope.cooperative(melati.pk):
        assert queries.opening_cash(melati).posted_by == tono


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cash_idr": "0"}, "Fill in the cash"),
        ({"cash_idr": "seribu"}, "has-error"),
        ({"on": date(2199, 1, 1).isoformat()}, "This day has not come yet"),
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
    assert "Members had saved Rp90.000 more" in page
    assert "Opening savings" in page


def test_a_beginning_that_adds_up_says_so(treasurer, melati):
    posted(melati, debit(Code.OPENING_CLEARING, 9), credit(Code.PRINCIPAL_SAVINGS, 9), kind="sale")
    posted(melati, debit(Code.CASH, 9), credit(Code.OPENING_CLEARING, 9), kind=kinds.OPENING_CASH)
    assert "It adds up" in text(treasurer.get(url(melati, "opening")))


# --- Months -----------------------------------------------------------------------------------


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
        assert "123.456" not in text(treasurer.get(url(melati, name)))
