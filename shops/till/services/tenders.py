"""What covers payments without cash: credit within its limit, savings, vouchers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from kkmp.lib.existing import present
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.registry.models import Cooperative
from members.pins.services.pins import Proof
from members.register.models import Member
from members.register.services import leaving_open, membership
from members.savings.models import SavingsBalance, SavingsKind, SavingsRole
from members.savings.services import limits, passbook
from shops.credit import queries as credit_queries
from shops.credit.models import CreditTerms
from shops.pricing.basket import SaleRefused
from shops.pricing.methods import Method
from shops.pricing.paying import Paid, Tender
from shops.till.services.sale_context import Person
from shops.vouchers.models import Voucher
from shops.vouchers.services import codes

#: The account that each method debits; savings debit that of their kind.
ACCOUNTS = {
    Method.CASH: Code.DRAWER,
    Method.QRIS: Code.QRIS,
    Method.TRANSFER: Code.BANK,
    Method.CREDIT: Code.MEMBER_CREDIT,
    Method.VOUCHER: Code.VOUCHERS,
}


@dataclass(frozen=True, slots=True)
class CoveredPayment:
    """A payment with what covers it: a credit's due date, a voucher, or savings.

    :param account: code of the account that is debited
    :param held: the savings that pay, locked until the transaction ends
    """

    tender: Tender
    account: str
    due_on: date | None = None
    voucher: Voucher | None = None
    held: SavingsBalance | None = None

    @property
    def names_buyer(self) -> bool:
        """Whether the line of the books carries the buyer's party."""
        return self.tender.method in (Method.CREDIT, Method.SAVINGS)


@dataclass(frozen=True, slots=True)
class Payments:
    """How a sale is paid, with what covers each payment."""

    paid: Paid
    covered: Sequence[CoveredPayment]


def cover(
    cooperative: Cooperative, paid: Paid, person: Person | None, proof: Proof | None, *, on: date
) -> Payments:
    """Find what covers each payment, and lock it.

    :raises SaleRefused: nothing covers a payment, or not enough
    """
    found: dict[int, CoveredPayment] = {}
    # Locked in this order, the member and then vouchers by code, two sales cannot deadlock.
    for at in sorted(range(len(paid.payments)), key=lambda at: _turn(paid.payments[at])):
        tender = paid.payments[at]
        match tender.method:
            case Method.CREDIT:
                found[at] = _credit(cooperative, tender, person, on)
            case Method.SAVINGS:
                found[at] = _savings(cooperative, tender, person, proof, on)
            case Method.VOUCHER:
                found[at] = _voucher(cooperative, tender, on)
            case _:
                found[at] = CoveredPayment(tender, ACCOUNTS[Method(tender.method)])
    covered = [found[at] for at in range(len(paid.payments))]
    _refuse_twice(covered)
    return Payments(paid, covered)


def _turn(tender: Tender) -> tuple[bool, str]:
    is_voucher = tender.method == Method.VOUCHER
    return is_voucher, codes.tidied(tender.reference) if is_voucher else ""


def _held(cooperative: Cooperative, person: Person) -> Member:
    """The member, locked: a decision on their leaving comes before the sale or waits for it.

    :raises SaleRefused: the member has left meanwhile, or the leaving is undecided
    """
    member = membership.locked_by_id(cooperative, person.id)
    if not member.is_active:
        raise SaleRefused(
            _("%(name)s is not an active member. Sell at the general price, or choose another.")
            % {"name": person.name},
            field="member",
        )
    leaving = leaving_open.reasons_by_member(member.cooperative_id, [member.id])
    if leaving:
        raise SaleRefused(leaving[member.id], field="member")
    return member


