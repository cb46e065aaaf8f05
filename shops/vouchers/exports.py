"""Vouchers as a file, by batch. Codes are money, and stand in none."""

from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import Permission
from kkmp.exports.lists import Column, Content, ExportList, Kind, ListRequest, Sheet, Total
from shops.vouchers import queries

#: As on the page; there the number of vouchers and the value of one stand together.
COLUMNS = (
    Column(_("Paid by"), lambda batch: batch.buyer, width=32),
    Column(_("Purpose"), lambda batch: batch.purpose, width=32),
    Column(_("Issued on"), lambda batch: batch.date, Kind.DATE, 14),
    Column(_("Payment"), lambda batch: str(batch.get_method_display()), width=16),
    Column(_("Vouchers"), lambda batch: batch.count, Kind.NUMBER, 12, Total.SUM),
    Column(_("Value of one"), lambda batch: batch.value_idr, Kind.RUPIAH, 16),
    Column(_("Valid until"), lambda batch: batch.valid_until, Kind.DATE, 14),
    Column(_("Value"), lambda batch: batch.total_idr, Kind.RUPIAH, 16, Total.SUM),
    Column(_("Remaining"), lambda batch: batch.left_idr, Kind.RUPIAH, 16, Total.SUM),
)


class Vouchers(ExportList):
    code = "vouchers"
    slug = "voucher"
    permission = Permission.SALES_READ
    title = _("Vouchers")
    page = "shops:vouchers"
    parameters = ()

    def content(self, request: ListRequest) -> Content:
        return Content([Sheet(self.title, COLUMNS, queries.batches(request.cooperative))])
