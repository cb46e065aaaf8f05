import html
import re

from finance.ledger.accounts import Code
from finance.ledger.services.ledger import credit, debit
from finance.models import BusinessUnit, Party
from kkmp.registry import scope
from tests.finance.pages import LAST_MONTH, TODAY, posted, text, url


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
    for shown in (
        "Rp 40,000",
        "Rp 2,500",
        "Rp 42,500",
        "Titip (rekaan)",
        party.name,
        unit.name,
    ):
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
    first = treasurer.get(url(melati, "account", Code.CASH)).content.decode()
    (way,) = re.findall(r'rel="next" href="([^"]+)"', first)
    page = text(treasurer.get(url(melati, "account", Code.CASH) + html.unescape(way)))
    assert page.count("Titipan (rekaan)") == 1
    assert "Rp 510,000" in page