def _credit(
    cooperative: Cooperative, tender: Tender, person: Person | None, on: date
) -> CoveredPayment:
    if person is None:
        raise SaleRefused(_("Choose the member first: only members buy on credit."), field="member")
    member = _held(cooperative, person)
    terms = CreditTerms.objects.of(cooperative).filter(member_id=person.id).first()
    limit_idr = terms.limit_idr if terms else 0
    owes_idr = books.purchases_owed_idr(cooperative, person.party_id)
    free_idr = limit_idr - owes_idr
    if terms is None or tender.amount_idr > free_idr:
        raise SaleRefused(
            _("%(name)s may still buy for %(free)s on credit (limit %(limit)s).")
            % {
                "name": person.name,
                "free": format_rupiah(max(free_idr, 0) if terms else 0),
                "limit": format_rupiah(limit_idr),
            },
            field="payments",
        )
    if owes_idr > 0:
        _refuse_overdue(member, on)
    return CoveredPayment(tender, Code.MEMBER_CREDIT, due_on=on + timedelta(days=terms.due_days))


def _refuse_overdue(member: Member, on: date) -> None:
    """Refuse credit to whoever is overdue for longer than the shop's settings allow."""
    account = credit_queries.account(member, on=on)
    if account.is_stopped:
        raise SaleRefused(
            _(
                "%(name)s should have paid %(amount)s by %(date)s. Nothing more on credit until "
                "that is paid."
            )
            % {
                "name": member.name,
                "amount": format_rupiah(account.overdue_idr),
                "date": format_date(account.oldest_due or on),
            },
            field="payments",
        )


def _savings(
    cooperative: Cooperative,
    tender: Tender,
    person: Person | None,
    proof: Proof | None,
    on: date,
) -> CoveredPayment:
    if person is None:
        raise SaleRefused(_("Choose the member whose savings pay."), field="member")
    if proof is None or proof.member_id != person.id:
        raise SaleRefused(
            _("%(name)s confirms it with the PIN for savings.") % {"name": person.name},
            field="pin",
        )
    member = _held(cooperative, person)
    kind = _voluntary(cooperative)
    held = passbook.balance(member, kind)
    limit = limits.of_withdrawal(held, on=on)
    if tender.amount_idr > limit.most_idr:
        raise SaleRefused(
            limit.reason
            or _("%(name)s has %(balance)s of voluntary savings.")
            % {"name": person.name, "balance": format_rupiah(held.balance_idr)},
            field="payments",
        )
    return CoveredPayment(tender, kind.account_code, held=held)


def _voluntary(cooperative: Cooperative) -> SavingsKind:
    rows = SavingsKind.objects.of(cooperative).filter(role=SavingsRole.VOLUNTARY)
    kind = rows.order_by("position", "id").first()
    return present(kind, "every cooperative has voluntary savings")


def _voucher(cooperative: Cooperative, tender: Tender, on: date) -> CoveredPayment:
    code = codes.tidied(tender.reference)
    voucher = (
        Voucher.objects.of(cooperative)
        .select_for_update(of=("self",))
        .select_related("batch")
        .filter(code=code)
        .first()
    )
    if voucher is None:
        raise SaleRefused(no_voucher(code), field="payments")
    if voucher.batch.valid_until < on:
        raise SaleRefused(
            _("The voucher %(code)s was valid until %(date)s.")
            % {"code": code, "date": format_date(voucher.batch.valid_until)},
            field="payments",
        )
    if tender.amount_idr > voucher.left_idr:
        raise SaleRefused(
            _("The voucher %(code)s is good for %(left)s.")
            % {"code": code, "left": format_rupiah(voucher.left_idr)},
            field="payments",
        )
    return CoveredPayment(tender, Code.VOUCHERS, voucher=voucher)


def no_voucher(code: str) -> str:
    return _("There is no voucher %(code)s.") % {"code": code}


def _refuse_twice(covered: Sequence[CoveredPayment]) -> None:
    """Refuse credit, savings or a voucher that pay twice: each part could be within its limit."""
    seen: set[tuple[Method, UUID | None]] = set()
    for one in covered:
        method = one.tender.method
        if method not in (Method.CREDIT, Method.SAVINGS, Method.VOUCHER):
            continue
        place = (method, one.voucher.pk if one.voucher else None)
        if place in seen:
            raise SaleRefused(
                _("%(method)s stands there twice.") % {"method": Method(method).label},
                field="payments",
            )
        seen.add(place)
