"""Somebody who has died, or has asked to leave, while the board has not decided yet.

Until then nothing is taken in their name, given to it or sent to it: what a decision settles must
not change below it, and the family of somebody who died must not be dunned. Packages above and
below leaving ask here; leaving registers the answer.

Whoever takes from a member or writes to one asks: deposits, withdrawals, collections, bills that
are taken over, purchases of every kind, limits of credit, what the shop pays out,
PINs, cards, links, and every ready text for WhatsApp. Not asked are acts that the decision itself
waits for: paying a debt, and correcting what was recorded wrongly.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from kkmp.lib.errors import DomainError
from members.register.models import Member

#: Why nothing may be done, in words that say whom to speak to, by the member's id.
Answer = Callable[[UUID, Iterable[UUID]], dict[UUID, str]]
_answers: list[Answer] = []


class LeavingOpen(DomainError):
    """The person's leaving waits for a decision; the message says whom to speak to."""


def register(answer: Answer) -> None:
    """Say who knows of open leavings; saying it twice changes nothing."""
    if answer not in _answers:
        _answers.append(answer)


def reasons_by_member(cooperative_id: UUID, member_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The reason, in words, for each of these members whose leaving is open; one statement."""
    wanted = list(member_ids)
    found: dict[UUID, str] = {}
    for answer in _answers if wanted else ():
        found |= answer(cooperative_id, wanted)
    return found


def refuse(member: Member) -> None:
    """Ask it with the member's row held.

    :raises LeavingOpen: the leaving waits for a decision
    """
    why = reasons_by_member(member.cooperative_id, [member.id]).get(member.id)
    if why:
        raise LeavingOpen(why)
