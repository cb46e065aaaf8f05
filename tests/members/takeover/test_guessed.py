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
    def listed(*people: tuple[str, str], by: User | None = None) -> list[Verdict]:
        rows = [
            SourceRow(number, {"name": name, "nik": nik})
            for number, (name, nik) in enumerate(people, 2)
        ]
        return MemberList().check(rows, cooperative=in_melati, on=LISTED, by=by)

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


def _tries_until_found(check, neighbours, rini, name: str | None) -> int:
    """One row, corrected again and again: every serial of every neighbour, the right one last."""
    found = 0
    for at, neighbour in enumerate(neighbours):
        for serial in (1, 2, 3, 4, 5, 6, 7):
            (verdict,) = check((name or neighbour, _nik(at, serial)), by=rini)
            found += bool(verdict.known_as)
    return found


@pytest.mark.parametrize("name", [None, "Siapa Saja"], ids=["right names", "made-up name"])
def test_one_row_corrected_again_and_again_tells_of_few(check, neighbours, rini, name):
    """As a treasurer could do it, who may import and reveal no number: small lists without end."""
    # Sixty wrong numbers a day and one for each 25 people, and six of them for each right one.
    assert _tries_until_found(check, neighbours, rini, name) <= 10


def test_after_too_many_guesses_a_right_number_is_told_no_more_than_a_wrong_one(
    check, neighbours, rini
):
    _tries_until_found(check, neighbours, rini, None)
    right, wrong = check((neighbours[29], _nik(29, 7)), (neighbours[28], _nik(28, 8)), by=rini)
    assert _is_told_nothing([right, wrong])


def test_the_same_list_looked_at_again_and_again_is_no_guessing(check, neighbours, rini):
    wrong = [(neighbours[at], _nik(at, 8)) for at in range(5)]
    people = [(name, _nik(at, 7)) for at, name in enumerate(neighbours[5:], 5)]
    for _look in range(20):
        verdicts = check(*wrong, *people, by=rini)
    assert sum(bool(verdict.known_as) for verdict in verdicts) == 25
