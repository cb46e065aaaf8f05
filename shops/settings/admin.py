"""The tills' settings, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantReadOnly
from kkmp.lib.administration import money
from shops.settings.models import TillSettings


@admin.register(TillSettings)
class TheTillSettings(TenantReadOnly):
    list_display = ("cash_step", "credit_days", "overdue_days")
    ordering = ("id",)
    fields = (
        "cash_step",
        "qris_payload",
        "bank_account",
        "receipt_footer",
        "credit_days",
        "overdue_days",
    )
    readonly_fields = fields
    cash_step = money("cash_step_idr", _("cash is rounded to"))
