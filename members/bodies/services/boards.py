"""The rules for the two bodies (Juklak of Menkop 1/2025, UU 25/1992), as warnings in words.

They never refuse: the members' meeting decides who runs the cooperative, and the pages say what
the rules would have.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from kkmp.lib.periods import format_date
from members.bodies.models import Body, Position
from members.register.persons import Sex

LEAST_BOARD = 5
USUAL_SUPERVISORS = 3
#: Pages say that a term ends from this many days before.
SOON_DAYS = 60
BOARD_POSTS = (
    Position.CHAIR,
    Position.VICE_BUSINESS,
    Position.VICE_MEMBERS,
    Position.SECRETARY,
    Position.TREASURER,
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in office, as far as the rules look."""

    body: Body
    position: Position
    name: str
    sex: str
    member_id: UUID | None
    is_active_member: bool
    is_kelurahan_head: bool
    term_ends_on: date

    @property
    def who(self) -> object:
        """What tells people apart: the member's id, or else the name."""
        return self.member_id or " ".join(self.name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Warning:
    """:param code: stable name, for programs"""

    code: str
    message: str


def warnings(seats: Sequence[Seat], *, on: date) -> list[Warning]:
    """What the rules would have otherwise; empty when all is in order.

    :param seats: of those in office on the day
    """
    board = [seat for seat in seats if seat.body == Body.BOARD]
    supervisors = [seat for seat in seats if seat.body == Body.SUPERVISORS]
    return [
        *_board(board),
        *_supervisors(supervisors),
        *_both(board, supervisors),
        *_terms(seats, on),
    ]


def _board(board: list[Seat]) -> Iterator[Warning]:
    if not board:
        yield Warning("no_board", _("No board is recorded yet."))
        return
    count = len({seat.who for seat in board})
    if count < LEAST_BOARD:
        yield Warning(
            "board_small",
            _("The board has %(count)d people; the rules ask for at least %(least)d.")
            % {"count": count, "least": LEAST_BOARD},
        )
    if count % 2 == 0:
        yield Warning(
            "board_even",
            _("The board has %(count)d people; the rules ask for an odd number.")
            % {"count": count},
        )
    yield from _posts(board)
    if not any(seat.sex == Sex.FEMALE for seat in board):
        yield Warning("no_women", _("There is no woman on the board; the rules ask to see to it."))
    for seat in board:
        if not seat.is_active_member:
            yield Warning("board_no_member", _not_a_member(seat))


def _posts(board: list[Seat]) -> Iterator[Warning]:
    for post in BOARD_POSTS:
        held = [seat for seat in board if seat.position == post]
        if not held:
            yield Warning("post_vacant", _("The post is vacant: %(post)s.") % {"post": post.label})
        elif len(held) > 1:
            yield Warning(
                "post_twice",
                _("Several people hold one post, %(post)s: %(names)s.")
                % {"post": post.label, "names": _names(held)},
            )
    yield from _twice(board)


def _supervisors(supervisors: list[Seat]) -> Iterator[Warning]:
    if not supervisors:
        yield Warning("no_supervisors", _("No supervisors are recorded yet."))
        return
    count = len({seat.who for seat in supervisors})
    if count % 2 == 0 or count < USUAL_SUPERVISORS:
        yield Warning(
            "supervisors_count",
            _("There are %(count)d supervisors; usual are %(usual)d, and an odd number.")
            % {"count": count, "usual": USUAL_SUPERVISORS},
        )
    chairs = [seat for seat in supervisors if seat.position == Position.CHAIR]
    if not any(seat.is_kelurahan_head for seat in chairs):
        yield Warning(
            "supervisors_chair",
            _("The chair of the supervisors is the head of the kelurahan, by office."),
        )
    if len(chairs) > 1:
        yield Warning(
            "supervisors_chairs",
            _("The supervisors have several chairs: %(names)s.") % {"names": _names(chairs)},
        )
    yield from _twice(supervisors)
    for seat in supervisors:
        if not seat.is_kelurahan_head and not seat.is_active_member:
            yield Warning("supervisor_no_member", _not_a_member(seat))


def _both(board: list[Seat], supervisors: list[Seat]) -> Iterator[Warning]:
    watched = {seat.who: seat for seat in board}
    for seat in {seat.who: seat for seat in supervisors if seat.who in watched}.values():
        yield Warning(
            "both_bodies",
            _("%(name)s is in the board and among the supervisors; nobody can watch themselves.")
            % {"name": seat.name},
        )
    for seat in board:
        if seat.is_kelurahan_head:
            yield Warning(
                "head_in_board",
                _("%(name)s is the head of the kelurahan and cannot be in the board.")
                % {"name": seat.name},
            )


def _twice(seats: list[Seat]) -> Iterator[Warning]:
    held: dict[object, list[Seat]] = {}
    for seat in seats:
        held.setdefault(seat.who, []).append(seat)
    for theirs in held.values():
        if len(theirs) > 1:
            yield Warning(
                "two_posts",
                _("%(name)s holds more than one post: %(posts)s.")
                % {
                    "name": theirs[0].name,
                    "posts": ", ".join(str(seat.position.label) for seat in theirs),
                },
            )


def _terms(seats: Sequence[Seat], on: date) -> Iterator[Warning]:
    for seat in seats:
        days = (seat.term_ends_on - on).days
        if days < 0:
            yield Warning(
                "term_over",
                _("The term of %(name)s was over on %(date)s. Record a new term or its end.")
                % {"name": seat.name, "date": format_date(seat.term_ends_on)},
            )
        elif days <= SOON_DAYS:
            yield Warning(
                "term_ends",
                _("The term of %(name)s ends on %(date)s; days left: %(days)d.")
                % {"name": seat.name, "date": format_date(seat.term_ends_on), "days": days},
            )


def _not_a_member(seat: Seat) -> str:
    return _("%(name)s is not an active member of the cooperative.") % {"name": seat.name}


def _names(seats: list[Seat]) -> str:
    return ", ".join(seat.name for seat in seats)
