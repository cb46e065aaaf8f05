"""Closed months, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from finance.ledger.periods import Balance
from kkmp.access.administration.tenant import TenantLines
from kkmp.lib.administration import money
from kkmp.lib.periods import format_month


class Months(TenantLines):
    model = Balance
    verbose_name_plural = _("Movement by month")
    fields = ("shown_month", "debit", "credit")
    ordering = ("-month", "id")
    per_page = 24
    debit = money("debit_idr", _("debit"))
    credit = money("credit_idr", _("credit"))

    @admin.display(description=_("month"))
    def shown_month(self, balance: Balance) -> str:
        return format_month(balance.month)
