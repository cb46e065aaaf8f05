"""No digit of anybody's NIK in what anybody is answered, but where it is revealed on record.

Area, birth date and sex stand beside it wherever people do, and a serial is mostly a small number:
with the last four digits the whole of it was known of everybody. Here it is an unusual number, so
that four digits of it in a row are no chance.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from kkmp.access.permissions import Role
from kkmp.exports import lists
from kkmp.exports.lists import ListRequest
from kkmp.lib import documents
from kkmp.lib.seal import seal
from kkmp.registry import scope
from members.models import Application, Member
from members.register.persons import nik_hash
from members.registers.services import disclosures
from tests.guards import rights as decided
from tests.guards.addresses import all_of_them
from tests.guards.side import Side
from tests.guards.test_strangers_ids import filled
from tests.guards.world import ANONYMOUS, World

#: A woman born on 9 August 1987, and others with another serial.
STEM, SERIAL = "517291490887", 4386
BORN = date(1987, 8, 9)
#: Ids, keys and tokens: digits in a row are a chance there.
TOKENS = re.compile(r"[A-Za-z0-9+/_=-]{20,}")
#: Whole registers on paper, asked for by a form that says so, with an event.
REVEALING = {"members:reveal_nik", "members:application_nik", "members:register_members_whole"}


@pytest.fixture
def sealed(ours: Side) -> list[str]:
    """Everybody on the register and every application with such a number; all that there are."""
    numbers = []
    with scope.cooperative(ours.cooperative.pk):
        people = [
            *Member.objects.of(ours.cooperative).exclude(nik_hash=None),
            *Application.objects.of(ours.cooperative).filter(state="waiting"),
        ]
        for at, person in enumerate(people):
            digits = f"{STEM}{SERIAL + at * 111:04d}"
            numbers.append(digits)
            type(person).objects.of(ours.cooperative).filter(pk=person.pk).update(
                nik_sealed=seal(digits),
                nik_hash=nik_hash(ours.cooperative.pk, digits),
                birth_date=BORN,
            )
    assert len(numbers) > 2
    return numbers


@pytest.fixture(autouse=True)
def _papers_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be drawn on a paper, readable."""
    for name in ("render", "render_png"):
        monkeypatch.setattr(documents, name, _as_text)


def _as_text(_template: str, data: Any, **_more: Any) -> bytes:
    return json.dumps(data, default=str).encode()


def told(text: str, numbers: list[str]) -> set[str]:
    """Runs of four digits of the numbers that stand in a text."""
    plain = TOKENS.sub(" ", text)
    runs = {digits[at : at + 4] for digits in numbers for at in range(13)}
    return {run for run in runs if run in plain}


def readers(roles: frozenset[str]) -> list[str]:
    return [ANONYMOUS] if "everybody" in roles else sorted(roles - {"signed in"})


def read(world: World, ours: Side) -> Iterator[tuple[str, Any]]:
    """Every address that is read, as each role that may."""
    for address in {one.route: one for one in all_of_them()}.values():
        rights = [
            right
            for right in decided.of_addresses().get(address.route, [])
            if "GET" in right.methods and address.name not in REVEALING
        ]
        here = filled(address, ours, ours) if rights else ""
        for who in sorted({who for right in rights for who in readers(right.roles)}):
            is_api = rights[0].is_api
            more = {"format": "json"} if is_api else {}
            yield f"{who} {here}", world.ask(who, "GET", here, is_api=is_api, **more)


def test_nobody_reads_four_digits_of_a_nik_anywhere(world: World, ours: Side, sealed, case):
    seen = 0
    for name, answer in read(world, ours):
        with case(name):
            content = b"".join(answer) if answer.streaming else answer.content
            text = content.decode("utf-8", "replace")
            seen += "1987" in text
            assert told(text, sealed) == set()
    assert seen > 20, "the walk came by nobody's birth date"


def test_no_list_that_is_taken_out_has_four_digits_of_a_nik(ours: Side, world: World, sealed, case):
    with scope.cooperative(ours.cooperative.pk):
        for kind in lists.registered():
            with case(kind.code):
                asked = ListRequest(ours.cooperative, QueryDict(), timezone.localdate())
                for sheet in kind.content(asked).sheets:
                    cells = [[c.value(row) for c in sheet.columns] for row in sheet]
                    assert told(str(cells), sealed) == set()


def test_the_whole_register_alone_has_them_and_says_so(ours: Side, world: World, sealed):
    with scope.cooperative(ours.cooperative.pk):
        lines = disclosures.whole_register(
            cooperative=ours.cooperative, by=world.people[str(Role.CHAIR)]
        )
        assert {line.nik for line in lines} <= set(sealed)
        assert told(" ".join(line.nik for line in lines), sealed)
