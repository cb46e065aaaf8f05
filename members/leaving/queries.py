"""What pages and the API read of leavings: who waits, who is to be paid, and what is settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from kkmp.registry.models import Cooperative
from members.leaving.models import Exit, ExitReason, ExitState, KeptMoney
from members.leaving.services import settlements
from members.register.models import Member
from members.savings.models import SavingsKind

WAITING = Q(state=ExitState.REQUESTED)
DUE = Q(state=ExitState.DECIDED, refund_idr__gt=0, payment=None)
#: Paid, nothing to pay, or taken back.
DONE = ~WAITING & ~DUE
STAGES = {"waiting": WAITING, "due": DUE, "done": DONE}


@dataclass(frozen=True, slots=True)
class Summary:
    """How many leavings stand at each stage, and what is owed to former members."""

    waiting: int
    due: int
    done: int
    due_idr: int


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of savings and what it gives."""

    kind: SavingsKind
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a leaving pays: as decided, or as things stand now.

    :param credited_idr: what the shop owed besides: goods that were paid for came back
    :param short_idr: what has to be paid first, before it can be decided
    """

    rows: list[Row]
    savings_idr: int
    settled_idr: int
    refund_idr: int
    credited_idr: int = 0
    short_idr: int = 0


def exits(cooperative: Cooperative, stage: str | None = None) -> QuerySet[Exit]:
    """Leavings with their people, those that wait longest first; done ones latest first."""
    rows = Exit.objects.of(cooperative).select_related("member", "requested_by", "decided_by")
    rows = rows.select_related("paid_by", "journal", "payment", "cooperative")
    if stage == "due":
        return rows.filter(DUE).order_by("pay_on", "number")
    if stage == "waiting":
        return rows.filter(WAITING).order_by("requested_on", "id")
    return rows.filter(STAGES[stage] if stage else Q()).order_by("-requested_on", "-id")


def summary(cooperative: Cooperative) -> Summary:
    counted = Exit.objects.of(cooperative).aggregate(
        **{stage: Count("id", filter=condition) for stage, condition in STAGES.items()},
        due_idr=Sum("refund_idr", filter=DUE, default=0),
    )
    return Summary(**counted)


def of_member(member: Member) -> list[Exit]:
    """A person's leavings that were not taken back, latest first."""
    rows = Exit.objects.of(member.cooperative_id).filter(member=member)
    return list(rows.exclude(state=ExitState.CANCELLED).order_by("-requested_on", "-id"))


def statement(exit: Exit) -> Statement:
    """What the leaving pays. While it waits, what it would pay now."""
    if exit.is_open:
        settlement = settlements.settlement_of(exit.member)
        rows = [Row(held.kind, held.balance_idr) for held in settlement.balances]
        settled_idr = min(settlement.debt_idr, settlement.savings_idr)
        return Statement(
            rows,
            settlement.savings_idr,
            settled_idr,
            settlement.refund_idr,
            settlement.credited_idr,
            settlement.short_idr,
        )
    lines = exit.lines.filter(cooperative_id=exit.cooperative_id).select_related("kind")
    rows = [Row(line.kind, line.amount_idr) for line in lines.order_by("kind__position", "id")]
    return Statement(rows, exit.savings_idr, exit.settled_idr, exit.refund_idr, exit.credited_idr)


def open_messages(cooperative_id: UUID, member_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Why nothing is done in the name of members whose leaving is undecided, by member id."""
    rows = Exit.objects.of(cooperative_id).filter(WAITING, member_id__in=list(member_ids))
    rows = rows.select_related("member", "requested_by").order_by("requested_on", "id")
    return {exit.member_id: _open_message(exit) for exit in rows}


def _open_message(exit: Exit) -> str:
    if exit.reason == ExitReason.DIED:
        return _(
            "The death of %(name)s is recorded, and the decision on the savings is still open. "
            "Nothing is taken, given or sent in this name. Speak to the heir, %(heir)s, or to "
            "%(by)s, who recorded it."
        ) % {
            "name": exit.member.name,
            "heir": ", ".join(text for text in (exit.heir_name, exit.heir_relation) if text),
            "by": exit.requested_by,
        }
    return _(
        "%(name)s is leaving, and it has not been decided yet. Nothing is taken, given or sent "
        "until then. Speak to %(by)s, who recorded it; whoever stays takes the request back first."
    ) % {"name": exit.member.name, "by": exit.requested_by}


def requested(cooperative: Cooperative, key: UUID | None) -> Exit | None:
    """What a form with this key has recorded already."""
    return Exit.objects.of(cooperative).filter(key=key).first() if key else None


def is_overdue(exit: Exit, on: date) -> bool:
    return exit.is_due and exit.pay_on is not None and exit.pay_on < on


def decided(cooperative: Cooperative) -> QuerySet[Any]:
    """Memberships that have ended, for the register: candidates who declined are none."""
    rows = Exit.objects.of(cooperative).filter(state=ExitState.DECIDED)
    return rows.exclude(member_number=None).select_related("member")


def kept(cooperative: Cooperative) -> QuerySet[KeptMoney]:
    """Money that waits for somebody by name: what is still to be paid first, longest first."""
    rows = KeptMoney.objects.of(cooperative).select_related(
        "cooperative", "member", "party", "journal", "payment", "kept_by", "paid_by"
    )
    return rows.order_by(F("payment").asc(nulls_first=True), "kept_on", "id")


def kept_idr(cooperative: Cooperative) -> int:
    """What all of it comes to."""
    return kept_due(cooperative)[1]


def kept_due(cooperative: Cooperative) -> tuple[int, int]:
    """How many sums of it are still to be paid, and what they come to."""
    due = KeptMoney.objects.of(cooperative).filter(payment=None)
    found = due.aggregate(count=Count("id"), total=Sum("amount_idr", default=0))
    return found["count"], int(found["total"])
