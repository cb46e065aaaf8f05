from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.ledger import checks
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Line
from finance.months.services import months
from kkmp.lib.clock import business_today
from kkmp.lib.identity import Nik
from kkmp.lib.periods import add_months
from kkmp.registry.models import CooperativeFigures, CooperativeSettings
from members.figures.queries import counters
from members.models import ReturnLine, ReturnRun, SavingsEntry, SavingsKind
from members.savings.services import kinds, returns
from members.savings.services.kinds import Terms
from members.savings.services.returns import ReturnRefused
from tests.conftest import MONDAY

#: The month of Monday, which is 23 November 2026, and the one before it.
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
DECEMBER_1 = date(2026, 12, 1)


@pytest.fixture
def bearing(in_melati, tono, voluntary):
    """Voluntary savings with six percent a year."""
    terms = Terms(name=voluntary.name, return_percent=Decimal(6))
    return kinds.change(on=MONDAY, kind=voluntary, terms=terms, version=1, by=tono)


@pytest.fixture
def since_october(ayu, bearing, pay):
    """Ayu has held a million since October."""
    pay(ayu, bearing, 1_000_000, on=date(2026, 10, 5))
    return ayu


def credit(cooperative, by, month=NOVEMBER, on=DECEMBER_1, **changes):
    shown = returns.content(returns.due(cooperative, month))
    act = {"shown": shown, "key": uuid4()} | changes
    return returns.credit(cooperative=cooperative, month=month, on=on, by=by, **act)


def tax_free(cooperative, **changes):
    rows = CooperativeSettings.objects.of(cooperative)
    rows.update(**changes)


def test_a_twelfth_of_the_yearly_return_is_credited(since_october, bearing, tono):
    run = credit(since_october.cooperative, tono)
    line = ReturnLine.objects.of(since_october.cooperative).get(run=run)
    assert (line.base_idr, line.gross_idr, line.tax_idr) == (1_000_000, 5_000, 0)
    entry = SavingsEntry.objects.of(since_october.cooperative).order_by("-number").first()
    assert (entry.kind, entry.amount_idr, entry.balance_after_idr) == (bearing, 5_000, 1_005_000)
    assert entry.date == DECEMBER_1


def test_it_is_an_expense_and_a_liability_to_the_member(since_october, tono):
    tax_free(since_october.cooperative, return_tax_free_idr=4_000)
    run = credit(since_october.cooperative, tono)
    entry = ReturnLine.objects.of(since_october.cooperative).get(run=run).entry
    lines = Line.objects.of(since_october.cooperative).filter(journal=entry.journal)
    posted = [
        (line.account.code, line.party_id, line.debit_idr, line.credit_idr)
        for line in lines.select_related("account").order_by("position")
    ]
    assert posted == [
        (Code.SAVINGS_RETURN, None, 5_000, 0),
        (Code.VOLUNTARY_SAVINGS, since_october.party_id, 0, 4_500),
        (Code.RETURN_TAX, None, 0, 500),
    ]


def test_the_lowest_balance_of_the_month_counts(since_october, bearing, pay, take, tono):
    take(since_october, bearing, 400_000, on=date(2026, 11, 10))
    pay(since_october, bearing, 900_000, on=date(2026, 11, 20))
    (due,) = returns.due(since_october.cooperative, NOVEMBER)
    assert (due.base_idr, due.gross_idr) == (600_000, 3_000)


def test_a_day_is_counted_at_its_end(since_october, bearing, pay, take):
    take(since_october, bearing, 400_000, on=date(2026, 11, 10))
    pay(since_october, bearing, 400_000, on=date(2026, 11, 10))
    (due,) = returns.due(since_october.cooperative, NOVEMBER)
    assert due.base_idr == 1_000_000


def test_whoever_came_within_the_month_gets_nothing_for_it(ayu, bearing, pay):
    pay(ayu, bearing, 1_000_000, on=date(2026, 11, 2))
    assert returns.due(ayu.cooperative, NOVEMBER) == []
    assert [due.base_idr for due in returns.due(ayu.cooperative, DECEMBER_1)] == [1_000_000]


def test_kinds_without_a_return_bear_none(ayu, voluntary, pay):
    pay(ayu, voluntary, 1_000_000, on=date(2026, 10, 5))
    assert returns.due(ayu.cooperative, NOVEMBER) == []


