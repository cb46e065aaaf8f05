"""Whether leavings and the books say the same of what former members are owed."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from kkmp.registry.models import Cooperative
from members.leaving.models import Exit, ExitLine, ExitState
from members.register.models import Member
from members.savings.checks import Difference, _difference, _posted, _unequal


def refund_differences(cooperative: Cooperative) -> list[Difference]:
    """Compare what former members are still to be paid with what the books owe them.

    Also every leaving with the savings entries that it made. Empty when all agree.
    """
    members = {m.id: m for m in Member.objects.of(cooperative).only("cooperative", "name", "party")}
    of_party = {member.party_id: member for member in members.values()}
    decided = Exit.objects.of(cooperative).filter(state=ExitState.DECIDED)
    due: dict[tuple[Any, str], int] = defaultdict(int)
    for exit in decided.filter(payment=None).only("cooperative", "member", "refund_idr"):
        due[members[exit.member_id].party_id, Code.FORMER_MEMBERS] += exit.refund_idr
    owed = _posted(cooperative, {Code.FORMER_MEMBERS})
    found = [
        _difference(
            of_party.get(party_id),
            _(
                "%(name)s: refunds of %(entered)s are still to be paid, the books owe %(other)s "
                "on account %(account)s"
            ),
            due[party_id, code],
            owed[party_id, code],
            account=code,
        )
        for party_id, code in _unequal(due, owed)
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
        _difference(
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
