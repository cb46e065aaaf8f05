"""Members' credit and its payments, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantReadOnly
from kkmp.lib.administration import money, related
from members.register.numbers import member_number
from shops.credit.models import CreditPayment, CreditTerms


class _OfAMember:
    """What is a member's, who stands by number."""

    is_personal = True

    @admin.display(description=_("member number"), ordering="member__number")
    def whose(self, row: CreditTerms | CreditPayment) -> str:
        return member_number(row.member.number)


@admin.register(CreditTerms)
class Credits(_OfAMember, TenantReadOnly):
    list_display = ("whose", "limit", "due_days")
    list_select_related = ("member",)
    search_fields = ("=member__number",)
    search_help_text = _("Member number")
    ordering = ("member__number", "id")
    fields = ("whose", "limit", "due_days")
    readonly_fields = fields
    limit = money("limit_idr", _("limit"))


@admin.register(CreditPayment)
class CreditPayments(_OfAMember, TenantReadOnly):
    list_display = ("number", "date", "whose", "method", "amount", "rounding", "who")
    list_select_related = ("member", "by")
    list_filter = ("method",)
    search_fields = ("=number", "=member__number")
    search_help_text = _("Receipt number or member number")
    date_hierarchy = "date"
    ordering = ("-number",)
    fields = (
        "number",
        "date",
        "whose",
        "method",
        "amount",
        "rounding",
        "received",
        "reference",
        "in_shift",
        "posted",
        "who",
    )
    readonly_fields = fields
    amount = money("amount_idr", _("amount"))
    rounding = money("rounding_idr", _("rounding"))
    received = money("received_idr", _("handed over"), sorts=False)
    in_shift = related("shift", _("shift"))
    posted = related("journal", _("journal"))
    who = related("by", _("who"))
