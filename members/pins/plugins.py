"""What PINs add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from members.pins.own_page import pin as own_pin
from members.pins.panels import pin
from members.register import own_page, panels


def register() -> None:
    own_page.register(own_pin, weight=40)
    panels.register(pin, weight=60)
    audit_sentences.register(
        Group.MEMBERS,
        {
            "member.pin_set": _("%(who)s let %(subject)s choose a PIN, having seen the KTP"),
            "member.pin_reset": _("%(who)s let %(subject)s choose a new PIN, having seen the KTP"),
            "member.pin_refuse": _("A wrong PIN was typed for %(subject)s at the till of %(who)s"),
        },
    )
    sidebar.register(
        sidebar.Group.BOOKS, Line("members_memberpin", _("PINs for savings"), "pin"), weight=40
    )
