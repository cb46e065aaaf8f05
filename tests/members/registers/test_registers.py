"""The registers: every membership keeps its line, and the sums are those of the books."""

from collections.abc import Callable
from datetime import date, timedelta
from time import monotonic

import pytest
from django.test import Client
from django.urls import reverse

from finance.ledger import queries as finance
from finance.ledger.accounts import Code
from kkmp.access.models import AuditEvent, User
from kkmp.registry.models import Cooperative
from members.bodies.services import officers
from members.bodies.services.officers import Term
from members.leaving.services import readmission
from members.models import (
    Body,
    Exit,
    ExitReason,
    Member,
    Position,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
    Status,
)
from members.registers import documents
from members.registers import queries as registers_queries
from members.registers.queries import MemberLine
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Act = Callable[..., SavingsEntry]
Door = Callable[[User], Client]
TUESDAY = MONDAY + timedelta(days=1)


def _url(name: str, cooperative: Cooperative) -> str:
    return reverse(f"members:{name}", args=[cooperative.code])


def test_former_members_keep_their_line(
    rich: Member, wulan: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    decide(ask(rich, ExitReason.MOVED))
    decide(ask(wulan, ExitReason.DECLINED))
    (line,) = registers_queries.members(rich.cooperative)
    assert (line.number, line.joined_on, line.left_on, line.left_why) == (
        1,
        MONDAY,
        MONDAY,
        ExitReason.MOVED,
    )
    assert line.nik == ""


def test_somebody_who_came_back_has_two_lines(
    rich: Member,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
    pay: Act,
    principal: SavingsKind,
    rini: User,
) -> None:
    decide(ask(rich))
    readmission.readmit(member=rich, by_board=False, on=TUESDAY, by=rini)
    (line,) = registers_queries.members(rich.cooperative)
    assert (line.number, line.left_on) == (1, MONDAY)
    pay(rich, principal, 100_000, on=TUESDAY)
    old, new = registers_queries.members(rich.cooperative)
    assert (old.number, old.left_why) == (1, ExitReason.RESIGNED)
    assert (new.number, new.joined_on, new.left_on) == (2, TUESDAY, None)


def test_somebody_who_left_before_this_was_kept_has_a_line_without_a_reason(ayu: Member) -> None:
    Member.objects.of(ayu.cooperative).filter(id=ayu.id).update(status=Status.LEFT, left_on=MONDAY)
    (line,) = registers_queries.members(ayu.cooperative)
    assert (line.left_on, line.left_why) == (MONDAY, "")


def test_the_savings_register_adds_up_to_the_books_of_any_day(
    rich: Member, wulan: Member, principal: SavingsKind, voluntary: SavingsKind, pay: Act, take: Act
) -> None:
    cooperative = rich.cooperative
    holiday = SavingsKind.objects.create(
        cooperative=cooperative,
        code="hari-raya",
        role=SavingsRole.VOLUNTARY,
        name="Simpanan hari raya",
        name_en="Holiday savings",
        account_code=Code.SPECIAL_SAVINGS,
        position=9,
    )
    pay(wulan, principal, 40_000, on=TUESDAY)
    pay(rich, holiday, 12_000, on=TUESDAY)
    take(rich, voluntary, 5_000, on=TUESDAY)
    columns = {
        Code.PRINCIPAL_SAVINGS: "principal_idr",
        Code.MANDATORY_SAVINGS: "mandatory_idr",
        Code.VOLUNTARY_SAVINGS: "voluntary_idr",
        Code.SPECIAL_SAVINGS: "other_idr",
    }
    for day in (MONDAY - timedelta(days=1), MONDAY, TUESDAY):
        sums = registers_queries.total(registers_queries.savings(cooperative, on=day))
        books = finance.balances(cooperative, list(columns), day)
        assert {columns[Code(code)]: books[code] for code in books} == {
            name: sums[name] for name in columns.values()
        }
        assert sums["total_idr"] == sum(books.values())
    lines = registers_queries.savings(cooperative, on=TUESDAY)
    assert [(line.member.number, line.total_idr) for line in lines] == [
        (1, 182_000),
        (None, 40_000),
    ]


def test_who_left_stands_in_the_savings_register_until_then(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    decide(ask(rich), on=TUESDAY, decided_on=TUESDAY)
    assert len(registers_queries.savings(rich.cooperative, on=MONDAY)) == 1
    assert registers_queries.savings(rich.cooperative, on=TUESDAY) == []


# --- On paper --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["register_members", "register_savings", "register_board", "register_supervisors"]
)
def test_every_register_prints(ayu: Member, wati: User, client_of: Door, name: str) -> None:
    response = client_of(wati).get(_url(name, ayu.cooperative))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]


