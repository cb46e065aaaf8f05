"""Money of a return: the way it came, or instead to somebody or kept for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from finance.ledger.models import Party
from kkmp.lib.existing import present
from members.leaving.services import kept
from members.savings.services import passbook
from shops.payments.models import PaidAs, Refund
from shops.pricing.methods import Method
from shops.pricing.paying import rounded
from shops.returns.models import SaleReturn
from shops.returns.services import left, postings
from shops.returns.services.left import ReturnRefused
from shops.returns.undoing import Undone
from shops.settings import queries
from shops.till.models import Sale


@dataclass(frozen=True, slots=True)
class RefundWay:
    """How money is given back that cannot go back the way it was paid.

    :param receiver: who gets it or for whom it is kept; may be empty where it is kept for the
        former member or the heir
    """

    paid_as: PaidAs
    receiver: str = ""

    @classmethod
    def of(cls, paid_as: str | None, receiver: str) -> "RefundWay | None":
        """The choice as the form or program sent it; None where nothing was chosen."""
        return cls(PaidAs(paid_as), " ".join(receiver.split())[:120]) if paid_as else None


def refunds(returned: SaleReturn, undone: Undone, instead: RefundWay | None) -> list[Refund]:
    """What goes back of each payment, and how, with member and vouchers held.

    :raises ReturnRefused: something is stuck and nothing is said instead, or not for whom
    """
    closed = left.stuck(returned.sale, undone, on=returned.date)
    if closed:
        _refuse_stuck(returned.sale, closed, instead)
    payments = {payment.id: payment for payment in returned.sale.payments.all()}
    step_idr = queries.settings_of(returned.cooperative).cash_step_idr
    found = []
    for money in undone.money:
        refund = Refund(
            cooperative=returned.cooperative,
            returned=returned,
            payment=payments[money.id],
            amount_idr=money.amount_idr,
        )
        if money.id in closed:
            refund.paid_as = present(instead, "else it was refused").paid_as
            if refund.paid_as == PaidAs.CASH:
                refund.rounding_idr = rounded(money.amount_idr, step_idr) - money.amount_idr
        found.append(refund)
    return found


def from_drawer_idr(refunds: Sequence[Refund]) -> int:
    """What of it is handed over in cash, whole rupiah."""
    return sum(
        refund.amount_idr + refund.rounding_idr
        for refund in refunds
        if refund.paid_as == PaidAs.CASH or refund.payment.method == Method.CASH
    )


def _refuse_stuck(sale: Sale, closed: Mapping[UUID, str], instead: RefundWay | None) -> None:
    if instead is None:
        why = " ".join(dict.fromkeys(closed.values()))
        raise ReturnRefused(
            _(
                "%(why)s The money cannot go back the way it came. Choose whether it is paid in "
                "cash to whoever brings the goods, or kept by name."
            )
            % {"why": why},
            field="instead",
        )
    for_member = instead.paid_as == PaidAs.KEPT and sale.member is not None
    if not instead.receiver and not for_member:
        raise ReturnRefused(_("Write who gets the money."), field="receiver")


def kept_for(returned: SaleReturn, refunds: Sequence[Refund]) -> Party | None:
    """The party for whom the books keep money; None where none is kept."""
    if not any(refund.paid_as == PaidAs.KEPT for refund in refunds):
        return None
    return kept.party_for(returned.cooperative, returned.sale.member, returned.receiver)


def give_back(returned: SaleReturn, refunds: Sequence[Refund], party: Party | None) -> None:
    """Savings and vouchers get back what they gave; cash and the rest follow the books."""
    for refund in refunds:
        payment = refund.payment
        if refund.paid_as:
            continue
        if payment.entry is not None:
            member = present(returned.sale.member, "only a member's savings pay")
            held = passbook.balance(member, payment.entry.kind)
            refund.entry = passbook.write(held, refund.amount_idr, returned.journal)
            passbook.note("savings.sale_returned", refund.entry, returned.by)
            passbook.count(refund.entry)
        if payment.voucher is not None:
            payment.voucher.left_idr += refund.amount_idr
            payment.voucher.save(update_fields=["left_idr"])
    Refund.objects.bulk_create(refunds)
    if party is not None:
        kept.keep(
            party=party,
            member=returned.sale.member,
            name=returned.receiver,
            amount_idr=sum(r.amount_idr for r in refunds if r.paid_as == PaidAs.KEPT),
            reason=postings.memo(returned),
            journal=returned.journal,
            on=returned.date,
            by=returned.by,
        )
