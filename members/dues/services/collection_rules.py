"""Which payments may be taken together, and which may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from members.dues.models import Collection
from members.register.models import Member
from members.register.services import leaving_open
from members.savings.models import SavingsKind, SavingsRole


class CollectionRefused(DomainError):
    """The collection may not be taken like this; the message is fit to show."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What one member pays of one kind; whole rupiah."""

    member: Member
    kind: SavingsKind
    amount_idr: int


def refuse_unfit(title: str, payments: Sequence[Payment], members: dict[UUID, Member]) -> None:
    """Refuse what may not be taken, all of it at once.

    :param members: by id, as they are now
    :raises CollectionRefused: with a message by the member's id for each payment that is wrong
    """
    most = Collection._meta.get_field("title").max_length or 0
    if not title:
        raise CollectionRefused(
            _("Write where the money was collected, for example: Meeting of RW 03."), field="title"
        )
    if len(title) > most:
        raise CollectionRefused(
            _("At most %(count)d characters fit here.") % {"count": most}, field="title"
        )
    if not payments:
        raise CollectionRefused(
            _("Nobody has paid yet. Fill in at least one amount, or tick who paid what is due.")
        )
    wrong: dict[str, list[str]] = {}
    cooperative_id = next(iter(members.values())).cooperative_id
    leaving = leaving_open.reasons_by_member(cooperative_id, members)
    for payment in payments:
        member = members[payment.member.id]
        refusal = leaving.get(member.id) or _refusal(payment, member)
        if refusal:
            wrong.setdefault(str(payment.member.id), []).append(refusal)
    if wrong:
        names = ", ".join(sorted(members[UUID(one)].name for one in wrong)[:3])
        raise CollectionRefused(
            _("Nothing was saved yet. Look once more at %(count)d people: %(names)s.")
            % {"count": len(wrong), "names": names},
            fields=wrong,
        )


def _refusal(payment: Payment, member: Member) -> str:
    """Why this payment may not be taken; empty if it may."""
    kind = payment.kind
    if payment.amount_idr <= 0:
        return _("The amount must be more than zero.")
    if not member.is_active:
        return _("%(name)s is not an active member. Take this payment out of the list.") % {
            "name": member.name
        }
    if kind.role == SavingsRole.PRINCIPAL:
        return _("Principal savings are taken on the member's own page.")
    if not kind.is_active:
        return _("%(kind)s is no longer in use.") % {"kind": kind.label}
    if kind.role == SavingsRole.VOLUNTARY and payment.amount_idr < kind.min_deposit_idr:
        return _("At least %(limit)s.") % {"limit": format_rupiah(kind.min_deposit_idr)}
    return ""
