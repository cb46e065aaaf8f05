"""PINs of the chosen cooperative's members, to look at; what is kept of the PIN itself is not
shown."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.access.administration.tenant import TenantReadOnly
from kkmp.lib.administration import masked
from members.pins.models import MemberPin
from members.register.numbers import member_number


@admin.register(MemberPin)
class MemberPins(TenantReadOnly):
    is_personal = True
    list_display = ("whose", "set_at", "set_by", "blocked_at", "ended_on")
    list_select_related = ("member", "set_by")
    search_fields = ("=member__number",)
    search_help_text = _("Member number")
    date_hierarchy = "set_at"
    ordering = ("-set_at", "-id")
    fields = ("whose", "set_at", "set_by", "blocked_at", "ended_on")
    readonly_fields = fields

    @admin.display(description=_("member"))
    def whose(self, pin: MemberPin) -> str:
        number, name = member_number(pin.member.number), masked(pin.member.name)
        return f"{number} {name}" if number else name
