"""Which payments of another system may be taken over, and which may not.

The rules of :mod:`savings` for a whole list, without a statement for each payment.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import add_months, format_date, format_month, month_of
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.register.models import Member, Status
from members.savings.models import SavingsBalance, SavingsEntry, SavingsKind, SavingsRole
from members.savings.services.limits import MOST_IDR
from members.takeover.models import ImportedBill

#: Roles of savings that are asked for month by month, or once.
ROLES = (SavingsRole.MANDATORY, SavingsRole.PRINCIPAL)
#: Months that somebody may have paid ahead; more is a typing mistake.
MONTHS_AHEAD = 12


class BillRefused(DomainError):
    """This payment may not be taken over as the list has it."""


class BillKnown(BillRefused):
    """This payment was taken over before."""


class BillTwice(BillRefused):
    """This payment stands in the list twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """One payment of one month.

    :param month: its first day
    :param role: of the kind of savings that it went to
    :param paid_on: as the other system had it
    :param line: where it stands in the list
    """

    member_id: UUID
    month: date
    amount_idr: int
    role: SavingsRole = SavingsRole.MANDATORY
    paid_on: date | None = None
    line: int = 0


class Rules:
    """What is asked of each payment.

    :param members: everybody who pays, by id
    :param on: the day that the payments will be dated
    """

    def __init__(self, cooperative: Cooperative, members: Mapping[UUID, Member], on: date) -> None:
        self.members, self.on = members, on
        self.kinds = _kinds(cooperative)
        self._decided = _settings(cooperative, on)
        kinds = [kind.id for kind in self.kinds.values()]
        ids = list(members)
        self._principal = _principal(cooperative, ids, self.kinds[SavingsRole.PRINCIPAL])
        self._imported = _imported(cooperative, ids)
        self._opening = _opening(cooperative, ids, kinds)
        self._paying: set[UUID] = set()
        self._seen: dict[tuple[UUID, date, str], Bill] = {}

    def judged(self, bills: Sequence[Bill]) -> list[BillRefused | None]:
        """Why each payment may not be taken over, in the order given; None if it may.

        Payments of the principal come first: who has paid it in full may pay the rest.
        """
        found: dict[int, BillRefused | None] = {}
        order = sorted(range(len(bills)), key=lambda at: bills[at].role != SavingsRole.PRINCIPAL)
        for at in order:
            found[at] = self._refusal(bills[at])
        return [found[at] for at in range(len(bills))]

    def is_paid(self, member: Member) -> bool:
        """Whether the principal is paid in full, with what was judged so far."""
        return self._principal[member.id] >= self._due_idr(member)

    def taken_over_idr(self, bill: Bill) -> int:
        """What a list of members has already taken over of this kind, for the same person."""
        return self._opening[bill.member_id, bill.role]

    def _refusal(self, bill: Bill) -> BillRefused | None:
        member = self.members[bill.member_id]
        place = (bill.member_id, bill.month, str(bill.role))
        if bill.amount_idr <= 0:
            return BillRefused(_("The amount must be more than zero."), field="amount")
        if bill.amount_idr > MOST_IDR:
            return BillRefused(
                _("%(amount)s is too much at once: at most %(most)s. Compare it with the list.")
                % {"amount": format_rupiah(bill.amount_idr), "most": format_rupiah(MOST_IDR)},
                field="amount",
            )
        if bill.month > add_months(month_of(self.on), MONTHS_AHEAD):
            return BillRefused(
                _("%(month)s lies too far ahead to be right.")
                % {"month": format_month(bill.month)},
                field="month",
            )
        if bill.paid_on and bill.paid_on > self.on:
            return BillRefused(
                _(
                    "Paid on %(paid)s, which is after the day of the balances (%(on)s). Correct "
                    "it, or choose a later day for the balances."
                )
                % {"paid": format_date(bill.paid_on), "on": format_date(self.on)},
                field="paid_on",
            )
        if place in self._imported:
            return _taken(bill, self._imported[place])
        first = self._seen.setdefault(place, bill)
        if first is not bill:
            return _twice(bill, first)
        if member.status == Status.LEFT:
            return BillRefused(_("%(name)s has left the cooperative.") % {"name": member.name})
        if bill.role == SavingsRole.PRINCIPAL:
            return self._of_principal(bill, member)
        becomes = member.id in self._paying and self.is_paid(member)
        if not member.is_active and not becomes:
            return BillRefused(
                _("%(name)s is not a member yet: the principal savings come first.")
                % {"name": member.name},
                field="kind",
            )
        return None

    def _of_principal(self, bill: Bill, member: Member) -> BillRefused | None:
        open_idr = max(self._due_idr(member) - self._principal[member.id], 0)
        if open_idr == 0:
            return BillRefused(_("The principal savings are already paid in full."), field="kind")
        if bill.amount_idr > open_idr:
            return BillRefused(
                _("Of the principal savings only %(open)s is still to be paid.")
                % {"open": format_rupiah(open_idr)},
                field="amount",
            )
        if bill.amount_idr == open_idr and not member.nik_hash:
            return BillRefused(_("The NIK is missing. Fill it in before the last payment."))
        self._principal[member.id] += bill.amount_idr
        self._paying.add(member.id)
        return None

    def _due_idr(self, member: Member) -> int:
        return self._decided.principal_of(member.category)


