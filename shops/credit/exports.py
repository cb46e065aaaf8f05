"""What members owe the shop, as a file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from members.register.numbers import member_number
from shops.credit import filters, queries

#: As on the page, and how old it is for each member.
COLUMNS = (
    Column(gettext_lazy("Member"), lambda one: one.member.name, width=32),
    Column(
        gettext_lazy("Member number"), lambda one: member_number(one.member.number), Kind.CODE, 14
    ),
    Column(gettext_lazy("Owes"), lambda one: one.owed_idr, Kind.RUPIAH, 16, Total.SUM),
    Column(gettext_lazy("Limit"), lambda one: one.limit_idr, Kind.RUPIAH, 16),
    Column(gettext_lazy("First due"), lambda one: one.oldest_due, Kind.DATE, 14),
    Column(gettext_lazy("Days late"), lambda one: one.days_overdue or None, Kind.NUMBER, 12),
    Column(gettext_lazy("Overdue"), lambda one: one.overdue_idr, Kind.RUPIAH, 16, Total.SUM),
    Column(
        gettext_lazy("Up to 30 days"), lambda one: one.ages.fresh_idr, Kind.RUPIAH, 16, Total.SUM
    ),
    Column(
        gettext_lazy("31 to 60 days"), lambda one: one.ages.second_idr, Kind.RUPIAH, 16, Total.SUM
    ),
    Column(
        gettext_lazy("61 to 90 days"), lambda one: one.ages.third_idr, Kind.RUPIAH, 16, Total.SUM
    ),
    Column(gettext_lazy("Over 90 days"), lambda one: one.ages.old_idr, Kind.RUPIAH, 16, Total.SUM),
)


class Credits(ExportList):
    """The list of credit as a file; cashiers, who see the page to take what is owed, get none."""

    code = "credits"
    slug = "bon"
    permission = Permission.SALES_READ
    title = gettext_lazy("Credit (bon)")
    page = "shops:credits"
    parameters = ("q", "show")

    def content(self, request: ListRequest) -> Content:
        here, show = request.cooperative, request.query.get("show", "")
        text = request.query.get("q", "").strip()
        everybody = queries.accounts(here, on=request.on)
        found = filters.narrowed(here, everybody, show=show, text=text)
        return Content([Sheet(self.title, COLUMNS, found.accounts)], _conditions(show, text))


def _conditions(show: str, text: str) -> list[Condition]:
    if text:
        return [Condition(_("Name or number"), text, is_typed=True)]
    shown = {"overdue": _("Overdue"), "all": _("Everybody with a limit")}
    return [Condition(_("Show"), shown.get(show, _("Who owes")))]
