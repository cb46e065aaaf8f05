"""What the till's script must be told: addresses, and the words it shows."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kkmp.registry.models import Cooperative

#: Stands in an address where the till puts the id of the sale it has made.
PLACEHOLDER = UUID(int=0)


def setup(cooperative: Cooperative, unit: str, cashier: Any) -> dict[str, Any]:
    """Fit for JSON.

    :param unit: code of the unit of business that the till sells for
    """
    code = cooperative.code
    return {
        "cooperative": code,
        "unit": unit,
        "cashier": str(cashier.pk),
        "addresses": {
            "sell": reverse("api-sales"),
            "goods": reverse("shops:till_goods", args=[code]),
            "members": reverse("shops:till_members", args=[code]),
            "receipts": reverse("shops:till_receipts", args=[code]),
            "receipt": reverse("shops:till_receipt", args=[code, PLACEHOLDER]),
            "placeholder": str(PLACEHOLDER),
        },
        "words": _words(),
    }


def _words() -> dict[str, str]:
    """Sentences of the script; ``{…}`` is filled in there."""
    return {
        "all": _("All"),
        "soldOut": _("sold out"),
        "left": _("{left} {measure} left"),
        "per": _("per {measure}"),
        "each": _("{price} / {measure}"),
        "added": _("{name}: {quantity} {measure}"),
        "unknownCode": _("No product has the code {code}."),
        "pay": _("Pay {total}"),
        "payNothing": _("Pay"),
        "goods": _("{count} items"),
        "exact": _("Exact"),
        "change": _("Change due"),
        "short": _("Still to pay"),
        "saving": _("saves {saving}"),
        "notEnough": _("Only {left} {measure} left"),
        "gone": _("No longer sold: take it out"),
        "nothing": _("Too little: check the quantity"),
        "less": _("One less {name}"),
        "more": _("One more {name}"),
        "quantityOf": _("Quantity of {name}"),
        "remove": _("Take out {name}"),
        "emptyBasket": _("The basket is empty. Scan or tap the goods first."),
        "fixFirst": _("Some goods cannot be sold like this. Look at the marked lines."),
        "noMoney": _("Write how much money you received."),
        "tooLittle": _("The money is {short} short."),
        "badQuantity": _("Write the quantity as a number, like 2 or 1,25."),
        "wholeOnly": _("{name} is sold per whole {measure}."),
        "unsure": _(
            "No answer from the server. Press Pay once more: it will not be recorded twice."
        ),
        "signedOut": _("You are signed out. Sign in again; the basket is kept on this device."),
        "nobody": _("No active member found. Try the number, part of the name or the phone."),
        "searching": _("Searching…"),
        "unreachable": _("No connection. Check the internet and try again."),
        "memberNumber": _("No. {number}"),
        "many": _("{count} more. Type a few letters to find them."),
    }
