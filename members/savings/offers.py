"""What a page offers to pay in or out: kinds, what is usual, and round amounts to tap on."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kkmp.lib.money import format_rupiah
from kkmp.registry import queries as registry
from members.register.models import Member, Status
from members.savings import queries as savings_queries
from members.savings.models import SavingsBalance, SavingsKind, SavingsRole
from members.savings.services import limits
from members.savings.services.limits import Limit

_ROUND_IDR = (10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of savings.

    :param hint: what is open, usual or held
    :param usual_idr: the amount to begin with, if one suggests itself
    :param quick_idr: amounts to tap on
    """

    kind: SavingsKind
    hint: str
    usual_idr: int | None
    quick_idr: tuple[int, ...]

    @property
    def label(self) -> str:
        return f"{self.kind.label} · {self.hint}"


def to_deposit(member: Member, *, on: date) -> list[Offer]:
    """What the person may pay now: the principal until it is full, the rest as a member."""
    if member.status == Status.LEFT:
        return []
    decided = registry.settings_on(member.cooperative, on)
    monthly_idr = decided.mandatory_of(member.category)
    found = []
    for holding in savings_queries.holdings(member, on=on):
        if not holding.kind.is_active:
            continue
        if holding.open_idr is not None:
            if holding.open_idr:
                found.append(_principal(holding.kind, holding.open_idr, decided.allows_instalments))
        elif not member.is_active:
            continue
        elif holding.kind.role == SavingsRole.MANDATORY and monthly_idr:
            hint = _("%(amount)s a month") % {"amount": format_rupiah(monthly_idr)}
            months = tuple(monthly_idr * count for count in (1, 2, 3, 6, 12))
            found.append(Offer(holding.kind, hint, monthly_idr, months))
        else:
            found.append(Offer(holding.kind, _("any amount"), None, _ROUND_IDR))
    return found


def to_withdraw(member: Member, *, on: date) -> list[Offer]:
    """What the person holds and may take out now."""
    found = []
    for holding in savings_queries.holdings(member, on=on):
        if not holding.kind.is_withdrawable or not holding.balance_idr:
            continue
        held = SavingsBalance(
            cooperative=member.cooperative,
            member=member,
            kind=holding.kind,
            balance_idr=holding.balance_idr,
        )
        limit = limits.of_withdrawal(held, on=on)
        found.append(_withdrawal(holding.kind, holding.balance_idr, limit))
    return found


def _withdrawal(kind: SavingsKind, balance_idr: int, limit: Limit) -> Offer:
    hint = _("balance %(amount)s") % {"amount": format_rupiah(balance_idr)}
    if limit.reason:
        hint = f"{hint} · {limit.reason}"
    most = (limit.most_idr,) if limit.most_idr else ()
    return Offer(kind, hint, None, (*(a for a in _ROUND_IDR if a < limit.most_idr), *most))


def _principal(kind: SavingsKind, open_idr: int, in_parts: bool) -> Offer:
    if not in_parts:
        hint = _("%(amount)s, in one sum") % {"amount": format_rupiah(open_idr)}
        return Offer(kind, hint, open_idr, (open_idr,))
    hint = _("%(amount)s still to be paid") % {"amount": format_rupiah(open_idr)}
    return Offer(kind, hint, open_idr, (*(a for a in _ROUND_IDR if a < open_idr), open_idr))
