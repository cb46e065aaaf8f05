"""Payments and their confirmations, to look at."""

from collections.abc import Sequence
from typing import Protocol

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import related
from kkmp.lib.existing import present
from kkmp.lib.money import format_rupiah
from shops.payments.models import Confirmation


class _Paid(Protocol):
    """Money by a method, whatever it was for."""

    @property
    def amount_idr(self) -> int: ...

    def get_method_display(self) -> str: ...


class _OfAPayment:
    """Which payment somebody saw arrive, or not: of a sale, of a credit or of savings."""

    list_select_related: Sequence[str] = ("payment__sale", "credit", "savings", "settlement", "by")
    who = related("by", _("who"))

    @admin.display(description=_("payment"))
    def what(self, said: Confirmation) -> str:
        if said.payment:
            return gettext("Receipt %(number)s") % {"number": said.payment.sale.number}
        if said.credit:
            return gettext("Credit receipt %(number)s") % {"number": said.credit.number}
        return gettext("Savings receipt %(number)s") % {"number": present(said.savings).number}

    @admin.display(description=_("method"))
    def method(self, said: Confirmation) -> str:
        return _paid(said).get_method_display()

    @admin.display(description=_("amount"))
    def amount(self, said: Confirmation) -> str:
        return format_rupiah(_paid(said).amount_idr)


class Confirmed(_OfAPayment, TenantLines):
    model = Confirmation
    verbose_name_plural = _("Payments in it")
    fields = ("what", "method", "amount", "on", "who")
    ordering = ("id",)
    per_page = 50


@admin.register(Confirmation)
class Confirmations(_OfAPayment, TenantReadOnly):
    """Notes say what was done to find a payment, and may name who paid."""

    is_personal = True
    list_display = ("on", "what", "method", "amount", "has_arrived", "arrived_with", "who")
    list_filter = ("has_arrived",)
    search_fields = ("=payment__sale__number", "=credit__number", "=savings__number")
    search_help_text = _("Receipt number")
    date_hierarchy = "on"
    ordering = ("-on", "-id")
    fields = (
        "on",
        "what",
        "method",
        "amount",
        "has_arrived",
        "arrived_with",
        "note",
        "posted",
        "at",
        "who",
    )
    readonly_fields = fields
    arrived_with = related("settlement", _("settlement"))
    posted = related("journal", _("journal"))


def _paid(said: Confirmation) -> _Paid:
    return said.payment or said.credit or present(said.savings, "it is of one of the three")
