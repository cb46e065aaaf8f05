"""What is left of a sale, and what would go back of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present
from kkmp.lib.periods import format_date
from kkmp.registry.models import Cooperative
from shops.payments.models import Confirmation, Refund, SalePayment
from shops.pricing.methods import Method
from shops.returns import undoing
from shops.returns.models import ReturnedLine, SaleReturn
from shops.returns.undoing import RefundablePayment, ReturnableLine, Undone
from shops.settings import queries
from shops.till.models import Sale, SaleLine


class ReturnRefused(DomainError):
    """The goods may not be taken back so; the message is fit to show the cashier."""


def preview(*, sale: Sale, quantities: Mapping[UUID, Decimal] | None) -> Undone:
    """What would go back of a sale, without holding or writing anything.

    :param sale: of :func:`reading`
    :raises ReturnRefused: nothing is left, or more than was sold
    """
    return _undone(sale, quantities)


def stuck(sale: Sale, undone: Undone, *, on: date) -> dict[UUID, str]:
    """Payments that take nothing back, by their id, each with the reason in words.

    Savings and credit are closed when somebody leaves, and what goes back to a voucher that has
    expired can be spent by nobody.

    :param sale: of :func:`reading`
    """
    payments = {payment.id: payment for payment in sale.payments.all()}
    found = {}
    for money in undone.money:
        payment = payments[money.id]
        if payment.method in (Method.CREDIT, Method.SAVINGS):
            member = present(sale.member, "only members have credit and savings")
            if not member.is_active:
                found[money.id] = _("%(name)s has left the cooperative.") % {"name": member.name}
        elif payment.voucher is not None and payment.voucher.batch.valid_until < on:
            found[money.id] = _("The voucher was valid until %(date)s.") % {
                "date": format_date(payment.voucher.batch.valid_until)
            }
    return found


def left_of(sale: Sale) -> tuple[list[ReturnableLine], list[RefundablePayment]]:
    """What of a sale's lines and payments has not gone back yet.

    :param sale: with its rows reachable; hold it first where a decision rests on the answer
    """
    lines = [
        ReturnableLine(
            id=line.id,
            product_id=line.product_id,
            name=line.name,
            is_service=line.product.is_service,
            is_weighed=line.product.is_weighed,
            sold=line.quantity,
            total_idr=line.total_idr,
            cost_idr=line.cost_idr,
            back=sum((r.quantity for r in line.returned.all()), Decimal(0)),
            back_total_idr=sum(r.total_idr for r in line.returned.all()),
            back_cost_idr=sum(r.cost_idr for r in line.returned.all()),
            income_code=line.product.income_code,
        )
        for line in sale.lines.all()
    ]
    money = [
        RefundablePayment(
            id=payment.id,
            method=Method(payment.method),
            amount_idr=payment.amount_idr,
            back_idr=sum(refund.amount_idr for refund in payment.refunds.all()),
        )
        for payment in sale.payments.all()
    ]
    return lines, money


def reading(cooperative: Cooperative | UUID) -> QuerySet[Sale]:
    """Sales with lines, payments and whatever went back of them."""
    back = Prefetch("returned", ReturnedLine.objects.of(cooperative))
    lines = SaleLine.objects.of(cooperative).select_related("product").prefetch_related(back)
    refunds = Prefetch("refunds", Refund.objects.of(cooperative))
    said = Prefetch("confirmations", Confirmation.objects.of(cooperative))
    payments = SalePayment.objects.of(cooperative).select_related("voucher__batch", "entry__kind")
    return (
        Sale.objects.of(cooperative)
        .select_related("cooperative", "unit", "member__party", "cashier")
        .prefetch_related(
            Prefetch("lines", lines.order_by("position", "id")),
            Prefetch(
                "payments", payments.prefetch_related(refunds, said).order_by("position", "id")
            ),
        )
    )


def _undone(sale: Sale, quantities: Mapping[UUID, Decimal] | None) -> Undone:
    lines, money = left_of(sale)
    try:
        return undoing.undo(
            lines,
            money,
            quantities,
            rounding_idr=sale.rounding_idr,
            rounded_back_idr=_rounded_back(sale),
            step_idr=queries.settings_of(sale.cooperative).cash_step_idr,
        )
    except undoing.CannotUndo as refusal:
        raise ReturnRefused(str(refusal), field=refusal.field) from refusal


def _rounded_back(sale: Sale) -> int:
    rows = SaleReturn.objects.of(sale.cooperative).filter(sale=sale)
    return sum(rows.values_list("rounding_idr", flat=True))