def test_the_savings_register_takes_a_day_and_says_what_is_none(
    ayu: Member, wati: User, client_of: Door
) -> None:
    browser, url = client_of(wati), _url("register_savings", ayu.cooperative)
    assert "2025-12-31" in browser.get(url + "?on=2025-12-31")["Content-Disposition"]
    assert "2025-12-31" in browser.get(url + "?on=31/12/2025")["Content-Disposition"]
    for wrong in ("kemarin", "31/02/2026"):
        # Another day's book, signed and filed, would be worse than none.
        page = browser.get(f"{url}?on={wrong}", follow=True)
        assert not page.content.startswith(b"%PDF")
        assert page.context["messages"]


def test_whole_niks_are_printed_only_on_asking_and_on_record(
    ayu: Member, rini: User, wati: User, client_of: Door
) -> None:
    url = _url("register_members_whole", ayu.cooperative)
    assert client_of(rini).get(url).status_code == 405
    assert client_of(wati).post(url).status_code == 403
    assert client_of(rini).post(url).content.startswith(b"%PDF")
    event = AuditEvent.objects.of(ayu.cooperative).get(action="register.nik_reveal")
    assert (event.actor, event.details) == (rini, {"lines": 1})
    assert NIKS[1].digits not in str(event.details)
    (line,) = registers_queries.members(ayu.cooperative, reveals=True)
    assert line.nik == NIKS[1].digits


def test_the_index_says_what_each_book_holds(
    rich: Member,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
    rini: User,
    wati: User,
    client_of: Door,
) -> None:
    decide(ask(rich))
    page = client_of(rini).get(_url("registers", rich.cooperative))
    assert page.context["former"] == 1
    assert _url("register_members_whole", rich.cooperative) in page.content.decode()
    page = client_of(wati).get(_url("registers", rich.cooperative)).content.decode()
    assert _url("register_members_whole", rich.cooperative) not in page


def test_the_bodies_print_with_their_ended_terms(ayu: Member, rini: User) -> None:
    start, end = date(2025, 6, 24), date(2030, 6, 23)
    seats = [
        (Body.BOARD, Position.CHAIR, ayu, False),
        (Body.SUPERVISORS, Position.CHAIR, None, True),
    ]
    for body, position, member, is_head in seats:
        term = Term(
            body=body,
            position=position,
            member=member,
            name="" if member else "Lurah (rekaan)",
            is_kelurahan_head=is_head,
            started_on=start,
            term_ends_on=end,
        )
        officer = officers.add(on=MONDAY, cooperative=ayu.cooperative, term=term, by=rini)
        officers.end(officer=officer, ended_on=MONDAY, why="selesai", on=MONDAY, by=rini)
        terms = registers_queries.body(ayu.cooperative, body)
        assert [one.id for one in terms] == [officer.id]
        pdf = documents.body_pdf(ayu.cooperative, body, terms, on=MONDAY)
        assert pdf.startswith(b"%PDF")


def test_800_lines_print_in_a_few_seconds(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    decide(ask(rich))
    (line,) = registers_queries.members(rich.cooperative)
    lines = [
        MemberLine(line.member, number, line.joined_on, line.nik, line.left_on, line.left_why)
        for number in range(1, 801)
    ]
    began = monotonic()
    pdf = documents.members_pdf(rich.cooperative, lines, on=MONDAY)
    assert pdf.startswith(b"%PDF")
    assert monotonic() - began < 20, "a few seconds on an idle machine"
