"""What a return posts: its sale's lines with their sides changed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import BusinessUnit, Journal, Party
from finance.ledger.services import ledger
from kkmp.lib.languages import in_indonesian
from shops.payments.models import PaidAs, Refund, SalePayment
from shops.payments.services.payments import account_of_refund
from shops.pricing.methods import TO_CONFIRM, Method
from shops.returns.models import SaleReturn
from shops.returns.undoing import Undone
from shops.till.models import Sale
from shops.till.services import tenders


def memo(returned: SaleReturn) -> str:
    with in_indonesian():
        words = _("Return %(number)s of receipt %(receipt)s: %(reason)s") % {
            "number": returned.number,
            "receipt": returned.sale.number,
            "reason": returned.reason,
        }
    return words[:200]


def post(
    returned: SaleReturn, undone: Undone, refunds: Sequence[Refund], kept_for: Party | None
) -> Journal:
    return ledger.post(
        cooperative=returned.cooperative,
        kind="sale.return",
        memo=memo(returned),
        entries=_entries(returned.sale, undone, refunds, kept_for),
        key=returned.key,
        on=returned.date,
        by=returned.by,
    )


def _goes_to(
    refund: Refund, buyer: Party | None, kept_for: Party | None
) -> tuple[str, Party | None]:
    """The account that pays it back, and the party that its line names."""
    if refund.paid_as == PaidAs.CASH:
        return Code.DRAWER, None
    if refund.paid_as == PaidAs.KEPT:
        return Code.FORMER_MEMBERS, kept_for
    names_buyer = refund.payment.method in (Method.CREDIT, Method.SAVINGS)
    return _goes_back_from(refund.payment), buyer if names_buyer else None


def _goes_back_from(payment: SalePayment) -> str:
    """The account that holds the money of a payment now: it may have been settled since."""
    if payment.entry is not None:
        return payment.entry.kind.account_code
    if payment.method in TO_CONFIRM:
        return account_of_refund(payment)
    return tenders.ACCOUNTS[Method(payment.method)]


def _entries(
    sale: Sale, undone: Undone, refunds: Sequence[Refund], kept_for: Party | None
) -> Sequence[ledger.Entry]:
    """The sale's lines with their sides changed."""
    party: Party | None = sale.member.party if sale.member else None
    unit: BusinessUnit = sale.unit
    entries = []
    earned: dict[str, int] = {}
    for line in undone.lines:
        code = line.income_code or (Code.MEMBER_SALES if party else Code.OTHER_SALES)
        earned[str(code)] = earned.get(str(code), 0) + line.total_idr
    for code, amount_idr in sorted(earned.items()):
        if amount_idr:
            entries.append(ledger.debit(code, amount_idr, party=party, unit=unit))
    for refund in refunds:
        account, whose = _goes_to(refund, party, kept_for)
        if refund.handed_idr:
            entries.append(ledger.credit(account, refund.handed_idr, party=whose, unit=unit))
        entries += ledger.rounding(-refund.rounding_idr, unit=unit)
    entries += ledger.rounding(-undone.rounding_idr, unit=unit)
    if undone.cost_idr:
        cost = Code.MEMBER_COST if party else Code.OTHER_COST
        entries.append(ledger.debit(Code.MERCHANDISE, undone.cost_idr, unit=unit))
        entries.append(ledger.credit(cost, undone.cost_idr, party=party, unit=unit))
    return entries
