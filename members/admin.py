"""Members and savings of the chosen cooperative, to look at; every look is written down.

No identity number stands here, not even masked, and a list of members shows no whole names.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from members.models import Member, SavingsBalance, SavingsEntry, SavingsKind, Status, StatusChange


def masked(name: str) -> str:
    """``S••• A••••••``: enough to tell one from another when the number is known."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split())


class Balances(TenantLines):
    model = SavingsBalance
    verbose_name_plural = _("Savings")
    fields = ("kind_name", "balance")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related("kind").order_by("kind__position", "id")

    @admin.display(description=_("kind of savings"))
    def kind_name(self, held: SavingsBalance) -> str:
        return held.kind.label

    @admin.display(description=_("balance"))
    def balance(self, held: SavingsBalance) -> str:
        return format_rupiah(held.balance_idr)


class Path(TenantLines):
    model = StatusChange
    verbose_name_plural = _("Path to membership")
    fields = ("day", "step", "who")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("by").order_by("id")

    @admin.display(description=_("date"))
    def day(self, change: StatusChange) -> str:
        return format_date(change.on)

    @admin.display(description=_("status"))
    def step(self, change: StatusChange) -> str:
        return str(Status(change.after).label)

    @admin.display(description=_("who"))
    def who(self, change: StatusChange) -> str:
        return str(change.by or "–")


@admin.register(Member)
class Members(TenantReadOnly):
    is_personal = True
    list_display = ("shown_number", "shown_name", "status", "joined_on", "left_on")
    list_filter = ("status", "is_civil_servant")
    search_fields = ("=number", "name")
    search_help_text = _("Member number or part of the name")
    ordering = ("number", "id")
    fields = (
        "number",
        "name",
        "status",
        "applied_on",
        "joined_on",
        "left_on",
        "rt",
        "rw",
        "shown_phone",
        "is_civil_servant",
    )
    readonly_fields = fields
    inlines = (Balances, Path)

    @admin.display(description=_("member number"), ordering="number")
    def shown_number(self, member: Member) -> str:
        return str(member.number or "–")

    @admin.display(description=_("name"))
    def shown_name(self, member: Member) -> str:
        return masked(member.name)

    @admin.display(description=_("phone"))
    def shown_phone(self, member: Member) -> str:
        return f"••••{member.phone[-3:]}" if member.phone else "–"


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

    @admin.display(description=_("member"))
    def whose(self, entry: SavingsEntry) -> str:
        number, name = entry.member.number, masked(entry.member.name)
        return f"{number} {name}" if number else name

    @admin.display(description=_("amount"), ordering="amount_idr")
    def amount(self, entry: SavingsEntry) -> str:
        return format_rupiah(entry.amount_idr)

    @admin.display(description=_("balance after"))
    def balance_after(self, entry: SavingsEntry) -> str:
        return format_rupiah(entry.balance_after_idr)

    @admin.display(description=_("correction"))
    def is_correction(self, entry: SavingsEntry) -> str:
        return "✓" if entry.reverses_id else ""
