"""The passbook: opening balance, what moved, what stands, to the last rupiah."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import unquote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from kkmp.access.models import User
from members.models import Member, SavingsEntry, SavingsKind
from members.papers.documents import passbooks
from members.savings import queries
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

DAY = timedelta(days=1)


@pytest.fixture
def story(
    ayu: Member,
    mandatory: SavingsKind,
    voluntary: SavingsKind,
    pay: Callable[..., SavingsEntry],
    take: Callable[..., SavingsEntry],
    correct: Callable[..., SavingsEntry],
) -> Member:
    """Ayu's first ten days."""
    pay(ayu, mandatory, 10_000, on=MONDAY + 1 * DAY)
    wrong = pay(ayu, voluntary, 70_000, on=MONDAY + 2 * DAY)
    correct(wrong, on=MONDAY + 3 * DAY)
    pay(ayu, voluntary, 50_000, on=MONDAY + 5 * DAY)
    take(ayu, voluntary, 20_000, on=MONDAY + 6 * DAY)
    return ayu


def _pages(book: passbooks.Passbook) -> dict[str, tuple[int, ...]]:
    return {
        page.kind.code: (page.opening_idr, page.in_idr, page.out_idr, page.closing_idr)
        for page in book.pages
    }


def test_a_period_has_opening_movements_and_closing(story: Member) -> None:
    book = passbooks.passbook(story, since=MONDAY + 3 * DAY, until=MONDAY + 6 * DAY)
    assert _pages(book) == {
        "pokok": (100_000, 0, 0, 100_000),
        "wajib": (10_000, 0, 0, 10_000),
        "sukarela": (70_000, 50_000, 90_000, 30_000),
    }
    assert (book.opening_idr, book.closing_idr) == (180_000, 140_000)


def test_both_days_belong_to_the_period(story: Member) -> None:
    book = passbooks.passbook(story, since=MONDAY + 5 * DAY, until=MONDAY + 5 * DAY)
    (row,) = book.pages[-1].rows
    assert (row.in_idr, row.out_idr, row.balance_idr) == (50_000, 0, 50_000)


def test_kinds_without_anything_are_left_out(ayu: Member) -> None:
    assert set(_pages(passbooks.passbook(ayu, since=MONDAY, until=MONDAY))) == {"pokok"}


def test_before_the_first_payment_there_is_nothing(ayu: Member) -> None:
    book = passbooks.passbook(ayu, since=date(2020, 1, 1), until=MONDAY - DAY)
    assert book.pages == []


def test_a_period_that_ends_before_it_begins_is_refused(ayu: Member) -> None:
    with pytest.raises(passbooks.PeriodRefused):
        passbooks.passbook(ayu, since=MONDAY, until=MONDAY - DAY)


def test_nothing_of_anyone_elses(
    story: Member, enrol: Callable[..., Member], pay: Callable[..., SavingsEntry]
) -> None:
    other = enrol("Citra (rekaan)", nik=NIKS[3])
    pay(other, SavingsKind.objects.of(story.cooperative).get(code="pokok"), 100_000)
    book = passbooks.passbook(story, since=MONDAY, until=MONDAY + 9 * DAY)
    assert {row.entry.member_id for page in book.pages for row in page.rows} == {story.id}


@given(cuts=st.lists(st.integers(0, 9), max_size=4))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_a_time_is_cut_the_passbooks_join(story: Member, cuts: list[int]) -> None:
    """Each begins where the last ended, and the last ends with the balances."""
    days = sorted({MONDAY + cut * DAY for cut in cuts} | {MONDAY, MONDAY + 10 * DAY})
    status: dict[str, int] = {}
    for since, until in pairwise(days):
        book = passbooks.passbook(story, since=since, until=until - DAY)
        pages = _pages(book)
        assert {code: page[0] for code, page in pages.items() if page[0]} == status
        assert all(o + i - u == c for o, i, u, c in pages.values())
        status = {code: page[3] for code, page in pages.items() if page[3]}
    held = queries.holdings(story, on=MONDAY)
    assert status == {h.kind.code: h.balance_idr for h in held if h.balance_idr}


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_it_prints(story: Member, paper: str) -> None:
    book = passbooks.passbook(story, since=MONDAY, until=MONDAY + 9 * DAY)
    assert passbooks.pdf(book, paper=paper, on=MONDAY).startswith(b"%PDF")


