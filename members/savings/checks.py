"""Whether entries, balances and the books say the same about every member's savings."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum, Window
from django.utils.translation import gettext as _

from finance.ledger.models import Line
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative
from members.register.models import Member
from members.savings.models import SavingsBalance, SavingsEntry, SavingsKind


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where they do not say the same; its text names the place and both amounts.

    :param member_id: None where the books hold savings of nobody on the register
    """

    member_id: UUID | None
    message: str

    def __str__(self) -> str:
        return self.message


def savings_differences(cooperative: Cooperative) -> list[Difference]:
    """Compare entries with balances, with the lines of the books, and with their running balance.

    Empty when all agree. A line on an account of savings without a party, or with a party who
    is no member, is a difference as well.
    """
    kinds = {kind.id: kind for kind in SavingsKind.objects.of(cooperative)}
    members = {m.id: m for m in Member.objects.of(cooperative).only("cooperative", "name", "party")}
    entered = _sums(SavingsEntry.objects.of(cooperative), "amount_idr")
    found = []
    held = _sums(SavingsBalance.objects.of(cooperative), "balance_idr")
    for member_id, kind_id in unequal(entered, held):
        found.append(
            difference(
                members[member_id],
                _(
                    "%(name)s, %(kind)s: the entries add up to %(entered)s, "
                    "the balance is %(other)s"
                ),
                entered[member_id, kind_id],
                held[member_id, kind_id],
                kind=kinds[kind_id].name,
            )
        )
    return found + _in_books(cooperative, kinds, members, entered) + _running(cooperative)


def _in_books(
    cooperative: Cooperative,
    kinds: dict[UUID, SavingsKind],
    members: dict[UUID, Member],
    entered: dict[tuple[UUID, UUID], int],
) -> list[Difference]:
    of_party = {member.party_id: member for member in members.values()}
    ours: dict[tuple[Any, str], int] = defaultdict(int)
    for (member_id, kind_id), amount in entered.items():
        ours[members[member_id].party_id, kinds[kind_id].account_code] += amount
    theirs = posted(cooperative, {kind.account_code for kind in kinds.values()})
    return [
        difference(
            of_party.get(party_id),
            _(
                "%(name)s, account %(account)s: the entries add up to %(entered)s, "
                "the books to %(other)s"
            ),
            ours[party_id, code],
            theirs[party_id, code],
            account=code,
        )
        for party_id, code in unequal(ours, theirs)
    ]


def posted(cooperative: Cooperative, codes: set[str]) -> dict[tuple[Any, str], int]:
    lines = Line.objects.of(cooperative).filter(account__code__in=sorted(codes))
    rows = lines.values("party_id", "account__code").annotate(
        total=Sum("credit_idr") - Sum("debit_idr")
    )
    found: dict[tuple[Any, str], int] = defaultdict(int)
    for row in rows.order_by("party_id", "account__code"):
        found[row["party_id"], row["account__code"]] = row["total"]
    return found


def _running(cooperative: Cooperative) -> list[Difference]:
    """Entries whose balance afterwards is not what the entries up to them add up to."""
    added = Window(
        Sum("amount_idr"),
        partition_by=[F("member_id"), F("kind_id")],
        order_by=[F("number").asc(), F("id").asc()],
    )
    rows = SavingsEntry.objects.of(cooperative).annotate(added=added)
    wrong = rows.exclude(added=F("balance_after_idr")).select_related("member")
    return [
        difference(
            entry.member,
            _(
                "%(name)s, receipt %(receipt)d: it says %(other)s, "
                "the entries add up to %(entered)s"
            ),
            entry.added,
            entry.balance_after_idr,
            receipt=entry.number,
        )
        for entry in wrong.order_by("number", "id")
    ]


def _sums(rows: QuerySet[Any], amount: str) -> dict[tuple[UUID, UUID], int]:
    found: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for row in (
        rows.values("member_id", "kind_id")
        .annotate(total=Sum(amount))
        .order_by("member_id", "kind_id")
    ):
        found[row["member_id"], row["kind_id"]] = row["total"]
    return found


def unequal(one: dict[Any, int], other: dict[Any, int]) -> list[Any]:
    """The places at which two sums differ; a missing place counts as zero."""
    places = {**one, **other}
    return sorted((p for p in places if one[p] != other[p]), key=str)


def difference(
    member: Member | None, text: str, entered_idr: int, other_idr: int, **place: Any
) -> Difference:
    message = text % {
        "name": member.name if member else _("nobody on the register"),
        "entered": format_rupiah(entered_idr),
        "other": format_rupiah(other_idr),
        **place,
    }
    return Difference(member.id if member else None, message)
