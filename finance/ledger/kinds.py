"""What journals are called, and where a wrong one is put right.

A kind is what caused a journal, dotted: ``savings.deposit``. A reversal is of its original's
kind with ``.reversal`` behind it. The books know the names only, not the apps that post them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OPENING_CASH = "opening.cash"
MANUAL = "manual"
#: Posted by the books themselves; nothing but the ledger would have to change with them.
OWN = frozenset({OPENING_CASH, MANUAL})
_REVERSAL = ".reversal"


@dataclass(frozen=True, slots=True)
class Kind:
    """:param correct: the sentence that says where to put it right; empty for the books' own"""

    label: Any
    correct: Any = ""


_IN_SAVINGS = gettext_lazy(
    "This entry came from a member's savings. Correct it on the member's page, under the receipt "
    "of the payment: the savings and the books then change together."
)
_IN_EXITS = gettext_lazy(
    "This entry came from a member's leaving. It is put right on the page of that leaving."
)
_AT_THE_TILL = gettext_lazy(
    "This entry came from a sale. It is put right with the sale, so that stock, cash and books "
    "change together."
)
_IN_SHIFTS = gettext_lazy(
    "This entry came from a cashier's shift. Money put in or taken out by mistake goes back the "
    "same way, in an open shift."
)
_IN_PAYMENTS = gettext_lazy(
    "This entry came from a payment of a buyer. It is put right where payments are confirmed."
)
_IN_STOCK = gettext_lazy(
    "This entry came from the stock of goods. It is put right with the goods, so that stock and "
    "books change together."
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "savings.deposit": Kind(gettext_lazy("Savings deposit"), _IN_SAVINGS),
        "savings.withdrawal": Kind(gettext_lazy("Savings withdrawal"), _IN_SAVINGS),
        "savings.opening": Kind(gettext_lazy("Opening savings"), _IN_SAVINGS),
        "savings.collection": Kind(gettext_lazy("Savings collected together"), _IN_SAVINGS),
        "savings.bills": Kind(gettext_lazy("Savings taken over"), _IN_SAVINGS),
        "savings.return": Kind(gettext_lazy("Return on savings"), _IN_SAVINGS),
        "savings.exit": Kind(gettext_lazy("Member left"), _IN_EXITS),
        "savings.refund": Kind(gettext_lazy("Refund to a former member"), _IN_EXITS),
        "sale": Kind(gettext_lazy("Sale"), _AT_THE_TILL),
        "shift": Kind(gettext_lazy("Shift"), _IN_SHIFTS),
        "sale.return": Kind(gettext_lazy("Return"), _AT_THE_TILL),
        "payment.settle": Kind(gettext_lazy("Settlement of payments"), _IN_PAYMENTS),
        "payment.missing": Kind(gettext_lazy("Payment that never came"), _IN_PAYMENTS),
        "payment.found": Kind(gettext_lazy("Payment that came late"), _IN_PAYMENTS),
        "credit.payment": Kind(gettext_lazy("Payment of a credit"), _IN_PAYMENTS),
        "voucher.issue": Kind(gettext_lazy("Vouchers issued"), _IN_PAYMENTS),
        "voucher.paid": Kind(gettext_lazy("Vouchers paid for"), _IN_PAYMENTS),
        "voucher.end": Kind(gettext_lazy("Vouchers that have expired"), _IN_PAYMENTS),
        "opening.stock": Kind(gettext_lazy("Opening stock"), _IN_STOCK),
        OPENING_CASH: Kind(gettext_lazy("Opening cash and bank")),
        MANUAL: Kind(gettext_lazy("Manual entry")),
    }
)


def original(kind: str) -> str:
    """The kind without what a reversal adds."""
    return kind.removesuffix(_REVERSAL)


def reversal(kind: str) -> str:
    """The kind of what undoes a journal of this kind."""
    return f"{kind}{_REVERSAL}"


def label(kind: str) -> str:
    """The name in the reader's language; an unknown kind is shown as it is."""
    known = KINDS.get(original(kind))
    name = str(known.label) if known else original(kind)
    return _("%(kind)s (reversed)") % {"kind": name} if kind != original(kind) else name


def where_to_correct(kind: str) -> str:
    """Where a journal of this kind is put right; empty if the books do it themselves."""
    if kind in OWN:
        return ""
    known = KINDS.get(original(kind))
    return str(known.correct) if known else _("This entry is put right where it was made.")
