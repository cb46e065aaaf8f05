"""Coming back: somebody who left applies again, on the same row of the register."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from members.leaving.models import Exit, ExitReason, ExitState
from members.register.models import Member, Status
from members.register.services import membership


class ReadmissionRefused(DomainError):
    """The person cannot be taken back like this; the message is fit to show."""


@transaction.atomic
def readmit(*, member: Member, by_board: bool, on: date, by: User) -> Member:
    """Let somebody who left apply again: the principal is paid anew, and a new number follows.

    It is also the way back from a leaving that should not have been decided. What was paid out
    then is paid in again; the old membership stays on the register as a line of its own.

    :param by_board: whether ``by`` may decide for the board, as somebody dismissed needs
    :raises ReadmissionRefused: the person has not left, or was dismissed
    """
    member = membership.locked(member)
    if member.status != Status.LEFT:
        raise ReadmissionRefused(_("%(name)s has not left.") % {"name": member.name})
    last = _last_exit(member)
    if last is not None and last.reason == ExitReason.DISMISSED and not by_board:
        raise ReadmissionRefused(
            _("%(name)s was dismissed. Only somebody who decides for the board can take them back.")
            % {"name": member.name}
        )
    old_number = member.number
    member = membership.apply_again(member=member, on=on, by=by)
    audit.record(
        cooperative=member.cooperative,
        action="member.readmit",
        by=by,
        subject=member,
        number=old_number,
    )
    return member


def _last_exit(member: Member) -> Exit | None:
    decided = Exit.objects.of(member.cooperative).filter(member=member, state=ExitState.DECIDED)
    return decided.order_by("-number").first()
