"""Who may leave and how, and who may decide it; :mod:`members.leaving.services.exits` asks."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present
from kkmp.lib.periods import format_date, refuse_far
from members.leaving.models import Exit, ExitReason, ExitState
from members.register.models import Member, Status

#: Why a member leaves, and why somebody who applied does not go on.
MEMBER_REASONS = (
    ExitReason.RESIGNED,
    ExitReason.DIED,
    ExitReason.MOVED,
    ExitReason.DISMISSED,
)
CANDIDATE_REASONS = (ExitReason.DECLINED, ExitReason.DIED)


class ExitRefused(DomainError):
    """The request may not be recorded; the message is fit to show."""


class DecisionRefused(DomainError):
    """The leaving may not be decided like this; the message says what has to happen first."""


@dataclass(frozen=True, slots=True)
class Heir:
    """Who is paid in the place of somebody who died."""

    heir_name: str = ""
    heir_relation: str = ""
    heir_phone: str = ""

    @classmethod
    def of(cls, exit: Exit) -> Self:
        return cls(exit.heir_name, exit.heir_relation, exit.heir_phone)

    def tidy(self) -> "Heir":
        """This heir with stray spaces removed."""
        words = (self.heir_name, self.heir_relation, self.heir_phone)
        return Heir(*(" ".join(text.split()) for text in words))


NO_HEIR = Heir()


def reasons(member: Member) -> tuple[ExitReason, ...]:
    """The reasons that fit where the person stands."""
    return MEMBER_REASONS if member.is_active else CANDIDATE_REASONS


def since(member: Member) -> date:
    """The day from which on the person is a member, or has applied."""
    day = member.joined_on if member.is_active else member.applied_on
    return present(day, "members have joined")


def refuse_request(
    member: Member, reason: ExitReason, heir: Heir, asked_on: date, on: date
) -> None:
    """:raises ExitRefused: with what is wrong"""
    name = member.name
    earlier = Exit.objects.of(member.cooperative_id).filter(member=member)
    if member.status == Status.LEFT:
        raise ExitRefused(_("%(name)s has left already.") % {"name": name})
    waiting = earlier.filter(state=ExitState.REQUESTED).first()
    if waiting is not None:
        raise ExitRefused(
            _(
                "The leaving of %(name)s has been recorded already, on %(date)s, and waits for a "
                "decision."
            )
            % {"name": name, "date": format_date(waiting.requested_on)}
        )
    # A candidate has no number that would tell two tries of one day apart.
    decided = earlier.filter(state=ExitState.DECIDED, member_since=since(member))
    if decided.filter(member_number=member.number).exists():
        raise ExitRefused(
            _("%(name)s was taken back today and can leave again from tomorrow on.")
            % {"name": name}
        )
    if reason not in reasons(member):
        raise ExitRefused(_wrong_reason(member), field="reason")
    refuse_heir(reason, heir)
    if not since(member) <= asked_on <= on:
        raise ExitRefused(
            _("The day must lie between %(first)s and today.")
            % {"first": format_date(since(member))},
            field="asked_on",
        )


def refuse_heir(reason: str, heir: Heir) -> None:
    """:raises ExitRefused: somebody died and the heir's name is missing"""
    if reason == ExitReason.DIED and not heir.heir_name:
        raise ExitRefused(
            _("Write the name of the heir who will be paid. It can still be corrected later."),
            field="heir_name",
        )


def refuse_decision(
    exit: Exit, *, number: str, decided_on: date, pay_on: date | None, on: date, by: User
) -> None:
    """:raises DecisionRefused: with what is wrong"""
    if exit.state == ExitState.CANCELLED:
        raise DecisionRefused(_("The request was taken back; there is nothing to decide."))
    if not exit.is_open:
        raise DecisionRefused(_("This leaving has been decided already."))
    if exit.requested_by_id == by.pk:
        raise DecisionRefused(
            _(
                "You recorded this request yourself. Two people are needed: another one who may "
                "decide has to do it."
            )
        )
    _refuse_changed(exit)
    if not number:
        raise DecisionRefused(
            _("Write the number of the minutes or of the letter."), field="decision_number"
        )
    if not exit.requested_on <= decided_on <= on:
        raise DecisionRefused(
            _("The decision lies between the request of %(first)s and today.")
            % {"first": format_date(exit.requested_on)},
            field="decided_on",
        )
    if pay_on is not None and pay_on < on:
        raise DecisionRefused(_("The day of the payment must not lie behind us."), field="pay_on")
    refuse_far(pay_on, on=on, field="pay_on", refusal=DecisionRefused)


def _refuse_changed(exit: Exit) -> None:
    """An applicant may have become a member while the request waited."""
    member = exit.member
    if (exit.member_number, exit.member_since) != (member.number, since(member)):
        raise DecisionRefused(
            _(
                "%(name)s has become a member since this was recorded. Take the request back and "
                "record the leaving anew."
            )
            % {"name": member.name}
        )


def _wrong_reason(member: Member) -> str:
    if member.is_active:
        return _("%(name)s is a member: choose why the membership ends.") % {"name": member.name}
    return _("%(name)s is not a member yet: choose why they do not become one.") % {
        "name": member.name
    }
