"""Leavings, and money kept for somebody who has left."""

from datetime import date

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.access.permissions import Role
from kkmp.lib.ids import new_id
from members.leaving.services import exits, kept
from members.models import Exit, ExitReason, KeptMoney
from tests.conftest import MONDAY
from tests.guards.side import Side
from tests.members.register.belongings import enrol

WEIGHT = 30
KINDS = {"exit": (Exit, {"state": "requested"}), "kept": (KeptMoney, {})}
ADDRESSES = {("members:exit_certificate", "exit_id"): "decided exit"}
PLAIN = "decision_number heir_name heir_phone heir_relation note paid_to reason stage when"


def furnish(side: Side) -> None:
    by = side.staff[Role.MEMBERSHIP_CLERK]
    leaver = enrol(side, "Budiman", 2)
    asked = {"reason": ExitReason.RESIGNED, "on": MONDAY, "by": by}
    exits.request(member=leaver, key=new_id(), **asked)
    left = exits.request(member=enrol(side, "Danu", 3), key=new_id(), **asked)
    side.ids["decided exit"] = exits.decide(
        exit=left,
        decision=exits.Decision("12/BA/2026", MONDAY, date(2026, 12, 24)),
        key=new_id(),
        on=MONDAY,
        by=side.staff[Role.CHAIR],
    ).pk
    journal = ledger.post(
        cooperative=side.cooperative,
        kind="manual",
        memo=f"Retur {side.word}",
        entries=[
            ledger.debit(Code.CASH, 5_000),
            ledger.credit(Code.FORMER_MEMBERS, 5_000, party=left.member.party),
        ],
        key=new_id(),
        on=MONDAY,
        by=side.staff[Role.CHAIR],
    )
    kept.keep(
        party=left.member.party,
        member=left.member,
        name=f"Ahli waris {side.word}",
        amount_idr=5_000,
        reason=f"Retur {side.word}",
        journal=journal,
        on=MONDAY,
        by=side.staff[Role.CHAIR],
    )
