"""A payment of credit and its receipt."""

from kkmp.access.permissions import Role
from shops.credit.services import receipts
from shops.models import CreditPayment
from tests.guards.side import Side

WEIGHT = 63
KINDS = {"credit payment": (CreditPayment, {})}
ADDRESSES = {
    ("shops:credit_receipt", "payment_id"): "credit payment",
    ("shops:credit_undo", "payment_id"): "credit payment",
    ("api-credit-payment-undo", "payment_id"): "credit payment",
    ("shops:credit_issue", "payment_id"): "credit payment",
    ("shops:credit_printed", "print_id"): "credit print",
}
PLAIN = "amount_idr due_days limit_idr method paid_page reason show"


def furnish(side: Side) -> None:
    paid = CreditPayment.objects.of(side.cooperative).order_by("id")[0]
    printed = receipts.issue(payment=paid, by=side.staff[Role.TREASURER])
    side.ids["credit print"] = printed.pk
