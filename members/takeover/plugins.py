"""What taking over adds: the lists that can be imported, and a panel."""

from kkmp.imports import kinds
from members.register import panels
from members.takeover.bills import BillList
from members.takeover.kind import MemberList
from members.takeover.panels import taken_back


def register() -> None:
    kinds.register(MemberList())
    kinds.register(BillList())
    panels.register(taken_back, weight=10)
