"""Settlements, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantReadOnly
from kkmp.lib.administration import money, related
from shops.payments.admin import Confirmed
from shops.settling.models import Settlement


@admin.register(Settlement)
class Settlements(TenantReadOnly):
    list_display = ("date", "method", "gross", "fee", "net", "reference", "who")
    list_select_related = ("by",)
    search_fields = ("reference",)
    search_help_text = _("Reference")
    date_hierarchy = "date"
    ordering = ("-date", "-id")
    fields = ("date", "method", "gross", "fee", "net", "reference", "posted", "at", "who")
    readonly_fields = fields
    inlines = (Confirmed,)
    gross = money("gross_idr", _("paid by buyers"))
    fee = money("fee_idr", _("fee"))
    net = money("net_idr", _("into the bank"), sorts=False)
    posted = related("journal", _("journal"))
    who = related("by", _("who"))
