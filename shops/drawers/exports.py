"""Shifts as a file, with how the counts of each cashier came out."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kkmp.access.permissions import Permission
from kkmp.exports.lists import Column, Content, ExportList, Kind, ListRequest, Sheet, Total
from shops.drawers import queries

#: As on the page. Of an open shift nobody knows yet what should be there.
SHIFTS = (
    Column(gettext_lazy("Shift"), lambda shift: str(shift.number), Kind.CODE, 24),
    Column(gettext_lazy("Drawer"), lambda shift: shift.drawer, width=18),
    Column(gettext_lazy("Unit of business"), lambda shift: shift.unit.name, width=20),
    Column(gettext_lazy("Cashier"), lambda shift: str(shift.cashier), width=24),
    Column(gettext_lazy("Opened"), lambda shift: shift.opened_at, Kind.MOMENT, 18),
    Column(gettext_lazy("Closed at"), lambda shift: shift.closed_at, Kind.MOMENT, 18),
    Column(
        gettext_lazy("Closed by"), lambda shift: str(shift.closed_by) if shift.closed_by else ""
    ),
    Column(gettext_lazy("Float"), lambda shift: shift.float_idr, Kind.RUPIAH, 16),
    Column(
        gettext_lazy("Should be there"),
        lambda shift: shift.expected_idr,
        Kind.RUPIAH,
        16,
        Total.SUM,
    ),
    Column(
        gettext_lazy("Counted"), lambda shift: shift.last_counted_idr, Kind.RUPIAH, 16, Total.SUM
    ),
    Column(
        gettext_lazy("Difference"),
        lambda shift: shift.last_difference_idr,
        Kind.RUPIAH,
        16,
        Total.SUM,
    ),
    Column(
        gettext_lazy("Counted first"),
        lambda shift: shift.counted_idr if shift.recounted_idr else None,
        Kind.RUPIAH,
        16,
    ),
    Column(gettext_lazy("Note"), lambda shift: shift.note, width=36),
)
DIFFERENCES = (
    Column(gettext_lazy("Cashier"), lambda row: row["cashier_name"], width=28),
    Column(gettext_lazy("Shifts"), lambda row: row["shifts"], Kind.NUMBER, 12, Total.SUM),
    Column(gettext_lazy("With a difference"), lambda row: row["off"], Kind.NUMBER, 14, Total.SUM),
    Column(gettext_lazy("Short"), lambda row: row["short_idr"], Kind.RUPIAH, 16, Total.SUM),
    Column(gettext_lazy("Over"), lambda row: row["over_idr"], Kind.RUPIAH, 16, Total.SUM),
)


class Shifts(ExportList):
    code = "shifts"
    slug = "shift"
    permission = Permission.SHIFTS_READ
    title = gettext_lazy("Shifts")
    page = "shops:shifts"
    parameters = ()

    def content(self, request: ListRequest) -> Content:
        since = request.on - timedelta(days=queries.LOOK_BACK)
        sheets = [
            Sheet(self.title, SHIFTS, queries.shifts(request.cooperative)),
            Sheet(
                _("Differences of the last %(days)d days") % {"days": queries.LOOK_BACK},
                DIFFERENCES,
                queries.differences(request.cooperative, since),
            ),
        ]
        return Content(sheets)
