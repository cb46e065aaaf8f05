"""Whether leavings and the books say the same of what former members are owed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import AccountKind, Line, Party, PartyKind
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative
from members.leaving.models import Exit, ExitLine, ExitState, KeptMoney
from members.register.models import Member, Status
from members.savings.checks import Difference, difference, posted, unequal


def refund_differences(cooperative: Cooperative) -> list[Difference]:
    """Compare what former members are still to be paid with what the books owe them.

    Also every leaving with the savings entries that it made, and what is kept by name. Empty when
    all agree.
    """
    members = {m.id: m for m in Member.objects.of(cooperative).only("cooperative", "name", "party")}
    of_party = {member.party_id: member for member in members.values()}
    decided = Exit.objects.of(cooperative).filter(state=ExitState.DECIDED)
    due: dict[tuple[Any, str], int] = defaultdict(int)
    for exit in decided.filter(payment=None).only("cooperative", "member", "refund_idr"):
        due[members[exit.member_id].party_id, Code.FORMER_MEMBERS] += exit.refund_idr
    kept = KeptMoney.objects.of(cooperative).filter(payment=None)
    for party_id, amount_idr in kept.values_list("party_id", "amount_idr"):
        due[party_id, Code.FORMER_MEMBERS] += amount_idr
    owed = posted(cooperative, {Code.FORMER_MEMBERS})
    found = [
        difference(
            of_party.get(party_id),
            _(
                "%(name)s: refunds of %(entered)s are still to be paid, the books owe %(other)s "
                "on account %(account)s"
            ),
            due[party_id, code],
            owed[party_id, code],
            account=code,
        )
        for party_id, code in unequal(due, owed)
    ]
    return found + _drawn_up(cooperative, members)


def _drawn_up(cooperative: Cooperative, members: dict[UUID, Member]) -> list[Difference]:
    """Leavings whose savings are not what their lines took out."""
    lines: dict[UUID, int] = defaultdict(int)
    rows = ExitLine.objects.of(cooperative).values("exit_id")
    for row in rows.annotate(total=-Sum("entry__amount_idr")).order_by("exit_id"):
        lines[row["exit_id"]] = row["total"]
    decided = Exit.objects.of(cooperative).filter(state=ExitState.DECIDED).order_by("number")
    return [
        difference(
            members[exit.member_id],
            _(
                "%(name)s, leaving %(number)d: the entries took out %(entered)s, the leaving says "
                "%(other)s"
            ),
            lines[exit.id],
            exit.savings_idr,
            number=exit.number,
        )
        for exit in decided
        if lines[exit.id] != exit.savings_idr
    ]


def former_balances(cooperative: Cooperative) -> Iterator[str]:
    """What the books still hold for, or want from, a person who is no member.

    A leaving settles everything, and what comes later is kept by name on the account of former
    members, which :func:`refund_differences` compares. So anything elsewhere is money that nobody
    can pay out or ask for.
    """
    left = Member.objects.of(cooperative).with_status(Status.LEFT).values_list("party_id")
    known = Member.objects.of(cooperative).values_list("party_id")
    people = Party.objects.of(cooperative).filter(kind=PartyKind.PERSON)
    gone = list(people.filter(Q(id__in=left) | ~Q(id__in=known)).values_list("id", flat=True))
    balance_sheet = (AccountKind.ASSET, AccountKind.LIABILITY, AccountKind.EQUITY)
    rows = Line.objects.of(cooperative).filter(party_id__in=gone, account__kind__in=balance_sheet)
    rows = rows.exclude(account__code=Code.FORMER_MEMBERS)
    sums = rows.values("party__name", "party_id", "account__code").annotate(
        total=Sum("credit_idr") - Sum("debit_idr")
    )
    for row in sums.order_by("party__name", "party_id", "account__code"):
        if row["total"]:
            yield _(
                "%(name)s is no member, and account %(account)s still holds %(amount)s in that "
                "name."
            ) % {
                "name": row["party__name"],
                "account": row["account__code"],
                "amount": format_rupiah(row["total"]),
            }
