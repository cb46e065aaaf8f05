"""Lists of members and of what they paid, as cooperatives keep them in a spreadsheet."""

from kkmp.imports import kinds
from members.takeover.bills import BillList
from members.takeover.kind import MemberList

kinds.register(MemberList())
kinds.register(BillList())
