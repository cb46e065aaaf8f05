"""After somebody has left: what no longer goes, and the way back."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils import translation

from finance.ledger import checks
from kkmp.access.models import User
from members.leaving.services import exits, readmission
from members.models import (
    Exit,
    ExitReason,
    Member,
    SavingsEntry,
    SavingsKind,
    Status,
)
from members.register.services import membership
from members.savings import queries
from members.savings.services import savings
from tests.conftest import MONDAY

Act = Callable[..., SavingsEntry]
TUESDAY = MONDAY + timedelta(days=1)
LATER = date(2027, 3, 31)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_who_left_pays_nothing_in_and_moves_no_more(
    rich: Member,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
    pay: Act,
    voluntary: SavingsKind,
    rini: User,
) -> None:
    decide(ask(rich))
    with pytest.raises(savings.DepositRefused):
        pay(rich, voluntary, 10_000)
    with pytest.raises(membership.RegistrationRefused):
        membership.move(member=rich, to=Status.APPLIED, on=MONDAY, by=rini)


def test_only_the_contact_of_who_left_is_corrected(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], rini: User
) -> None:
    decide(ask(rich))
    rich.refresh_from_db()
    names = [name for name in membership.Particulars.__dataclass_fields__ if name != "nik"]
    kept = {name: getattr(rich, name) for name in names}
    changes = {"phone": "+628120000077", "address": "Jl. Baru 1", "rt": "004", "rw": "002"}
    edit = {"member": rich, "version": rich.version, "on": MONDAY, "by": rini}
    with pytest.raises(membership.RegistrationRefused) as refusal:
        membership.edit(
            particulars=membership.Particulars(**kept | {"name": "Lain", "occupation": "guru"}),
            **edit,
        )
    assert set(refusal.value.fields) == {"name", "occupation"}
    edited = membership.edit(particulars=membership.Particulars(**kept | changes), **edit)
    assert (edited.phone, edited.rt) == ("+628120000077", "004")


def test_what_was_settled_on_leaving_is_not_corrected(
    rich: Member,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
    correct: Act,
    pay: Act,
    principal: SavingsKind,
    rini: User,
) -> None:
    before = list(queries.entries(rich))
    decide(ask(rich))
    for entry in queries.entries(rich):
        with pytest.raises(savings.ReversalRefused, match="everything recorded until then"):
            correct(entry)
    readmission.readmit(member=rich, by_board=False, on=TUESDAY, by=rini)
    fresh = pay(rich, principal, 40_000, on=TUESDAY)
    with pytest.raises(savings.ReversalRefused, match="everything recorded until then"):
        correct(before[0], on=TUESDAY)
    assert correct(fresh, on=TUESDAY).amount_idr == -40_000


def test_who_left_comes_back_as_an_applicant_with_a_new_number(
    rich: Member,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
    pay: Act,
    principal: SavingsKind,
    rini: User,
) -> None:
    exit = decide(ask(rich))
    back = readmission.readmit(member=rich, by_board=False, on=TUESDAY, by=rini)
    assert (back.status, back.number, back.joined_on, back.left_on) == (
        Status.APPLIED,
        None,
        None,
        None,
    )
    assert back.applied_on == TUESDAY
    again = pay(rich, principal, 100_000, on=TUESDAY).member
    assert (again.status, again.number, again.joined_on) == (Status.ACTIVE, 2, TUESDAY)
    exit.refresh_from_db()
    assert (exit.member_number, exit.member_since) == (1, MONDAY)
    assert checks.differences(rich.cooperative) == []


def test_who_came_back_the_same_day_may_leave_again(
    rich: Member,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
    pay: Act,
    principal: SavingsKind,
    rini: User,
) -> None:
    decide(ask(rich))
    readmission.readmit(member=rich, by_board=False, on=MONDAY, by=rini)
    pay(rich, principal, 100_000)
    assert decide(ask(rich)).member_number == 2


def test_an_applicant_declines_once_a_day(
    wulan: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], rini: User
) -> None:
    decide(ask(wulan, ExitReason.DECLINED))
    readmission.readmit(member=wulan, by_board=False, on=MONDAY, by=rini)
    with pytest.raises(exits.ExitRefused, match="from tomorrow on"):
        ask(wulan, ExitReason.DECLINED)


def test_only_the_board_takes_back_whom_it_dismissed(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], rini: User, budi: User
) -> None:
    with pytest.raises(readmission.ReadmissionRefused, match="has not left"):
        readmission.readmit(member=rich, by_board=True, on=MONDAY, by=budi)
    decide(ask(rich, ExitReason.DISMISSED))
    with pytest.raises(readmission.ReadmissionRefused, match="was dismissed"):
        readmission.readmit(member=rich, by_board=False, on=MONDAY, by=rini)
    back = readmission.readmit(member=rich, by_board=True, on=MONDAY, by=budi)
    assert back.status == Status.APPLIED
