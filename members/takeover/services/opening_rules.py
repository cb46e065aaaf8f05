"""Who may be taken over from a list that was kept before the books began, and who may not.

The rules of :mod:`savings`, asked of a whole list without asking the database for each person.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.register.models import Status
from members.register.services.membership import Particulars
from members.savings.models import SavingsRole
from members.savings.services.limits import MOST_IDR


class OpeningRefused(DomainError):
    """This person may not be taken over as the list has it."""


class PrincipalShort(OpeningRefused):
    """The person is a member, but the principal savings are not paid in full."""


class PrincipalOver(OpeningRefused):
    """The principal savings are more than is asked of anybody."""


class PrincipalFull(OpeningRefused):
    """The person is no member, though the principal savings are paid in full."""


class SavingsTooEarly(OpeningRefused):
    """Somebody who is not a member has savings besides the principal ones."""


class AmountNegative(OpeningRefused):
    """An amount below zero."""


class AmountTooLarge(OpeningRefused):
    """More than anybody may pay in at once: a digit too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One person of the list.

    :param status: of the funnel; whoever has paid a part of the principal is at least incomplete
    :param since: the day on the list: registered and, for a member, member since
    :param number: that the member had before; None takes the next one
    """

    particulars: Particulars
    status: Status
    since: date
    number: int | None = None
    principal_idr: int = 0
    mandatory_idr: int = 0
    voluntary_idr: int = 0

    def amount_idr(self, role: str) -> int:
        return {
            SavingsRole.PRINCIPAL: self.principal_idr,
            SavingsRole.MANDATORY: self.mandatory_idr,
            SavingsRole.VOLUNTARY: self.voluntary_idr,
        }[SavingsRole(role)]

    @property
    def status_taken(self) -> Status:
        """The status that the person gets, as a part payment would have brought about."""
        started = self.principal_idr > 0 and self.status in (Status.LEAD, Status.APPLIED)
        return Status.INCOMPLETE if started else self.status


@dataclass(frozen=True, slots=True)
class PrincipalRule:
    """What the members decided to ask as principal savings, from day to day."""

    #: Day from which, and amount; newest first.
    decided: tuple[tuple[date, int], ...]

    @classmethod
    def of(cls, cooperative: Cooperative) -> "PrincipalRule":
        """:raises registry.NoSettings: nothing was ever decided"""
        rows = CooperativeSettings.objects.of(cooperative).order_by("-valid_from", "id")
        decided = tuple(rows.values_list("valid_from", "principal_idr"))
        if not decided:
            raise registry.NoSettings(_("The cooperative's savings amounts are not set."))
        return cls(decided)

    def required_idr(self, day: date) -> int:
        """What was asked on a day; before the first decision, the first one."""
        amounts = (amount for start, amount in self.decided if start <= day)
        return next(amounts, self.decided[-1][1])


def refusals(person: Opening, rule: PrincipalRule, *, on: date) -> list[OpeningRefused]:
    """Why somebody may not be taken over so; empty if they may. Asks no database.

    The principal was paid in full if it was what was asked when they came, or is asked now.
    """
    amounts = {role: person.amount_idr(role) for role in SavingsRole}
    if min(amounts.values()) < 0:
        return [AmountNegative(_("An amount cannot be below zero."))]
    if large := [role for role, amount in amounts.items() if amount > MOST_IDR]:
        return [_too_large(person, role) for role in large]
    required = {rule.required_idr(person.since), rule.required_idr(on)}
    paid = person.principal_idr
    if person.status == Status.ACTIVE:
        return _principal_of_member(paid, required)
    found: list[OpeningRefused] = []
    if paid >= min(required):
        found.append(
            PrincipalFull(
                _(
                    "The principal savings are paid in full (%(paid)s), but the status is not "
                    "that of a member. Correct the status or the amount."
                )
                % {"paid": format_rupiah(paid)},
                field="status",
            )
        )
    if amounts[SavingsRole.MANDATORY] or amounts[SavingsRole.VOLUNTARY]:
        found.append(
            SavingsTooEarly(
                _(
                    "Mandatory and voluntary savings are only for members who have paid the "
                    "principal savings in full. Correct the status or the amounts."
                ),
                field="status",
            )
        )
    return found


def _too_large(person: Opening, role: SavingsRole) -> AmountTooLarge:
    return AmountTooLarge(
        _("%(amount)s is too much for one person: at most %(most)s. Compare it with the list.")
        % {
            "amount": format_rupiah(person.amount_idr(role)),
            "most": format_rupiah(MOST_IDR),
        },
        field=f"{role.value}_idr",
    )


def _principal_of_member(paid: int, required: set[int]) -> list[OpeningRefused]:
    if paid < min(required):
        return [
            PrincipalShort(
                _(
                    "A member has paid the principal savings of %(asked)s in full; here it is "
                    "%(paid)s. Correct the amount or the status."
                )
                % {"asked": format_rupiah(min(required)), "paid": format_rupiah(paid)},
                field="principal_idr",
            )
        ]
    if paid > max(required):
        return [
            PrincipalOver(
                _(
                    "The principal savings are %(asked)s; here it is %(paid)s. Put what was "
                    "paid above it under voluntary savings."
                )
                % {"asked": format_rupiah(max(required)), "paid": format_rupiah(paid)},
                field="principal_idr",
            )
        ]
    return []
