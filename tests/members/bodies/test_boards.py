"""What the rules say of the two bodies: warnings, and never a refusal."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.bodies.services import boards
from members.bodies.services.boards import Seat
from members.models import Body, Position, Sex
from tests.conftest import MONDAY

ENDS = date(2030, 6, 23)


def seat(position: Position, body: Body = Body.BOARD, name: str = "", **changes: object) -> Seat:
    made = Seat(
        body=body,
        position=position,
        name=name or f"{body}-{position} (rekaan)",
        sex=Sex.MALE,
        member_id=uuid4(),
        is_active_member=True,
        is_kelurahan_head=False,
        term_ends_on=ENDS,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def whole() -> list[Seat]:
    """Both bodies as the rules ask."""
    head = seat(
        Position.CHAIR,
        Body.SUPERVISORS,
        "Lurah (rekaan)",
        is_kelurahan_head=True,
        member_id=None,
        is_active_member=False,
    )
    others = [seat(Position.MEMBER, Body.SUPERVISORS, f"Pengawas {at} (rekaan)") for at in range(2)]
    board = [seat(post) for post in boards.BOARD_POSTS]
    board[3] = replace(board[3], sex=Sex.FEMALE)
    return [*board, head, *others]


def codes(seats: list[Seat], on: date = MONDAY) -> list[str]:
    return [warning.code for warning in boards.warnings(seats, on=on)]


def test_nothing_is_said_where_all_is_as_asked() -> None:
    assert codes(whole()) == []


def test_empty_bodies_are_said_once() -> None:
    assert codes([]) == ["no_board", "no_supervisors"]


def test_a_small_and_even_board_lacks_a_post() -> None:
    seats = [one for one in whole() if one.position != Position.TREASURER]
    assert codes(seats) == ["board_small", "board_even", "post_vacant"]


def test_six_are_even_and_seven_are_fine() -> None:
    six = [*whole(), seat(Position.MEMBER)]
    assert codes(six) == ["board_even"]
    assert codes([*six, seat(Position.MEMBER)]) == []


def test_two_people_with_one_post_are_said() -> None:
    seats = [*whole(), seat(Position.TREASURER, name="Tambahan"), seat(Position.MEMBER)]
    assert codes(seats) == ["post_twice"]


def test_one_person_with_two_posts_counts_once() -> None:
    seats = whole()
    seats[4] = replace(seats[4], member_id=seats[3].member_id, name=seats[3].name)
    assert codes(seats) == ["board_small", "board_even", "two_posts"]


def test_a_name_tells_people_who_are_no_members() -> None:
    lost = {"member_id": None, "is_active_member": False, "name": "Siti  (rekaan)"}
    seats = whole()
    seats[3] = replace(seats[3], **lost)  # type: ignore[arg-type]
    seats[4] = replace(seats[4], **lost | {"name": "siti (Rekaan)"})  # type: ignore[arg-type]
    assert "two_posts" in codes(seats)
    assert codes(seats).count("board_no_member") == 2


def test_a_board_without_women_is_said() -> None:
    seats = [replace(one, sex=Sex.MALE) for one in whole()]
    assert codes(seats) == ["no_women"]


def test_somebody_in_both_bodies_is_said() -> None:
    seats = whole()
    seats[6] = replace(seats[6], member_id=seats[0].member_id)
    assert codes(seats) == ["both_bodies"]


def test_the_head_of_the_kelurahan_chairs_the_supervisors_and_is_no_officer() -> None:
    seats = whole()
    seats[5] = replace(seats[5], is_kelurahan_head=False, is_active_member=True, member_id=uuid4())
    assert codes(seats) == ["supervisors_chair"]
    seats[0] = replace(seats[0], is_kelurahan_head=True)
    assert codes(seats) == ["supervisors_chair", "head_in_board"]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_number_of_supervisors_is_odd_and_usually_three(count: int) -> None:
    board = [one for one in whole() if one.body == Body.BOARD]
    head = [one for one in whole() if one.is_kelurahan_head]
    others = [seat(Position.MEMBER, Body.SUPERVISORS, f"Pengawas {at}") for at in range(count - 1)]
    assert codes([*board, *head, *others]) == ["supervisors_count"]


def test_several_chairs_and_supervisors_who_left_are_said() -> None:
    seats = whole()
    seats[6] = replace(seats[6], position=Position.CHAIR)
    seats[7] = replace(seats[7], is_active_member=False)
    assert codes(seats) == ["supervisors_chairs", "supervisor_no_member"]


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, ["term_over"]), (0, ["term_ends"]), (60, ["term_ends"]), (61, [])]
)
def test_a_term_that_is_over_or_soon_ends_is_said(days: int, expected: list[str]) -> None:
    seats = whole()
    seats[0] = replace(seats[0], term_ends_on=MONDAY + timedelta(days=days))
    assert codes(seats) == expected


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Body)),
            st.sampled_from(list(Position)),
            st.integers(0, 4),
            st.booleans(),
            st.integers(-100, 100),
        ),
        max_size=12,
    )
)
def test_whatever_the_bodies_are_something_readable_is_said(drawn: list) -> None:
    people = [uuid4() for _person in range(5)]
    seats = [
        seat(
            position,
            body,
            f"Orang {who}",
            member_id=people[who],
            is_active_member=is_member,
            term_ends_on=MONDAY + timedelta(days=days),
        )
        for body, position, who, is_member, days in drawn
    ]
    for warning in boards.warnings(seats, on=MONDAY):
        assert warning.code
        assert "%(" not in warning.message
