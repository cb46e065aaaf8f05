"""What members owe the shop, from the books, and the sales that caused it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated, TypedDict
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django_stubs_ext import Annotations

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.models import Line
from kkmp.lib.existing import present
from kkmp.registry.models import Cooperative
from members.register.models import Member
from shops.credit import ageing
from shops.credit.accounts import Account
from shops.credit.ageing import Bought
from shops.credit.models import CreditPayment, CreditReceiptCopy, CreditTerms
from shops.drawers.models import Shift
from shops.payments import queries as payments_queries
from shops.payments.models import Refund, SalePayment
from shops.pricing.methods import Method
from shops.settings import queries

#: Kinds of journals by which the shop changes what members owe; leavings, for one, change it too.
OUR_KINDS = (
    "sale",
    "sale.return",
    "credit.payment",
    "credit.payment.reversal",
    "credit.payout",
    "credit.payout.reversal",
    "payment.missing",
    "payment.found",
)


class OtherDebt(TypedDict):
    """A line of the books that is of no sale and no payment of the shop."""

    date: date
    net_idr: int
    memo: str


class _Net(TypedDict):
    net_idr: int


class _Back(TypedDict):
    back_idr: int


def accounts(cooperative: Cooperative, *, on: date) -> list[Account]:
    """Everybody who owes, is owed, or may buy on credit; whoever owes most first."""
    owed = {party: amount for party, amount in _balances(cooperative) if amount}
    terms = {row.member_id: row for row in CreditTerms.objects.of(cooperative)}
    members = (
        Member.objects.of(cooperative)
        .filter(Q(party_id__in=owed) | Q(id__in=[k for k, t in terms.items() if t.limit_idr]))
        .order_by("name", "id")
    )
    debtors = list(members)
    days = queries.settings_of(cooperative).overdue_days
    bought = _bought(
        cooperative, [each for each in debtors if owed.get(each.party_id, 0) > 0], terms
    )
    found = [
        _account(each, terms.get(each.id), owed.get(each.party_id, 0), bought[each.id], on, days)
        for each in debtors
    ]
    return sorted(found, key=lambda one: -one.owed_idr)


def account(member: Member, *, on: date) -> Account:
    """How one member stands."""
    cooperative = member.cooperative
    terms = CreditTerms.objects.of(cooperative).filter(member=member).first()
    owed_idr = books.purchases_owed_idr(cooperative, member.party_id)
    debtors = [member] if owed_idr > 0 else []
    bought = _bought(cooperative, debtors, {member.id: terms} if terms else {})
    return _account(
        member,
        terms,
        owed_idr,
        bought[member.id],
        on,
        queries.settings_of(cooperative).overdue_days,
    )


def sales_of(member: Member) -> QuerySet[Annotated[SalePayment, Annotations[_Back]]]:
    """What a member put on credit, with the sales, in no order."""
    return _credit_sales(member.cooperative, [member.id]).select_related("sale")


def payments(cooperative: Cooperative) -> QuerySet[CreditPayment]:
    """What members paid, latest first; ``arrived`` is false where it never came, and None where
    nobody has said yet."""
    return (
        CreditPayment.objects.of(cooperative)
        .annotate(arrived=payments_queries.has_arrived(cooperative, "credit_id"))
        .select_related("cooperative", "member", "by", "journal", "shift", "reverses")
        .order_by("-number")
    )


def others_of(member: Member) -> list[OtherDebt]:
    """What else the books know of a member's debt."""
    rows = _others(member.cooperative, [member.party_id]).order_by("-date", "-id")
    return list(rows.values("date", "net_idr", memo=F("journal__memo")))


def balances_by_rows(cooperative: Cooperative) -> dict[UUID, int]:
    """What each party owes by the rows of sales, returns and payments of the shop."""
    sums: dict[UUID, int] = defaultdict(int)
    sold = SalePayment.objects.of(cooperative).filter(method=Method.CREDIT)
    for party, amount in _by_party(sold, "sale__member__party_id"):
        sums[party] += amount
    back = Refund.objects.of(cooperative).filter(payment__method=Method.CREDIT, paid_as="")
    for party, amount in _by_party(back, "payment__sale__member__party_id"):
        sums[party] -= amount
    for party, amount in _by_party(_received(cooperative), "member__party_id"):
        sums[party] -= amount
    return dict(sums)


def balances_by_books(cooperative: Cooperative) -> dict[UUID, int]:
    """What each party owes by the journals that the shop has posted."""
    lines = _lines(cooperative).filter(_ours()).order_by("party_id")
    return dict(lines.values_list("party_id").annotate(net=Sum(_NET)))


