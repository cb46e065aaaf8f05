"""How a total is paid: several methods at once, the cash part rounded to the till's step."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kkmp.lib.money import format_rupiah
from shops.pricing.basket import SaleRefused
from shops.pricing.methods import Method

#: More than this is no payment for a basket, but a slip of the finger; the till has it too.
MOST_GIVEN_IDR = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Tender:
    """What the buyer gives by one method, whole rupiah.

    :param reference: the number that the buyer's bank or wallet shows, or the voucher's code
    """

    method: Method
    amount_idr: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """How a sale is paid.

    :param payments: what each method pays, without the change; they add up to the total with
        its rounding
    :param rounding_idr: what rounding the cash part adds; negative where it takes off
    :param given_idr: all that was handed over
    """

    payments: tuple[Tender, ...]
    rounding_idr: int
    given_idr: int
    change_idr: int


def rounded(amount_idr: int, step_idr: int) -> int:
    """The amount rounded to the nearest multiple of the step, half up; it is zero or more."""
    return (amount_idr + step_idr // 2) // step_idr * step_idr


def settle(total_idr: int, tenders: Sequence[Tender], *, step_idr: int) -> Paid:
    """Work out how what the buyer gives pays a total, with rounding and change.

    Cash pays what the other methods leave open; only this part is rounded.

    :raises SaleRefused: it is too little, too much without cash, or no sensible amount
    """
    for tender in tenders:
        if tender.amount_idr <= 0:
            raise SaleRefused(
                _("%(method)s: the amount must be more than zero.")
                % {"method": Method(tender.method).label},
                field="payments",
            )
        if tender.amount_idr > MOST_GIVEN_IDR:
            raise SaleRefused(_("This amount is too large to be right."), field="payments")
    others = [tender for tender in tenders if tender.method != Method.CASH]
    given_cash_idr = sum(t.amount_idr for t in tenders if t.method == Method.CASH)
    open_idr = total_idr - sum(tender.amount_idr for tender in others)
    if open_idr < 0:
        raise SaleRefused(
            _("%(over)s too much without cash: change is given only on cash.")
            % {"over": format_rupiah(-open_idr)},
            field="payments",
        )
    due_idr = rounded(open_idr, step_idr)
    if due_idr == 0 and not others:
        raise SaleRefused(_("This comes to nothing in cash. Check the quantities."))
    if given_cash_idr < due_idr:
        raise SaleRefused(
            _("The money is %(short)s short of %(total)s.")
            % {
                "short": format_rupiah(due_idr - given_cash_idr),
                "total": format_rupiah(total_idr + due_idr - open_idr),
            },
            field="payments",
        )
    if given_cash_idr and not due_idr:
        raise SaleRefused(
            _("Everything is paid already: take the cash out of the payment."), field="payments"
        )
    cash = (Tender(Method.CASH, due_idr),) if due_idr else ()
    return Paid(
        payments=(*others, *cash),
        rounding_idr=due_idr - open_idr,
        given_idr=given_cash_idr + sum(tender.amount_idr for tender in others),
        change_idr=given_cash_idr - due_idr,
    )