def test_an_empty_one_prints_too(ayu: Member) -> None:
    book = passbooks.passbook(ayu, since=date(2020, 1, 1), until=date(2020, 1, 2))
    assert passbooks.pdf(book, paper="a5", on=MONDAY).startswith(b"%PDF")


def test_the_text_says_balances_last_entries_and_dues(story: Member) -> None:
    text = passbooks.message(story, on=MONDAY + 9 * DAY)
    assert "Simpanan Ayu (rekaan) (no. anggota 0001) per 2 Desember 2026:" in text
    assert "• Simpanan sukarela: Rp30.000" in text
    assert "Jumlah: *Rp140.000*" in text
    assert "• 29 November 2026: Simpanan sukarela -Rp20.000" in text
    assert "• 26 November 2026: Simpanan sukarela -Rp70.000 (koreksi)" in text
    assert "Simpanan wajib Rp10.000 sebulan, bulan ini belum disetor Rp10.000." in text
    assert NIKS[1].digits not in text


def test_whoever_never_paid_mandatory_savings_is_told(ayu: Member) -> None:
    assert "sebulan, bulan ini belum disetor Rp10.000." in passbooks.message(ayu, on=MONDAY)


def test_whoever_is_no_member_yet_owes_none(wulan: Member) -> None:
    text = passbooks.message(wulan, on=MONDAY)
    assert "sebulan" not in text
    assert "Jumlah: *Rp0*" in text


# --- Pages and API ---------------------------------------------------------------------------


def _address(member: Member, rest: str) -> str:
    return f"/k/{member.cooperative.code}/anggota/{member.id}/{rest}"


def test_the_page_shows_the_period_and_a_link_to_whatsapp(
    story: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    query = {"since": "2026-11-23", "until": "2026-12-02"}
    answer = client_of(rini).get(_address(story, "buku/"), query)
    assert answer.context["book"].closing_idr == 140_000
    link = answer.context["whatsapp"]
    assert link.startswith("https://wa.me/6281200000002?text=")
    assert unquote(link.partition("text=")[2]) == answer.context["text"]


@pytest.mark.parametrize("query", [{"until": "2020-01-01"}, {"since": "kemarin"}])
def test_a_wrong_period_is_said_beside_the_dates(
    query: dict[str, str], ayu: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(rini)
    answer = browser.get(_address(ayu, "buku/"), query)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ([*query] if "since" in query else ["until"])
    assert browser.get(_address(ayu, "buku.pdf"), query).status_code == 302


def test_the_paper_is_a_pdf_with_a_name(
    story: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    query = {"since": "2026-11-23", "until": "2026-12-02", "paper": "a5"}
    answer = client_of(rini).get(_address(story, "buku.pdf"), query)
    assert answer.content.startswith(b"%PDF")
    assert "buku-0001-2026-12-02.pdf" in answer["Content-Disposition"]


def test_a_cashier_sees_no_passbook(
    ayu: Member, sari: User, client_of: Callable[[User], Client]
) -> None:
    assert client_of(sari).get(_address(ayu, "buku/")).status_code == 403


def test_the_api_gives_the_period(
    story: Member, tono: User, api_of: Callable[..., APIClient]
) -> None:
    query = {"since": "2026-11-23", "until": "2026-12-02"}
    answer = api_of(tono).get(f"/api/v1/members/{story.id}/passbook/", query).json()
    assert answer["closing_idr"] == 140_000
    assert [row["balance_idr"] for row in answer["pages"][2]["rows"]] == [70_000, 0, 50_000, 30_000]


def test_the_api_refuses_a_period_that_ends_before_it_begins(
    ayu: Member, tono: User, api_of: Callable[..., APIClient]
) -> None:
    query = {"since": "2026-11-23", "until": "2026-01-01"}
    answer = api_of(tono).get(f"/api/v1/members/{ayu.id}/passbook/", query)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["until"])
