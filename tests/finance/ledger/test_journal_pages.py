import pytest

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.ledger.services.ledger import credit, debit
from finance.models import Journal
from kkmp.lib.ids import new_id
from kkmp.lib.periods import month_of
from kkmp.registry import scope
from tests.finance.books import account
from tests.finance.pages import LAST_MONTH, TODAY, posted, text, url

# --- Journals --------------------------------------------------------------------------------


def test_journals_are_listed_with_their_kind_and_amount(treasurer, melati):
    journal = posted(melati, kind="savings.deposit", memo="Simpanan Rini (rekaan)")
    page = text(treasurer.get(url(melati, "journals")))
    for shown in ("Simpanan Rini (rekaan)", "Savings deposit", "Rp 10,000"):
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


# --- One journal -----------------------------------------------------------------------------


def test_a_journal_shows_its_lines_who_posted_it_and_when(treasurer, melati, tono):
    journal = posted(melati, kind="manual", by=tono)
    page = text(treasurer.get(url(melati, "journal", journal.id)))
    for shown in (
        "Titipan (rekaan)",
        "Main cash",
        "Rp 10,000",
        "Manual entry",
        tono.name,
        "WIB",
    ):
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


# --- Reversal --------------------------------------------------------------------------------


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


def test_a_journal_that_will_be_refused_has_no_form(treasurer, melati):
    sale, own = posted(melati, kind="sale"), posted(melati)
    page = treasurer.get(url(melati, "reverse_journal", sale.id), follow=True)
    assert page.redirect_chain == [(url(melati, "journal", sale.id), 302)]
    assert "It is put right with the sale" in text(page)
    treasurer.post(
        url(melati, "reverse_journal", own.id), {"reason": "Salah hitung", "key": new_id()}
    )
    with scope.cooperative(melati.pk):
        undo = Journal.objects.of(melati).get(reverses=own)
    for journal, said in ((own, "already been reversed"), (undo, "cannot itself be reversed")):
        page = treasurer.get(url(melati, "reverse_journal", journal.id), follow=True)
        assert said in text(page)
        assert page.redirect_chain == [(url(melati, "journal", journal.id), 302)]


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
