"""Between the request and the decision: nothing is taken from whoever leaves, and nothing sent."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from kkmp.access.models import User
from kkmp.registry.models import Cooperative
from members.dues.queries import arrears, owing
from members.dues.queries.arrears import Rules
from members.dues.services import collections
from members.dues.services.collections import CollectionRefused
from members.leaving.services import exits
from members.leaving.services.exits import Heir
from members.models import Exit, ExitReason, Member, SavingsKind
from members.papers.documents import cards
from members.papers.services import links
from members.register.services import leaving_open
from members.register.services.leaving_open import LeavingOpen
from members.savings.services import savings
from shops.credit.services import credits
from tests.conftest import MONDAY

WIDOWER = Heir("Surya (rekaan)", "suami", "+6281200000077")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def died(rich: Member, ask: Callable[..., Exit]) -> Exit:
    return ask(rich, ExitReason.DIED, heir=WIDOWER)


def acts(
    member: Member, mandatory: SavingsKind, voluntary: SavingsKind, by: User
) -> dict[str, Callable[[], Any]]:
    given: dict[str, Any] = {"member": member, "on": MONDAY, "by": by}
    return {
        "deposit": lambda: savings.deposit(kind=mandatory, amount_idr=10_000, key=uuid4(), **given),
        "withdrawal": lambda: savings.withdraw(
            kind=voluntary, amount_idr=10_000, key=uuid4(), **given
        ),
        "link": lambda: links.issue(member=member, days=30, at=timezone.now(), by=by),
        "credit": lambda: credits.set_terms(
            member=member, limit_idr=50_000, due_days=14, version=0, by=by
        ),
    }


def test_nothing_is_taken_or_given_in_the_name_of_somebody_who_has_died(
    died: Exit, rich: Member, mandatory: SavingsKind, voluntary: SavingsKind, tono: User, case: Any
) -> None:
    for name, act in acts(rich, mandatory, voluntary, tono).items():
        with case(name), pytest.raises(LeavingOpen) as refusal:
            act()
        with case(f"{name}: whom to speak to"):
            assert "Surya (rekaan), suami" in str(refusal.value)
            assert str(died.requested_by) in str(refusal.value)


def test_once_the_request_is_taken_back_all_of_it_goes_on(
    died: Exit, rich: Member, mandatory: SavingsKind, voluntary: SavingsKind, tono: User, case: Any
) -> None:
    exits.take_back(exit=died, by=tono)
    for name, act in acts(rich, mandatory, voluntary, tono).items():
        with case(name):
            assert act()


def test_no_card_is_made_and_sheets_leave_them_out(died: Exit, rich: Member) -> None:
    with pytest.raises(cards.CardRefused, match="The death of"):
        cards.pdf(rich)
    with pytest.raises(cards.CardRefused, match="nobody to print"):
        cards.sheets(rich.cooperative, [rich])


def test_a_collection_names_them(
    died: Exit, rich: Member, mandatory: SavingsKind, tono: User
) -> None:
    with pytest.raises(CollectionRefused) as refusal:
        collections.collect(
            cooperative=rich.cooperative,
            payments=[collections.Payment(rich, mandatory, 10_000)],
            title="Rapat RW 03",
            key=uuid4(),
            on=MONDAY,
            by=tono,
        )
    assert "The death of" in refusal.value.fields[str(rich.id)][0]


def test_the_list_of_arrears_has_no_text_for_them(
    rich: Member, ask: Callable[..., Exit], in_melati: Cooperative
) -> None:
    on, rules = date(2027, 6, 10), Rules.of(in_melati)
    people = arrears.behind(arrears.active(in_melati, rules), rules, on=on)
    before = owing.rows(in_melati, rules, people.filter(id=rich.id), on=on)[0]
    assert before.text
    assert before.leaving == ""
    ask(rich, ExitReason.DIED, heir=WIDOWER)
    row = owing.rows(in_melati, rules, people.filter(id=rich.id), on=on)[0]
    assert (row.text, row.whatsapp) == ("", "")
    assert "Speak to the heir, Surya (rekaan), suami" in row.leaving


def test_whoever_asked_to_leave_is_told_who_recorded_it(
    rich: Member, ask: Callable[..., Exit], rini: User
) -> None:
    ask(rich)
    with pytest.raises(LeavingOpen, match=f"Speak to .*{rini.username}|Speak to Rini"):
        leaving_open.refuse(rich)