def test_above_the_free_amount_all_of_it_is_taxed_over_the_kinds(
    since_october, bearing, pay, tono, in_melati
):
    school = kinds.define(
        on=MONDAY,
        cooperative=in_melati,
        terms=Terms(name="Pendidikan", return_percent=Decimal(6)),
        by=tono,
    )
    pay(since_october, school, 500_000, on=date(2026, 10, 6))
    tax_free(in_melati, return_tax_free_idr=7_499)
    dues = returns.due(in_melati, NOVEMBER)
    assert [(due.gross_idr, due.tax_idr) for due in dues] == [(5_000, 500), (2_500, 250)]
    tax_free(in_melati, return_tax_free_idr=7_500)
    assert [due.tax_idr for due in returns.due(in_melati, NOVEMBER)] == [0, 0]


def test_a_month_is_credited_once(since_october, tono):
    run = credit(since_october.cooperative, tono)
    with pytest.raises(ReturnRefused):
        credit(since_october.cooperative, tono)
    assert credit(since_october.cooperative, tono, key=run.key) == run
    assert ReturnRun.objects.of(since_october.cooperative).count() == 1


def test_a_month_that_runs_is_not_credited(since_october, tono):
    with pytest.raises(ReturnRefused):
        credit(since_october.cooperative, tono, on=date(2026, 11, 30))


def test_nothing_is_credited_that_was_not_shown(since_october, bearing, take, tono):
    shown = returns.content(returns.due(since_october.cooperative, NOVEMBER))
    take(since_october, bearing, 100_000)
    with pytest.raises(ReturnRefused):
        credit(since_october.cooperative, tono, shown=shown)


def test_a_month_without_anything_due_is_refused(ayu, tono):
    with pytest.raises(ReturnRefused):
        credit(ayu.cooperative, tono)


def test_into_a_closed_month_nothing_is_credited(since_october, tono, in_melati):
    for month in (OCTOBER, NOVEMBER, DECEMBER_1):
        months.close(cooperative=in_melati, month=month, on=date(2027, 1, 1), by=tono)
    with pytest.raises(ledger.MonthClosed):
        credit(in_melati, tono, on=date(2026, 12, 15))


def test_counters_checks_and_books_agree(since_october, tono, in_melati):
    tax_free(in_melati, return_tax_free_idr=0)
    credit(in_melati, tono)
    figures = CooperativeFigures.objects.of(in_melati).get()
    assert figures.voluntary_idr == 1_004_500
    assert counters.figures_now(in_melati)["voluntary_idr"] == 1_004_500
    assert checks.differences(in_melati) == []


def test_a_wrong_return_goes_back_with_its_tax(since_october, tono, correct, in_melati):
    tax_free(in_melati, return_tax_free_idr=0)
    run = credit(in_melati, tono)
    entry = ReturnLine.objects.of(in_melati).get(run=run).entry
    undone = correct(entry, on=DECEMBER_1)
    assert undone.balance_after_idr == 1_000_000
    tax = Line.objects.of(in_melati).filter(account__code=Code.RETURN_TAX)
    assert sum(line.credit_idr - line.debit_idr for line in tax) == 0
    assert checks.differences(in_melati) == []


def test_hundreds_are_credited_in_a_few_statements(
    in_melati, bearing, enrol, pay, principal, tono, django_assert_max_num_queries
):
    """Twelve members take as many statements as one, but for those of their journal's lines."""
    for serial in range(12):
        member = enrol(f"Orang {serial} (rekaan)", nik=Nik(f"33741152039{serial:05d}"))
        pay(member, principal, 100_000)
        pay(member, bearing, 100_000, on=MONDAY - timedelta(days=60))
    with django_assert_max_num_queries(36):
        assert credit(in_melati, tono).members == 12


@given(
    base_idr=st.integers(0, 10**12),
    percent=st.decimals(0, 24, places=2),
)
def test_the_return_is_the_nearest_whole_rupiah(base_idr, percent):
    exact = base_idr * percent / 1200
    assert abs(returns.gross(base_idr, percent) - exact) <= Decimal("0.5")


