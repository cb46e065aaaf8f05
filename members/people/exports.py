"""The register as a file."""

from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import Permission
from kkmp.exports import words
from kkmp.exports.lists import Column, Content, ExportList, Kind, ListRequest, Sheet, Total
from kkmp.lib.phone import format_phone
from members.register import queries as register_queries
from members.register.filters import MemberFilter
from members.register.models import Member
from members.register.numbers import member_number
from members.savings import queries as savings_queries


def _phone(member: Member) -> str:
    return format_phone(member.phone) if member.phone else ""


#: As on the page.
COLUMNS = (
    Column(_("Name"), lambda member: member.name, width=32),
    Column(_("Member number"), lambda member: member_number(member.number), Kind.CODE, 14),
    Column(_("RW"), lambda member: member.rw, Kind.CODE, 8),
    Column(_("Phone"), _phone, Kind.CODE, 18),
    Column(_("Status"), lambda member: member.get_status_display(), width=16),
    Column(_("Savings"), lambda member: member.savings_idr, Kind.RUPIAH, 18, Total.SUM),
)


class Register(ExportList):
    code = "members"
    slug = "anggota"
    permission = Permission.MEMBERS_EXPORT
    title = _("Members")
    page = "members:list"
    parameters = tuple(MemberFilter.base_filters)

    def content(self, request: ListRequest) -> Content:
        people = savings_queries.with_savings(request.cooperative)
        found = MemberFilter(
            request.query, queryset=people, cooperative=request.cooperative, on=request.on
        )
        sheet = Sheet(self.title, COLUMNS, register_queries.in_order(found.qs))
        return Content([sheet], words.conditions(found.form))
