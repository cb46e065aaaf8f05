"""What may be paid in and out of a kind of savings, by the rules that the cooperative gave it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date, month_of
from members.register.models import Member
from members.savings.models import SavingsBalance, SavingsEntry, SavingsKind

#: More than this at once is a typing mistake.
MOST_IDR = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limit:
    """How much may be withdrawn now, and what stands in the way of more.

    :param most_idr: whole rupiah, zero or more
    :param reason: a sentence; empty where only the balance is the limit
    """

    most_idr: int
    reason: str = ""


def of_withdrawal(held: SavingsBalance, *, on: date) -> Limit:
    """What a member may withdraw of a kind on a day, as things stand."""
    kind = held.kind
    if kind.locked_until is not None and on < kind.locked_until:
        return Limit(
            0,
            _("%(kind)s can be withdrawn from %(date)s on.")
            % {"kind": kind.label, "date": format_date(kind.locked_until)},
        )
    if kind.withdrawals_a_month is not None and kind.withdrawals_a_month <= withdrawals_in_month(
        held.member, kind, on=on
    ):
        return Limit(
            0,
            _("%(kind)s can be withdrawn %(count)d times a month, which is done for this month.")
            % {"kind": kind.label, "count": kind.withdrawals_a_month},
        )
    free_idr = max(held.balance_idr - kind.min_balance_idr, 0)
    if kind.most_withdrawal_idr is not None and kind.most_withdrawal_idr < free_idr:
        return Limit(
            kind.most_withdrawal_idr,
            _("At most %(most)s of %(kind)s can be withdrawn at once.")
            % {"most": format_rupiah(kind.most_withdrawal_idr), "kind": kind.label},
        )
    if kind.min_balance_idr:
        return Limit(
            free_idr,
            _("%(least)s of %(kind)s stays while somebody is a member.")
            % {"least": format_rupiah(kind.min_balance_idr), "kind": kind.label},
        )
    return Limit(free_idr)


def withdrawals_in_month(member: Member, kind: SavingsKind, *, on: date) -> int:
    """How often the member withdrew in the month of ``on``; what was corrected does not count."""
    rows = SavingsEntry.objects.of(member.cooperative_id).filter(
        member=member, kind=kind, date__gte=month_of(on), date__lte=on
    )
    corrected = SavingsEntry.objects.of(member.cooperative_id).filter(
        member=member, reverses__isnull=False
    )
    return (
        rows.filter(amount_idr__lt=0, reverses=None, journal__kind="savings.withdrawal")
        .exclude(id__in=corrected.values("reverses_id"))
        .count()
    )