def _account(
    member: Member,
    terms: CreditTerms | None,
    owed_idr: int,
    bought: Sequence[Bought],
    on: date,
    overdue_days: int,
) -> Account:
    """How a member stands; what was paid is what was bought less what the books say is owed.

    :param bought: may be empty where nothing is owed
    """
    paid_idr = sum(one.amount_idr for one in bought) - owed_idr
    return Account(member, terms, owed_idr, ageing.still_open(bought, paid_idr), on, overdue_days)


_NET = F("debit_idr") - F("credit_idr")


def _lines(cooperative: Cooperative) -> QuerySet[Line]:
    lines = Line.objects.of(cooperative).filter(account__code=Code.MEMBER_CREDIT)
    return lines.filter(party__isnull=False)


def _ours() -> Q:
    return Q(journal__kind__in=OUR_KINDS)


def _balances(cooperative: Cooperative) -> Iterable[tuple[UUID, int]]:
    lines = _lines(cooperative)
    return lines.order_by("party_id").values_list("party_id").annotate(net=Sum(_NET))


def _others(
    cooperative: Cooperative, parties: Sequence[UUID]
) -> QuerySet[Annotated[Line, Annotations[_Net]]]:
    lines = _lines(cooperative).filter(party_id__in=parties).exclude(_ours())
    return lines.annotate(net_idr=_NET)


def _credit_sales(
    cooperative: Cooperative, members: Sequence[UUID]
) -> QuerySet[Annotated[SalePayment, Annotations[_Back]]]:
    back = (
        Refund.objects.of(cooperative)
        .filter(payment_id=OuterRef("pk"), paid_as="")
        .order_by()
        .values("payment_id")
        .annotate(total=Sum("amount_idr"))
        .values("total")
    )
    return (
        SalePayment.objects.of(cooperative)
        .filter(method=Method.CREDIT, sale__member_id__in=members)
        .annotate(back_idr=Coalesce(Subquery(back, output_field=BigIntegerField()), Value(0)))
    )


def _bought(
    cooperative: Cooperative, members: Sequence[Member], terms: dict[UUID, CreditTerms]
) -> dict[UUID, list[Bought]]:
    """What each of these members has put on credit, by sales or otherwise, by member id."""
    found: dict[UUID, list[Bought]] = defaultdict(list)
    if not members:
        return found
    for row in _credit_sales(cooperative, [each.id for each in members]).values(
        "id", "due_on", "amount_idr", "back_idr", "sale__member_id", "sale__number", "sale__date"
    ):
        found[row["sale__member_id"]].append(
            Bought(
                id=row["id"],
                on=row["sale__date"],
                due_on=present(row["due_on"], "a credit has its day"),
                amount_idr=row["amount_idr"] - row["back_idr"],
                number=row["sale__number"],
            )
        )
    by_party = {each.party_id: each.id for each in members}
    for line in _others(cooperative, list(by_party)).filter(net_idr__gt=0):
        member_id = by_party[present(line.party_id, "the account is kept by party")]
        days = terms[member_id].due_days if member_id in terms else 0
        found[member_id].append(
            Bought(
                id=line.id,
                on=line.date,
                due_on=line.date + timedelta(days=days),
                amount_idr=line.net_idr,
            )
        )
    return found


def _received(cooperative: Cooperative) -> QuerySet[CreditPayment]:
    """Payments, without those that never came."""
    return payments(cooperative).filter(Q(arrived=True) | Q(arrived__isnull=True))


def _by_party(
    rows: QuerySet[SalePayment] | QuerySet[Refund] | QuerySet[CreditPayment], party: str
) -> Iterable[tuple[UUID, int]]:
    return rows.order_by(party).values_list(party).annotate(total=Sum("amount_idr"))


def received_in(shift: Shift) -> QuerySet[CreditPayment]:
    """What a shift was paid of members' credit, cash rounded: ``how`` and ``brought_idr``."""
    rows = CreditPayment.objects.of(shift.cooperative_id).filter(shift=shift)
    return rows.annotate(how=F("method"), brought_idr=F("amount_idr") + F("rounding_idr"))


def owed_after(payment: CreditPayment) -> int:
    """What the member owed once this payment was in the books, whatever came after it."""
    return books.purchases_owed_idr(
        payment.cooperative, payment.member.party_id, after=payment.journal
    )


def printed(payment: CreditPayment) -> int:
    """How often its receipt was printed."""
    return CreditReceiptCopy.objects.of(payment.cooperative_id).filter(payment=payment).count()
