"""The words that the till's script shows; the script fills in ``{…}``."""

import re
from typing import Any

from django.utils.translation import gettext as _

from shops.pricing.methods import Method
from shops.pricing.terms import Period


def words() -> dict[str, Any]:
    """All words of the script, in the page's language."""
    return {
        **_goods(),
        **_basket(),
        **_paying(),
        **_connection(),
        "refusals": refusals(),
        "methods": {method.value: str(method.label) for method in Method},
        "periods": {period.value: str(period.label) for period in Period},
    }


def opening_words() -> dict[str, dict[str, str]]:
    """What the till says when it cannot open, with the words of the link out, by reason."""
    return {
        "signed-out": {
            "text": _("You are signed out. Sign in again; the basket is kept on this device."),
            "label": _("Sign in"),
        },
        "forbidden": {
            "text": _("You may not sell here. Ask the chair to make you a cashier."),
            "label": _("To the start page"),
        },
        "unknown": {
            "text": _("There is no such cooperative, or you have no part in it."),
            "label": _("To the start page"),
        },
        "nowhere": {
            "text": _("You are cashier of no cooperative. Ask the chair to make you one."),
            "label": _("To the start page"),
        },
        "unreachable": {
            "text": _("No connection. Check the internet and try again."),
            "label": _("Try again"),
        },
        "choose": {"text": _("Which cooperative do you sell for?"), "label": ""},
    }


def refusals() -> dict[str, str]:
    """Refusals by the script's code, in the same words as those of :mod:`shops.pricing`."""
    return {code: re.sub(r"%\((\w+)\)s", r"{\1}", text) for code, text in _refusals().items()}


def _refusals() -> dict[str, str]:
    return {
        "empty": _("The basket is empty. Scan or tap the goods first."),
        "gone": _("No longer sold: take it out"),
        "expired": _(
            "%(name)s is not sold any more: best before %(day)s. If newer goods stand on the "
            "shelf, have their date written in the list of goods."
        ),
        "packGone": _("This pack of %(name)s is no longer sold."),
        "memberFirst": _("Choose the member first: member prices are for members only."),
        "noWholesale": _("%(name)s has no wholesale price."),
        "nothing": _("%(name)s: so little of it costs nothing. Check the quantity."),
        "lineDiscount": _("%(name)s: the discount must be less than %(total)s."),
        "saleDiscount": _("The discount must be less than %(total)s."),
        "notPositive": _("%(name)s: the quantity must be more than zero."),
        "tooLarge": _("%(name)s: this quantity is too large to be right."),
        "wholeOnly": _("%(name)s is sold per whole %(measure)s."),
        "notEnough": _("Not enough %(name)s: %(left)s %(measure)s left."),
        "neverWholesale": _("%(name)s is never sold at the wholesale price (%(source)s)."),
        "subsidised": _("%(name)s is subsidised, and no rule in force allows its wholesale price."),
        "wholesaleUnset": _(
            "%(name)s: no quantity is set for its wholesale price, so only the chair gives it. "
            "Sell it at the usual price."
        ),
        "wholesaleFrom": _(
            "%(name)s: the wholesale price is for %(least)s %(measure)s or more. Sell it at "
            "the usual price."
        ),
        "needsIdentity": _("%(name)s: choose the member, or fill in the buyer's NIK (%(source)s)."),
        "ceiling": _(
            "%(name)s may cost at most %(ceiling)s a %(measure)s (%(source)s). Lower its price."
        ),
        "most": _("%(name)s: at most %(most)s %(measure)s %(period)s for each buyer (%(source)s)."),
        "amountNotPositive": _("%(method)s: the amount must be more than zero."),
        "amountTooLarge": _("This amount is too large to be right."),
        "overpaid": _("%(over)s too much without cash: change is given only on cash."),
        "nothingInCash": _("This comes to nothing in cash. Check the quantities."),
        "short": _("The money is %(short)s short of %(total)s."),
        "cashNotNeeded": _("Everything is paid already: take the cash out of the payment."),
        "twice": _("%(method)s stands there twice."),
    }


def _goods() -> dict[str, str]:
    return {
        "all": _("All"),
        "soldOut": _("sold out"),
        "expired": _("past its date"),
        "service": _("service"),
        "left": _("{left} {measure} left"),
        "each": _("{price} / {measure}"),
        "added": _("{name}: {quantity} {measure}"),
        "packOf": _("{pack} of {factor} {measure}"),
        "more": _("Show {count} more"),
        "unknownCode": _("No product has the code {code}."),
        "noted": _("{code} has been noted. Whoever keeps the list of goods will see it."),
        "notNoted": _("{code} could not be noted: no connection. Write it on paper."),
        "noCamera": _("The camera cannot be used. Allow it in the browser, or type the code."),
        "reading": _("Hold the barcode in front of the camera."),
    }


