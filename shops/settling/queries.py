"""Payments by QRIS and transfer: which have arrived, and which are awaited."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, TypedDict
from uuid import UUID

from django.db import models
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import Annotations

from finance.ledger.models import Journal
from kkmp.access.models import User
from kkmp.lib.existing import present
from kkmp.lib.periods import business_day
from kkmp.registry.models import Cooperative
from members.savings.models import SavingsEntry
from shops.credit.models import CreditPayment
from shops.payments.models import Arrival, Confirmation, Refund, SalePayment
from shops.payments.queries import confirmations, has_arrived
from shops.pricing.methods import TO_CONFIRM, Method
from shops.settling.models import Settlement


class State(TextChoices):
    """How far the money of a payment has come."""

    WAITING = "waiting", _("Not matched yet")
    ARRIVED = "arrived", _("Has arrived")
    #: It reached the bank, together with others.
    SETTLED = "settled", _("Settled to the bank")
    MISSING = "missing", _("Never came")
    #: All of it was returned to the buyer before anybody had seen it arrive.
    RETURNED = "returned", _("Returned")


#: States of QRIS payments in which the acquirer still owes what is left.
UNSETTLED = (State.WAITING, State.ARRIVED)


#: The state of a row that has ``settled``, ``arrived`` and ``left_idr``.
_STATE = Case(
    When(settled__isnull=False, then=Value(State.SETTLED.value)),
    When(arrived=True, then=Value(State.ARRIVED.value)),
    When(arrived=False, then=Value(State.MISSING.value)),
    When(left_idr=0, then=Value(State.RETURNED.value)),
    default=Value(State.WAITING.value),
    output_field=CharField(),
)


class _Known(TypedDict):
    """The columns that queries add; ``said`` is the position of the last confirmation, or 0."""

    left_idr: int
    arrived: bool | None
    settled: UUID | None
    said: int
    state: str


@dataclass(frozen=True, slots=True)
class Receivable:
    """A payment by QRIS or transfer: for a sale, for credit, or into savings.

    :param left_idr: its amount less what was returned to the buyer
    :param at: the moment of paying; None where only the day is known
    :param position: that of the last confirmation; zero where there is none
    :param row: the row of the payment itself
    """

    id: UUID
    method: Method
    reference: str
    amount_idr: int
    left_idr: int
    state: State
    date: date
    at: datetime | None
    cashier: User
    number: int
    buyer: str
    position: int
    row: SalePayment | CreditPayment | SavingsEntry

    @property
    def is_credit(self) -> bool:
        return isinstance(self.row, CreditPayment)

    @property
    def is_savings(self) -> bool:
        return isinstance(self.row, SavingsEntry)

    @property
    def confirmation_field(self) -> str:
        """The field of a confirmation that refers to it."""
        return "credit" if self.is_credit else "savings" if self.is_savings else "payment"

    @property
    def may_be_missing(self) -> bool:
        return self.state in UNSETTLED and self.left_idr > 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions for payments; None or an empty one lets all through.

    :param until: only payments up to this moment
    """

    states: Sequence[str] = ()
    day: date | None = None
    method: str = ""
    cashier_id: UUID | None = None
    until: datetime | None = None
    ids: Sequence[UUID] | None = None


#: More than so many are not added up, nor listed for one settlement.
MOST_ADDED, MOST_LISTED = 10_000, 500


@dataclass(frozen=True, slots=True)
class Sum:
    """How many payments, and what is left of them together.

    :param is_more: there are more than ``count``, and ``left_idr`` is not known
    """

    count: int
    left_idr: int
    is_more: bool = False


