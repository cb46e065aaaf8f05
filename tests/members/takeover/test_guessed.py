"""A list that guesses at identity numbers is compared with nobody."""

from collections.abc import Callable
from datetime import date

import pytest

from kkmp.access.models import User
from kkmp.imports.rows import SourceRow, Verdict
from kkmp.lib.identity import Nik
from kkmp.registry.models import Cooperative
from members.register.services import membership
from members.takeover.kind import MemberList
from tests.imports.conftest import LISTED

BORN = date(1990, 3, 12)
STEM = "337411520390"


@pytest.fixture
def neighbours(in_melati: Cooperative, rini: User) -> list[str]:
    """Thirty people with NIKs of their own, born in different years."""
    names = [f"Tetangga{at:02d} Rekaan{at:02d}" for at in range(30)]
    for at, name in enumerate(names):
        membership.register(
            cooperative=in_melati,
            particulars=membership.Particulars(name=name, nik=Nik(_nik(at, 7))),
            on=LISTED,
            by=rini,
        )
    return names


def _nik(at: int, serial: int) -> str:
    return f"3374115203{60 + at:02d}{serial:04d}"


@pytest.fixture
def check(in_melati: Cooperative) -> Callable[..., list[Verdict]]:
    def listed(*people: tuple[str, str]) -> list[Verdict]:
        rows = [
            SourceRow(number, {"name": name, "nik": nik})
            for number, (name, nik) in enumerate(people, 2)
        ]
        return MemberList().check(rows, cooperative=in_melati, on=LISTED)

    return listed


def _is_told_nothing(verdicts: list[Verdict]) -> bool:
    return {verdict.known_as for verdict in verdicts} == {""} and all(
        "nik_guessed" in {problem.code for problem in verdict.problems} for verdict in verdicts
    )


def test_serials_tried_beside_the_right_names_tell_nobody(check, neighbours):
    """As it could be done by whoever sees names and birth dates: two serials of each person."""
    guesses = [(name, _nik(at, serial)) for at, name in enumerate(neighbours) for serial in (6, 7)]
    assert _is_told_nothing(check(*guesses))


def test_numbers_beside_made_up_names_tell_nobody(check, neighbours):
    assert _is_told_nothing(check(*[("Siapa", _nik(at, 7)) for at in range(30)]))


def test_one_birthday_with_every_serial_tells_nobody(check):
    """Nor whether another cooperative has one of them."""
    guesses = [(f"Orang{serial}", f"{STEM}{serial:04d}") for serial in range(1, 31)]
    assert _is_told_nothing(check(*guesses))


def test_a_list_of_people_is_compared_although_it_has_mistakes(check, neighbours):
    people = [(name, _nik(at, 7)) for at, name in enumerate(neighbours)]
    wrong = [(neighbours[at], _nik(at, 8)) for at in range(5)]
    new = [(f"Baru{at}", f"{STEM}{at:04d}") for at in range(1, 9)]
    verdicts = check(*people[5:], *wrong, *new)
    assert sum(bool(verdict.known_as) for verdict in verdicts) == 25
    assert not any(verdict.problems for verdict in verdicts)