@given(
    total_idr=st.integers(1, 10**9),
    free_idr=st.integers(0, 10**9),
    percent=st.decimals(0, 99, places=2),
)
def test_the_tax_leaves_something_and_begins_above_the_free_amount(total_idr, free_idr, percent):
    rule = CooperativeSettings(return_tax_free_idr=free_idr, return_tax_percent=percent)
    tax_idr = returns.tax_on(total_idr, rule)
    assert 0 <= tax_idr <= total_idr
    if total_idr <= free_idr:
        assert tax_idr == 0


def test_kinds_are_defined_and_changed_on_pages(client_of, tono, in_melati, voluntary):
    browser = client_of(tono)
    base = f"/k/{in_melati.code}/anggota/jenis-simpanan"
    assert "Simpanan sukarela" in browser.get(f"{base}/").text
    assert (
        browser.post(f"{base}/baru/", {"name": "Hari raya", "is_active": "on"}).status_code == 302
    )
    assert SavingsKind.objects.of(in_melati).get(code="hari-raya").is_active
    form = {"name": "Sukarela", "return_percent": "7,5", "version": "1", "is_active": "on"}
    assert browser.post(f"{base}/{voluntary.id}/", form).status_code == 302
    voluntary.refresh_from_db()
    assert (voluntary.name, voluntary.return_percent) == ("Sukarela", Decimal("7.5"))
    assert browser.post(f"{base}/{voluntary.id}/", form).status_code == 422


@pytest.mark.parametrize("month", ["2026-13", "2026-0", "2126-01", "next"])
def test_a_month_that_is_none_or_has_not_begun_has_no_page(client_of, tono, in_melati, month):
    if month == "next":
        month = f"{add_months(business_today(), 1):%Y-%m}"
    page = client_of(tono).get(f"/k/{in_melati.code}/anggota/jasa/{month}/?kunci={uuid4()}")
    assert page.status_code == 404


def test_the_page_credits_what_it_showed(ayu, bearing, pay, client_of, tono, in_melati):
    pay(ayu, bearing, 1_000_000, on=date(2026, 9, 5))
    CooperativeSettings.objects.of(in_melati).update(return_tax_free_idr=0)
    ayu.joined_on = date(2026, 9, 1)
    ayu.save(update_fields=["joined_on"])
    browser = client_of(tono)
    path = f"/k/{in_melati.code}/anggota/jasa/2026-10/?kunci={uuid4()}"
    page = browser.get(path)
    assert "Rp5.000" in page.text
    sent = {name: page.context["form"].initial[name] for name in ("shown", "key")}
    assert browser.post(path, sent | {"shown": "anders"}).status_code == 422
    answer = browser.post(path, sent)
    assert answer.status_code == 302
    assert "Rp4.500" in browser.get(answer.url).text
    assert browser.post(path, sent).url == answer.url
    assert "Oktober 2026" in browser.get(f"/k/{in_melati.code}/anggota/jasa/").text


def test_programs_define_preview_and_credit(ayu, bearing, pay, api_of, tono, in_melati):
    pay(ayu, bearing, 1_000_000, on=date(2026, 9, 5))
    ayu.joined_on = date(2026, 9, 1)
    ayu.save(update_fields=["joined_on"])
    program = api_of(tono)
    made = program.post("/api/v1/savings/kinds/", {"name": "Qurban"}, format="json")
    assert (made.status_code, made.json()["code"]) == (201, "qurban")
    edit = {"name": "Qurban", "min_deposit_idr": 5_000, "version": 1}
    kind = f"/api/v1/savings/kinds/{made.json()['id']}/"
    assert program.put(kind, edit, format="json").json()["min_deposit_idr"] == 5_000
    assert program.put(kind, edit, format="json").status_code == 409
    told = program.get("/api/v1/savings/returns/2026-10/").json()
    assert (told["members"], told["gross_idr"]) == (1, 5_000)
    body = {"month": "2026-10-01", "shown": told["content"], "key": str(uuid4())}
    run = program.post("/api/v1/savings/returns/", body, format="json")
    assert run.status_code == 201
    lines = program.get(f"/api/v1/savings/returns/{run.json()['id']}/lines/").json()
    assert [line["net_idr"] for line in lines["results"]] == [5_000]