def arrivals(cooperative: Cooperative, wanted: Wanted) -> QuerySet[Arrival]:
    """Where payments stand, in no order; :func:`receivables` says what they are."""
    found = Arrival.objects.of(cooperative)
    conditions = {
        "state__in": list(wanted.states),
        "date": wanted.day,
        "method": wanted.method,
        "cashier_id": wanted.cashier_id,
    }
    found = found.filter(**{name: value for name, value in conditions.items() if value})
    if wanted.until is not None:
        by_day = Q(at__isnull=True, date__lte=business_day(wanted.until))
        found = found.filter(by_day | Q(at__lte=wanted.until))
    return found if wanted.ids is None else found.filter(id__in=list(wanted.ids))


def added_up(cooperative: Cooperative, wanted: Wanted) -> Sum:
    """The sum of them, as far as it is worth reading."""
    some = arrivals(cooperative, wanted).order_by().values_list("left_idr", flat=True)
    amounts = list(some[: MOST_ADDED + 1])
    if len(amounts) > MOST_ADDED:
        return Sum(MOST_ADDED, 0, is_more=True)
    return Sum(len(amounts), sum(amounts))


def find(cooperative: Cooperative, wanted: Wanted, *, most: int | None = None) -> list[Receivable]:
    """Payments of sales, credits and savings together, oldest first.

    :param most: no more than so many of them; None for all, which is not for pages
    """
    found = arrivals(cooperative, wanted).order_by("date", "id")
    return receivables(cooperative, list(found[:most]))


def receivables(cooperative: Cooperative, some: Sequence[Arrival]) -> list[Receivable]:
    """What these are, in their order."""
    left = {one.pk for one in some}
    found: dict[UUID, Receivable] = {}
    # Mostly they are of sales alone: nothing is asked where nothing is left to find.
    for kind in (_found_in_sales, _found_in_credits, _found_in_savings):
        if left:
            found |= {one.id: one for one in kind(cooperative, left)}
            left -= found.keys()
    return [found[one.pk] for one in some if one.pk in found]


def _found_in_sales(cooperative: Cooperative, ids: Collection[UUID]) -> Iterator[Receivable]:
    return (_of_sale(row) for row in of_sales(cooperative).filter(id__in=ids))


def _found_in_credits(cooperative: Cooperative, ids: Collection[UUID]) -> Iterator[Receivable]:
    return (_of_member(row, row.by) for row in of_credits(cooperative).filter(id__in=ids))


def _found_in_savings(cooperative: Cooperative, ids: Collection[UUID]) -> Iterator[Receivable]:
    return (
        _of_member(row, present(row.journal.posted_by, "somebody has taken it"))
        for row in of_savings(cooperative).filter(id__in=ids)
    )


def of_sales(
    cooperative: Cooperative,
) -> QuerySet[Annotated[SalePayment, Annotations[_Known]]]:
    """Payments of sales by QRIS or transfer, with what is left to arrive and their state."""
    back = (
        Refund.objects.of(cooperative)
        .filter(payment_id=OuterRef("pk"))
        .order_by()
        .values("payment_id")
        .annotate(total=models.Sum("amount_idr"))
        .values("total")
    )
    returned_idr = Coalesce(Subquery(back, output_field=BigIntegerField()), Value(0))
    return (
        SalePayment.objects.of(cooperative)
        .filter(method__in=TO_CONFIRM)
        .annotate(
            left_idr=F("amount_idr") - returned_idr,
            arrived=has_arrived(cooperative, "payment_id"),
            settled=_last(cooperative, "payment_id", "settlement_id"),
            said=Coalesce(_last(cooperative, "payment_id", "position"), Value(0)),
            state=_STATE,
        )
        .select_related("sale__cashier", "sale__member", "sale__unit")
    )


def of_credits(
    cooperative: Cooperative,
) -> QuerySet[Annotated[CreditPayment, Annotations[_Known]]]:
    """Payments of credit by QRIS or transfer, with their state; not what the shop paid out."""
    return (
        CreditPayment.objects.of(cooperative)
        .filter(method__in=TO_CONFIRM, amount_idr__gt=0)
        .annotate(
            left_idr=F("amount_idr"),
            arrived=has_arrived(cooperative, "credit_id"),
            settled=_last(cooperative, "credit_id", "settlement_id"),
            said=Coalesce(_last(cooperative, "credit_id", "position"), Value(0)),
            state=_STATE,
        )
        .select_related("member__party", "by")
    )


