"""Lists of members, as cooperatives keep them in a spreadsheet."""

from kkmp.imports import kinds
from members.imports.kind import MemberList

kinds.register(MemberList())
