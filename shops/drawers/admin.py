"""Shifts, their counts and cash movements, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import money, related
from shops.drawers.models import CashMovement, CountCorrection, CountedCash, Shift


class CashMovements(TenantLines):
    model = CashMovement
    verbose_name_plural = _("Cash movements")
    fields = ("at", "reason", "note", "amount", "posted", "who")
    list_select_related = ("journal", "by")
    ordering = ("at", "id")
    per_page = 25
    amount = money("amount_idr", _("amount"))
    posted = related("journal", _("journal"))
    who = related("by", _("who"))


class Counts(TenantLines):
    model = CountedCash
    verbose_name_plural = _("Counted cash")
    fields = ("denomination", "pieces")
    ordering = ("-denomination_idr",)
    denomination = money("denomination_idr", _("note or coin"))


class CountCorrections(TenantLines):
    model = CountCorrection
    verbose_name_plural = _("Corrections of the count")
    fields = ("at", "amount", "reason", "posted", "who")
    list_select_related = ("journal", "by")
    ordering = ("at", "id")
    amount = money("amount_idr", _("amount"))
    posted = related("journal", _("journal"))
    who = related("by", _("who"))


@admin.register(Shift)
class Shifts(TenantReadOnly):
    list_display = (
        "number",
        "unit",
        "drawer",
        "cashier",
        "opened_at",
        "closed_at",
        "counted",
        "difference",
    )
    list_select_related = ("unit", "cashier")
    search_fields = ("=number", "drawer", "cashier__username", "cashier__name")
    search_help_text = _("Number, drawer or cashier")
    date_hierarchy = "opened_at"
    ordering = ("-number",)
    fields = (
        "number",
        "unit",
        "drawer",
        "cashier",
        "opened_at",
        "closed_at",
        "closed_by",
        "float_given",
        "expected",
        "counted",
        "difference",
        "note",
        "opened",
        "closed",
    )
    readonly_fields = fields
    inlines = (CashMovements, Counts, CountCorrections)
    float_given = money("float_idr", _("float"))
    expected = money("expected_idr", _("should be in the drawer"))
    counted = money("counted_idr", _("counted"))
    opened = related("opening", _("journal of the opening"))
    closed = related("closing", _("journal of the closing"))
    difference = money("difference_idr", _("difference"), sorts=False)
