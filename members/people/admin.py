"""Members of the chosen cooperative, to look at; every look is written down.

No identity number stands here, not even masked, and a list of members shows no whole names.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import masked, money
from kkmp.lib.periods import format_date
from members.register.models import Member, Status, StatusChange
from members.register.numbers import member_number
from members.savings.models import SavingsBalance


class Balances(TenantLines):
    model = SavingsBalance
    verbose_name_plural = _("Savings")
    fields = ("kind_name", "balance")
    list_select_related = ("kind",)
    ordering = ("kind__position", "id")
    balance = money("balance_idr", _("balance"))

    @admin.display(description=_("kind of savings"))
    def kind_name(self, held: SavingsBalance) -> str:
        return held.kind.label


class Path(TenantLines):
    model = StatusChange
    verbose_name_plural = _("Path to membership")
    fields = ("day", "step", "who")
    list_select_related = ("by",)
    ordering = ("id",)

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
        return member_number(member.number) or "–"

    @admin.display(description=_("name"))
    def shown_name(self, member: Member) -> str:
        return masked(member.name)

    @admin.display(description=_("phone"))
    def shown_phone(self, member: Member) -> str:
        return f"••••{member.phone[-3:]}" if member.phone else "–"
