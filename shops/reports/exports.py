"""Lists of sales and of reports that can be taken out."""

from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import Annotations

from kkmp.access.permissions import Permission
from kkmp.exports import words
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
from shops.reports import tables
from shops.reports.date_ranges import DateRange
from shops.reports.filters import Listed, SaleFilter, methods_of
from shops.reports.forms import ReportForm
from shops.reports.queries import sums
from shops.till.models import Sale


class Sales(ExportList):
    code = "sales"
    slug = "penjualan"
    permission = Permission.SALES_READ
    title = _("Sales")
    page = "shops:sales"
    parameters = tuple(SaleFilter.base_filters)

    def content(self, request: ListRequest) -> Content:
        found = SaleFilter(
            request.query, cooperative=request.cooperative, on=request.on, request=request
        )
        sheets = [Sheet(self.title, SALES, found.qs), _summary(found.whole_total())]
        return Content(sheets, words.conditions(found.form), _span(found.dates))


class SalesReports(ExportList):
    """Whichever report the address names."""

    code = "sales_reports"
    slug = "laporan-penjualan"
    permission = Permission.SALES_READ
    title = _("Sales reports")
    page = "shops:reports"
    parameters = ("by", "since", "until", "unit")

    def content(self, request: ListRequest) -> Content:
        form = ReportForm(request.query, cooperative=request.cooperative)
        name, scope = form.scope(on=request.on)
        found = tables.shown(name, scope)
        table = Sheet(found.report.title, found.report.columns, found.rows, whole=found.sum)
        conditions = [Condition(str(_("Days")), str(scope.dates))]
        if scope.unit:
            conditions.append(Condition(str(_("Unit of business")), scope.unit.name))
        sheets = [table, _summary(found.total)]
        title = f"{self.title}: {found.report.title}"
        return Content(sheets, conditions, _span(scope.dates), title)


def _span(dates: DateRange) -> str:
    return words.span(dates.since, dates.until)


def _buyer(sale: Sale) -> str:
    return sale.member.name if sale.member else gettext("General")


def _payment(sale: Annotated[Sale, Annotations[Listed]]) -> str:
    return ", ".join(methods_of(sale))


#: As on the page; there the day is left out where it is the same in every row.
SALES = (
    Column(_("No."), lambda sale: str(sale.number), Kind.CODE, 10),
    Column(_("Unit of business"), lambda sale: sale.unit.name, width=20),
    Column(_("Time"), lambda sale: sale.sold_at, Kind.MOMENT, 18),
    Column(_("Buyer"), _buyer, width=28),
    Column(_("Cashier"), lambda sale: str(sale.cashier), width=24),
    Column(_("Payment"), _payment, width=20),
    Column(_("Total"), lambda sale: sale.total_idr, Kind.RUPIAH, 16, Total.SUM),
    Column(_("Came back"), lambda sale: sale.returned_idr, Kind.RUPIAH, 16, Total.SUM),
)


def _summary(total: sums.Total) -> Sheet:
    """The figures above the table."""
    rows = (
        (_("Sold"), total.sold_idr),
        (_("Came back"), total.returned_idr),
        (_("Turnover"), total.turnover_idr),
        (_("To members"), total.members_idr),
        (_("To others"), total.others_idr),
        (_("Gross profit"), total.margin_idr),
        (_("Rounding"), total.rounding_idr),
    )
    columns = (
        Column(_("Figure"), lambda row: str(row[0]), width=28),
        Column(_("Amount"), lambda row: row[1], Kind.RUPIAH, 18),
    )
    return Sheet(_("Summary"), columns, rows, has_total=False)