def of_savings(
    cooperative: Cooperative,
) -> QuerySet[Annotated[SavingsEntry, Annotations[_Known]]]:
    """Deposits of savings by QRIS or transfer; of a corrected one nothing is left to arrive."""
    undone = SavingsEntry.objects.of(cooperative).filter(reverses_id=OuterRef("pk"))
    return (
        SavingsEntry.objects.of(cooperative)
        .filter(method__in=TO_CONFIRM, amount_idr__gt=0, reverses=None)
        .annotate(
            left_idr=Case(
                When(Exists(undone), then=Value(0)),
                default=F("amount_idr"),
                output_field=BigIntegerField(),
            ),
            arrived=has_arrived(cooperative, "savings_id"),
            settled=_last(cooperative, "savings_id", "settlement_id"),
            said=Coalesce(_last(cooperative, "savings_id", "position"), Value(0)),
            state=_STATE,
        )
        .select_related("cooperative", "member__party", "kind", "journal__posted_by")
    )


def settlements(cooperative: Cooperative) -> QuerySet[Settlement]:
    """Settlements, latest first; ``undone`` is the number of the journal that undid one."""
    undone = Journal.objects.of(cooperative).filter(reverses_id=OuterRef("journal_id"))
    return (
        Settlement.objects.of(cooperative)
        .select_related("journal", "by")
        .annotate(undone=Subquery(undone.values("number")))
        .order_by("-date", "-id")
    )


def of_settlement(settlement: Settlement) -> list[Receivable]:
    """The payments of a settlement, even if it was undone since."""
    rows = Confirmation.objects.of(settlement.cooperative_id).filter(settlement=settlement)
    named = rows.values_list("payment_id", "credit_id", "savings_id").order_by("id")
    ids = [payment or credit or savings for payment, credit, savings in named]
    return find(settlement.cooperative, Wanted(ids=[each for each in ids if each]))


def unsettled_idr(cooperative: Cooperative) -> int:
    """What the acquirer owes by the payments; the QRIS account should have this balance."""
    wanted = Wanted(states=UNSETTLED, method=Method.QRIS)
    told = arrivals(cooperative, wanted).aggregate(left_idr=Coalesce(models.Sum("left_idr"), 0))
    return int(told["left_idr"])


def waiting(cooperative: Cooperative, cashier_id: UUID | None = None) -> list[Receivable]:
    """The payments that nobody has seen arrive yet."""
    return find(cooperative, Wanted(states=[State.WAITING], cashier_id=cashier_id))


def _last(cooperative: Cooperative, key: str, column: str) -> Subquery:
    """A column of the last confirmation of a payment."""
    return Subquery(confirmations(cooperative, key).values(column)[:1])


def _of_sale(row: Annotated[SalePayment, Annotations[_Known]]) -> Receivable:
    sale = row.sale
    return Receivable(
        id=row.id,
        method=Method(row.method),
        reference=row.reference,
        amount_idr=row.amount_idr,
        left_idr=row.left_idr,
        state=State(row.state),
        date=sale.date,
        at=sale.sold_at,
        cashier=sale.cashier,
        number=sale.number,
        buyer=sale.member.name if sale.member else "",
        position=row.said,
        row=row,
    )


def _of_member(
    row: Annotated[CreditPayment, Annotations[_Known]]
    | Annotated[SavingsEntry, Annotations[_Known]],
    cashier: User,
) -> Receivable:
    return Receivable(
        id=row.id,
        method=Method(row.method),
        reference=row.reference,
        amount_idr=row.amount_idr,
        left_idr=row.left_idr,
        state=State(row.state),
        date=row.date,
        at=None,
        cashier=cashier,
        number=row.number,
        buyer=row.member.name,
        position=row.said,
        row=row,
    )
