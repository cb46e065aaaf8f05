"""What pages and the API read of savings: kinds, balances, entries and receipts."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Count,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from finance.ledger.accounts import Code
from kkmp.lib.periods import add_months, month_of
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative
from members.register.models import Member, MemberQuerySet, Status
from members.savings.models import (
    ReturnLine,
    ReturnRun,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
)


class Saved(TypedDict):
    """What :func:`with_savings` brings along; whole rupiah."""

    savings_idr: int


class Corrected(TypedDict):
    """What :func:`entries` and :func:`receipts` bring along: the number of a correction."""

    corrected_by: int | None


class WithBalance(Corrected):
    """What :func:`history` brings along besides: the balance of the kind in the order of days."""

    running_balance_idr: int


@dataclass(frozen=True, slots=True)
class Summed:
    """A kind of savings, how many people have a balance of it, and what they hold together."""

    kind: SavingsKind
    holders: int
    sum_idr: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What a member holds of one kind, zero included.

    :param open_idr: what is still to be paid of it; only the principal has a limit, others None
    """

    kind: SavingsKind
    balance_idr: int
    open_idr: int | None = None

    @property
    def is_shown(self) -> bool:
        """Kinds that the cooperative has defined itself say something only once they are used."""
        return bool(self.balance_idr) or self.kind.account_code != Code.SPECIAL_SAVINGS


@dataclass(frozen=True, slots=True)
class Path:
    """What somebody who is not yet a member still needs."""

    has_nik: bool
    paid_idr: int
    due_idr: int
    #: Whether the members allow the principal to be paid in parts.
    allows_instalments: bool = True

    @property
    def is_paid(self) -> bool:
        return self.paid_idr >= self.due_idr


def with_savings(
    cooperative: Cooperative,
) -> "MemberQuerySet[WithAnnotations[Member, Saved]]":
    """Members with ``savings_idr``, all kinds together."""
    held = (
        SavingsBalance.objects.of(cooperative)
        .filter(member_id=OuterRef("pk"))
        .values("member_id")
        .annotate(total=Sum("balance_idr"))
        .values("total")
    )
    total = Coalesce(Subquery(held, output_field=BigIntegerField()), Value(0))
    return Member.objects.of(cooperative).annotate(savings_idr=total)


def kinds(cooperative: Cooperative) -> QuerySet[SavingsKind]:
    """The cooperative's kinds of savings, in the order they are shown."""
    return SavingsKind.objects.of(cooperative).order_by("position", "code", "id")


def kinds_with_sums(cooperative: Cooperative) -> list[Summed]:
    """Every kind, in the order they are shown, with what is held of it."""
    rows = SavingsBalance.objects.of(cooperative).filter(balance_idr__gt=0).values("kind_id")
    sums = {
        row["kind_id"]: row
        for row in rows.annotate(holders=Count("id"), sum_idr=Sum("balance_idr")).order_by(
            "kind_id"
        )
    }
    return [
        Summed(kind, sums[kind.id]["holders"], sums[kind.id]["sum_idr"])
        if kind.id in sums
        else Summed(kind, 0, 0)
        for kind in kinds(cooperative)
    ]


def bears_return(cooperative: Cooperative) -> bool:
    """Whether any kind of savings has a return."""
    return SavingsKind.objects.of(cooperative).filter(return_percent__gt=0).exists()


def month_to_credit(cooperative: Cooperative, *, on: date) -> date:
    """The month after the last one that was credited; before the first, the last ended one."""
    last = ReturnRun.objects.of(cooperative).order_by("-month").first()
    return add_months(last.month, 1) if last else add_months(month_of(on), -1)


def return_lines(run: ReturnRun) -> QuerySet[ReturnLine]:
    """What each member got of a month's return, by member number."""
    rows = ReturnLine.objects.of(run.cooperative_id).filter(run=run)
    return rows.select_related("member", "kind", "entry").order_by("member__number", "id")


def holdings(member: Member, *, on: date) -> list[Holding]:
    """One a kind; what is open of the principal follows the settings of the day.

    Nothing is open for somebody who has left.
    """
    rows = SavingsBalance.objects.of(member.cooperative_id).filter(member=member)
    held = dict(rows.values_list("kind_id", "balance_idr"))
    principal_idr = registry.settings_on(member.cooperative, on).principal_of(member.category)
    return [
        Holding(
            kind,
            held.get(kind.id, 0),
            max(principal_idr - held.get(kind.id, 0), 0)
            if kind.role == SavingsRole.PRINCIPAL and member.status != Status.LEFT
            else None,
        )
        for kind in kinds(member.cooperative)
    ]


def path_to_membership(member: Member, held: list[Holding], *, on: date) -> Path | None:
    """What is missing; None for who is a member or has left.

    :param held: of :func:`holdings`
    """
    if member.status in (Status.ACTIVE, Status.LEFT):
        return None
    principal = next(holding for holding in held if holding.open_idr is not None)
    due_idr = principal.balance_idr + (principal.open_idr or 0)
    in_parts = registry.settings_on(member.cooperative, on).allows_instalments
    return Path(member.nik_hash is not None, principal.balance_idr, due_idr, in_parts)


def entries(member: Member) -> "QuerySet[WithAnnotations[SavingsEntry, Corrected]]":
    """A member's entries, latest first; ``corrected_by`` is the number of a correction, or None."""
    rows = _with_corrections(member.cooperative_id).filter(member=member)
    return rows.select_related("kind", "journal").order_by("-number", "id")


def history(member: Member) -> "QuerySet[WithAnnotations[SavingsEntry, WithBalance]]":
    """Entries, latest day first, with ``running_balance_idr``: held of the kind after each.

    In the order of the days that entries count for, so that it reads right also where something
    was recorded for an earlier day. To be cut into pages, but not filtered further.
    """
    balance = Window(
        Sum("amount_idr"),
        partition_by=[F("kind_id")],
        order_by=[F("date").asc(), F("number").asc()],
    )
    return entries(member).annotate(running_balance_idr=balance).order_by("-date", "-number", "id")


def receipts(cooperative: Cooperative) -> "QuerySet[WithAnnotations[SavingsEntry, Corrected]]":
    """Entries with all that a receipt shows."""
    related = ("cooperative", "member", "kind", "journal__posted_by")
    return _with_corrections(cooperative).select_related(*related)


def recorded(cooperative: Cooperative, key: UUID | None) -> SavingsEntry | None:
    """What a form with this key has recorded already."""
    if key is None:
        return None
    return SavingsEntry.objects.of(cooperative).filter(journal__key=key).first()


def _with_corrections(
    cooperative: Cooperative | UUID,
) -> "QuerySet[WithAnnotations[SavingsEntry, Corrected]]":
    correction = SavingsEntry.objects.of(cooperative).filter(reverses_id=OuterRef("pk"))
    rows = SavingsEntry.objects.of(cooperative).select_related("reverses")
    return rows.annotate(corrected_by=Subquery(correction.values("number")))
