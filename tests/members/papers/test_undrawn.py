"""Each page that prints says which letters its paper lacks, before it is printed."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kkmp.access.models import User
from kkmp.lib.clock import business_today
from kkmp.lib.documents import undrawn_in
from kkmp.registry.models import Cooperative
from members.leaving.services import exits
from members.models import Exit, Member, SavingsEntry

Door = Callable[[User], Client]
NAME, TOLD = "Ayu 王小明", "huruf 王小明: pada “Ayu 王小明”"


@pytest.fixture
def wang(ayu: Member) -> Member:
    """Ayu, as another script writes her name."""
    Member.objects.of(ayu.cooperative).filter(id=ayu.id).update(name=NAME)
    ayu.refresh_from_db()
    return ayu


def _page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"members:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_texts_are_found_wherever_they_stand_and_drawings_are_none() -> None:
    data = {"a": ["Ani", "安 安"], "b": {"c": "安 安"}, "svg": "<svg>安</svg>", "n": 3}
    assert undrawn_in(data) == [("安 安", "安")]


def test_a_passbook_says_so(wang: Member, rini: User, client_of: Door) -> None:
    page = _page(client_of(rini), "passbook", wang.cooperative.code, wang.id)
    assert TOLD in page
    assert "kotak kosong" in page


def test_a_receipt_of_savings_says_so(wang: Member, tono: User, client_of: Door) -> None:
    entry = SavingsEntry.objects.of(wang.cooperative).filter(member=wang).first()
    assert entry is not None
    assert TOLD in _page(client_of(tono), "receipt", wang.cooperative.code, entry.id)


def test_the_books_say_so(wang: Member, rini: User, client_of: Door) -> None:
    assert TOLD in _page(client_of(rini), "registers", wang.cooperative.code)


def test_books_in_latin_letters_say_nothing(ayu: Member, rini: User, client_of: Door) -> None:
    people = Member.objects.of(ayu.cooperative).filter(id=ayu.id)
    people.update(name="Ayu D’Café – “Łódź”", address="Jl. Кирова Αθήνα")
    page = _page(client_of(rini), "registers", ayu.cooperative.code)
    assert "kotak kosong" not in page


def test_papers_of_a_leaving_say_so(
    rich: Member, ask: Callable[..., Exit], budi: User, client_of: Door
) -> None:
    Member.objects.of(rich.cooperative).filter(id=rich.id).update(name=NAME)
    exit = ask(rich, on=business_today())
    here, browser = rich.cooperative.code, client_of(budi)
    assert TOLD not in _page(browser, "exit", here, exit.id)
    decision = exits.Decision("7/BA", business_today())
    exits.decide(exit=exit, decision=decision, key=uuid4(), on=business_today(), by=budi)
    assert TOLD in _page(browser, "exit", here, exit.id)


def test_the_poster_says_so(in_melati: Cooperative, rini: User, client_of: Door) -> None:
    browser = client_of(rini)
    assert "kotak kosong" not in _page(browser, "applications", in_melati.code)
    Cooperative.objects.filter(pk=in_melati.pk).update(address="Jl. 王")
    assert "huruf 王: pada “Jl. 王”" in _page(browser, "applications", in_melati.code)
