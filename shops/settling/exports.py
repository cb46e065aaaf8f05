"""QRIS and transfers as a file."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

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
from kkmp.lib.periods import format_date
from shops.settling import queries
from shops.settling.forms import PaymentFilter, cashiers_of
from shops.settling.queries import Receivable, State


def _what(one: Receivable) -> str:
    if one.is_savings:
        return str(_("Savings receipt S-%(number)s")) % {"number": f"{one.number:06d}"}
    if one.is_credit:
        return str(_("Credit receipt B-%(number)s")) % {"number": f"{one.number:06d}"}
    return str(_("Receipt %(number)s")) % {"number": one.number}


#: The columns of the page; it shows time, buyer and reference in a second line.
COLUMNS = (
    Column(_("Paid"), _what, width=24),
    Column(_("Date"), lambda one: one.date, Kind.DATE, 12),
    Column(_("Time"), lambda one: one.at, Kind.MOMENT, 18),
    Column(_("Buyer"), lambda one: one.buyer, width=28),
    Column(_("Method"), lambda one: str(one.method.label), width=12),
    Column(_("Reference"), lambda one: one.reference, width=24),
    Column(_("Cashier"), lambda one: str(one.cashier), width=24),
    Column(_("Paid by buyers"), lambda one: one.amount_idr, Kind.RUPIAH, 16, Total.SUM),
    Column(_("Amount"), lambda one: one.left_idr, Kind.RUPIAH, 16, Total.SUM),
    Column(_("Status"), lambda one: str(one.state.label), width=20),
)


class Payments(ExportList):
    """QRIS and transfers as a file, for who sees everybody's; cashiers see theirs on the page."""

    code = "payments"
    slug = "pembayaran"
    permission = Permission.SALES_READ
    title = _("QRIS and transfers")
    page = "shops:payments"
    parameters = ("show", "day", "method", "cashier")

    def content(self, request: ListRequest) -> Content:
        form = PaymentFilter(request.query, cashiers=cashiers_of(request.cooperative))
        wanted = form.wanted(on=request.on)
        order = ("date", "id") if form.awaits else ("-date", "-id")
        found = queries.arrivals(request.cooperative, wanted).order_by(*order)
        made = partial(queries.receivables, request.cooperative)
        span = words.span(wanted.day, wanted.day)
        sheet = Sheet(self.title, COLUMNS, found, made=made)
        return Content([sheet], _conditions(form, wanted.day), span)


def _conditions(form: PaymentFilter, day: date | None) -> list[Condition]:
    """The conditions in words; the state is always named: awaited ones are the usual choice."""
    boxes = {name: str(form.fields[name].label) for name in ("show", "day")}
    told = [c for c in words.conditions(form) if c.label != boxes["day"]]
    if form.awaits:
        told.insert(0, Condition(boxes["show"], str(State.WAITING.label)))
    if day:
        told.append(Condition(boxes["day"], format_date(day)))
    return told