def _taken(bill: Bill, amount_idr: int) -> BillRefused:
    named = {"month": format_month(bill.month), "amount": format_rupiah(amount_idr)}
    if amount_idr == bill.amount_idr:
        return BillKnown(_("Taken over already: %(month)s, %(amount)s.") % named)
    text = _(
        "%(month)s was taken over already with %(amount)s. Leave the row out; what is missing is "
        "recorded as a deposit on the member's page."
    )
    return BillRefused(text % named, field="amount")


def _twice(bill: Bill, first: Bill) -> BillRefused:
    if first.amount_idr == bill.amount_idr:
        text = _("The same payment stands in row %(row)d already; it is taken over once.")
        return BillTwice(text % {"row": first.line})
    text = _(
        "Row %(row)d has the same month with another amount. Put both amounts together into one "
        "row, or leave one out."
    )
    return BillRefused(text % {"row": first.line}, field="amount")


def _kinds(cooperative: Cooperative) -> dict[str, SavingsKind]:
    """The first kind of each role."""
    rows = SavingsKind.objects.of(cooperative).filter(role__in=ROLES).order_by("position", "id")
    return {kind.role: kind for kind in reversed(list(rows))}


def _settings(cooperative: Cooperative, on: date) -> CooperativeSettings:
    """What was decided on a day; before the first decision, the first one."""
    decided = CooperativeSettings.objects.of(cooperative)
    found = decided.in_force(on).first() or decided.order_by("valid_from", "id").first()
    if found is None:
        raise registry.NoSettings(_("The cooperative's savings amounts are not set."))
    return found


def _principal(
    cooperative: Cooperative, ids: Sequence[UUID], kind: SavingsKind
) -> defaultdict[UUID, int]:
    rows = SavingsBalance.objects.of(cooperative).filter(member__in=ids, kind=kind)
    return defaultdict(int, rows.values_list("member_id", "balance_idr"))


def _imported(cooperative: Cooperative, ids: Sequence[UUID]) -> dict[tuple[UUID, date, str], int]:
    rows = ImportedBill.objects.of(cooperative).filter(member__in=ids)
    return {
        (member_id, month, role): amount_idr
        for member_id, month, role, amount_idr in rows.values_list(
            "member_id", "month", "kind__role", "amount_idr"
        )
    }


def _opening(
    cooperative: Cooperative, ids: Sequence[UUID], kinds: Sequence[UUID]
) -> defaultdict[tuple[UUID, str], int]:
    """What lists of members have taken over, corrections taken off, by member and role."""
    rows = SavingsEntry.objects.of(cooperative).filter(
        member__in=ids, kind__in=kinds, journal__kind__startswith="savings.opening"
    )
    sums = rows.values("member_id", "kind__role").annotate(total=Sum("amount_idr"))
    return defaultdict(
        int, {(row["member_id"], row["kind__role"]): row["total"] for row in sums.order_by()}
    )