def _basket() -> dict[str, str]:
    return {
        "goods": _("{count} items"),
        "saving": _("saves {saving}"),
        "less": _("One less {name}"),
        "oneMore": _("One more {name}"),
        "quantityOf": _("Quantity of {name}"),
        "change": _("Change {name}"),
        "remove": _("Take out {name}"),
        "putIn": _("Put in the basket"),
        "keep": _("Save"),
        "discounted": _("discount {discount}"),
        "badQuantity": _("Write the quantity as a number, like 2 or 1,25."),
        "badDiscount": _("Write the discount in rupiah like 5.000, or as 10%."),
        "badNik": _("A NIK has 16 digits."),
        "noSuchNik": _("There is no such NIK: look at the birth date in it, and type it again."),
        "noLines": _("There is nothing in the basket to put aside."),
        "held": _("Put aside: {name}"),
        "heldCount": _("Put aside ({count})"),
        "heldNone": _("Nothing has been put aside."),
        "heldAt": _("{time} · {count} items · {total}"),
        "buyerAt": _("Buyer of {time}"),
        "nobody": _("No active member found. Try the number, part of the name or the phone."),
        "chooseOne": _("Choose the one who buys."),
        "searching": _("Searching…"),
        "memberNumber": _("No. {number}"),
        "memberPrice": _("Member price"),
        "usualPrice": _("General price"),
        "memberChosen": _("{name} buys at member prices."),
        "otherCard": _("This card is of another cooperative."),
        "sureFirst": _(
            "It is not certain whether this sale was saved. Press Pay once more first: it will "
            "not be recorded twice."
        ),
    }


def _paying() -> dict[str, str]:
    return {
        "pay": _("Pay {total}"),
        "payNothing": _("Pay"),
        "exact": _("Exact"),
        "stillOpen": _("Still to pay"),
        "changeDue": _("Change due"),
        "covered": _("That is enough"),
        "finish": _("Finish the sale"),
        "addPayment": _("Add this payment"),
        "remove": _("Take out {name}"),
        "unconfirmed": _("not confirmed yet"),
        "muchChange": _("The change would be {change}. Press once more if that is right."),
        "codeRead": _(
            "A code was scanned, not an amount: {code}. For a voucher, choose Voucher first; goods "
            "are scanned after going back."
        ),
        "noMember": _("Choose the member first, in the basket."),
        "noPin": _("The member types their own PIN for savings: six digits."),
        "pinNone": _(
            "{name} has no PIN yet. It is set at the cooperative's desk with the KTP: Members, "
            "{name}, PIN for savings. Until then it can be paid in another way."
        ),
        "pinBlocked": _(
            "The PIN of {name} is blocked after too many wrong tries. Another one is set at the "
            "cooperative's desk with the KTP; until then it can be paid in another way."
        ),
        "noVoucher": _("Write the code of the voucher."),
        "giveBack": _("Give back"),
        "nothingBack": _("Sold for"),
        "receivedFor": _("{paid} received for {total}"),
        "receipt": _("Receipt {number}"),
        "toConfirm": _("{method} {amount}: look whether the money has arrived."),
        "creditFree": _("{free} of {limit} is free, to be paid within {days} days."),
        "creditLate": _("{late} is overdue."),
        "creditStopped": _("No more on credit before {late} is paid, which is long overdue."),
        "creditNone": _("No credit: the board has set no limit for this member."),
        "voucherLeft": _("Good for {left}, until {until}."),
        "voucherUnknown": _("There is no voucher {code}."),
        "onCredit": _("Member credit {amount}, to be paid by {due}."),
    }


def _connection() -> dict[str, str]:
    return {
        "unsure": _(
            "No answer from the server. Press the red button once more: it will not be recorded "
            "twice."
        ),
        "signedOut": _("You are signed out. Sign in again; the basket is kept on this device."),
        "anotherCashier": _(
            "{second} is signed in on this device now; this basket is {first}'s. Nothing was sold, "
            "and the basket is kept. Sign in as {first} to go on, or reload the page to sell as "
            "{second}."
        ),
        "signOut": _("Sign in as somebody else"),
        "notAllowed": _("You may no longer sell here. Ask the chair; the basket is kept."),
        "refused": _("The server could not read this sale. Reload the page; the basket is kept."),
        "unreachable": _("No connection. Check the internet and try again."),
        "signIn": _("Sign in"),
        "openShift": _("Open the shift"),
        "myReceipts": _("My receipts today"),
        "noShift": _("Open your shift first: count the money in the drawer."),
    }
