"""Savings of the chosen cooperative, to look at; every look is written down."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantReadOnly
from kkmp.lib.administration import masked, money
from members.register.numbers import member_number
from members.savings.models import SavingsEntry, SavingsKind


@admin.register(SavingsKind)
class SavingsKinds(TenantReadOnly):
    """Laid down when a cooperative is founded; entries and accounts build on them."""

    list_display = ("code", "role", "name", "account_code")
    ordering = ("position", "id")
    fields = ("code", "role", "name", "name_en", "account_code")


@admin.register(SavingsEntry)
class SavingsEntries(TenantReadOnly):
    is_personal = True
    list_display = ("number", "date", "whose", "kind", "amount", "balance_after", "is_correction")
    list_select_related = ("member", "kind")
    list_filter = ("date",)
    search_fields = ("=number", "=member__number")
    search_help_text = _("Receipt number or member number")
    date_hierarchy = "date"
    ordering = ("-number",)
    fields = (
        "number",
        "date",
        "whose",
        "kind",
        "amount",
        "balance_after",
        "journal",
        "reverses",
    )
    readonly_fields = fields
    amount = money("amount_idr", _("amount"))
    balance_after = money("balance_after_idr", _("balance after"))

    @admin.display(description=_("member"))
    def whose(self, entry: SavingsEntry) -> str:
        number, name = member_number(entry.member.number), masked(entry.member.name)
        return f"{number} {name}" if number else name

    @admin.display(description=_("correction"))
    def is_correction(self, entry: SavingsEntry) -> str:
        return "✓" if entry.reverses_id else ""
