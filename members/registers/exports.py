"""The books that the law asks for as files: the same lines as on paper.

Of identity numbers they tell that they are recorded. Whole ones stand on paper only, which is asked
for by an act of its own.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from kkmp.access.permissions import Permission
from kkmp.exports.lists import (
    Column,
    Condition,
    Content,
    ExportList,
    Kind,
    ListRequest,
    Sheet,
    Total,
)
from kkmp.lib.errors import DomainError
from kkmp.lib.periods import format_date, parse_date
from members.bodies.models import Body, Officer
from members.leaving.models import ExitReason
from members.register.models import Member
from members.register.numbers import member_number
from members.registers import queries
from members.registers.queries import MemberLine, SavingsLine


class MemberBook(ExportList):
    code = "register_members"
    slug = "buku-daftar-anggota"
    permission = Permission.MEMBERS_EXPORT
    title = gettext_lazy("Member register")
    page = "members:registers"
    parameters = ()

    def content(self, request: ListRequest) -> Content:
        return Content([Sheet(self.title, MEMBERS, queries.members(request.cooperative))])


class SavingsBook(ExportList):
    code = "register_savings"
    slug = "buku-simpanan-anggota"
    permission = Permission.SAVINGS_READ
    title = gettext_lazy("Savings register")
    page = "members:registers"
    parameters = ("on",)

    def content(self, request: ListRequest) -> Content:
        try:
            on = parse_date(request.query.get("on") or request.on)
        except DomainError:
            on = request.on
        lines = queries.savings(request.cooperative, on=on)
        conditions = [Condition(_("At the end of"), format_date(on))]
        return Content([Sheet(self.title, SAVINGS, lines)], conditions, f"{on:%Y-%m-%d}")


class BoardBook(ExportList):
    code = "register_board"
    slug = "buku-daftar-pengurus"
    permission = Permission.MEMBERS_READ
    title = gettext_lazy("Register of officers")
    page = "members:registers"
    parameters = ()

    def content(self, request: ListRequest) -> Content:
        return Content([Sheet(self.title, TERMS, queries.body(request.cooperative, Body.BOARD))])


class SupervisorsBook(ExportList):
    code = "register_supervisors"
    slug = "buku-daftar-pengawas"
    permission = Permission.MEMBERS_READ
    title = gettext_lazy("Register of supervisors")
    page = "members:registers"
    parameters = ()

    def content(self, request: ListRequest) -> Content:
        terms = queries.body(request.cooperative, Body.SUPERVISORS)
        return Content([Sheet(self.title, TERMS, terms)])


def _nik(line: MemberLine) -> str:
    return _("recorded") if line.member.has_nik else ""


def _reason(line: MemberLine) -> str:
    return str(ExitReason(line.left_why).label) if line.left_why else ""


def _post(term: Officer) -> str:
    post = str(term.get_position_display())
    return f"{post} ({_('head of the kelurahan')})" if term.is_kelurahan_head else post


def _of_member(value: Callable[[Member], str]) -> Callable[[Officer], str]:
    """Whoever chairs the supervisors by office need not be a member."""
    return lambda term: value(term.member) if term.member else ""


def _amount(title: StrOrPromise, value: Callable[[SavingsLine], int]) -> Column:
    return Column(title, value, Kind.RUPIAH, 18, Total.SUM)


_NAME = gettext_lazy("Full name")
_NUMBER = gettext_lazy("Member number")
_SEX = gettext_lazy("Sex")
_WORK = gettext_lazy("Occupation")
_ADDRESS = gettext_lazy("Address")

MEMBERS = (
    Column(_NAME, lambda line: line.member.name, width=32),
    Column(_NUMBER, lambda line: member_number(line.number), Kind.CODE, 14),
    Column(gettext_lazy("NIK"), _nik, width=14),
    Column(gettext_lazy("Place of birth"), lambda line: line.member.birth_place, width=18),
    Column(gettext_lazy("Date of birth"), lambda line: line.member.birth_date, Kind.DATE, 14),
    Column(_SEX, lambda line: line.member.get_sex_display(), width=12),
    Column(_WORK, lambda line: line.member.occupation, width=20),
    Column(_ADDRESS, lambda line: line.member.address, width=36),
    Column(gettext_lazy("RT"), lambda line: line.member.rt, Kind.CODE, 8),
    Column(gettext_lazy("RW"), lambda line: line.member.rw, Kind.CODE, 8),
    Column(gettext_lazy("Member since"), lambda line: line.joined_on, Kind.DATE, 14),
    Column(gettext_lazy("Left on"), lambda line: line.left_on, Kind.DATE, 14),
    Column(gettext_lazy("Reason"), _reason, width=20),
)
SAVINGS = (
    Column(_NAME, lambda line: line.member.name, width=32),
    Column(_NUMBER, lambda line: member_number(line.member.number), Kind.CODE, 14),
    _amount(gettext_lazy("Principal savings"), lambda line: line.principal_idr),
    _amount(gettext_lazy("Mandatory savings"), lambda line: line.mandatory_idr),
    _amount(gettext_lazy("Voluntary savings"), lambda line: line.voluntary_idr),
    _amount(gettext_lazy("Other savings"), lambda line: line.other_idr),
    _amount(gettext_lazy("Total"), lambda line: line.total_idr),
)
TERMS = (
    Column(_NAME, lambda term: term.name, width=32),
    Column(_NUMBER, _of_member(lambda member: member_number(member.number)), Kind.CODE, 14),
    Column(_SEX, lambda term: term.get_sex_display(), width=12),
    Column(_WORK, _of_member(lambda member: member.occupation), width=20),
    Column(_ADDRESS, _of_member(lambda member: member.address), width=36),
    Column(gettext_lazy("Post"), _post, width=28),
    Column(gettext_lazy("Decision"), lambda term: term.decision_number, width=20),
    Column(gettext_lazy("In office since"), lambda term: term.started_on, Kind.DATE, 14),
    Column(gettext_lazy("Term ends on"), lambda term: term.term_ends_on, Kind.DATE, 14),
    Column(gettext_lazy("Left office on"), lambda term: term.ended_on, Kind.DATE, 14),
    Column(gettext_lazy("Why"), lambda term: term.ended_why, width=36),
)
BOOKS = (MemberBook(), SavingsBook(), BoardBook(), SupervisorsBook())
