"""The ready text that asks a member for what is open, and the link that opens it in WhatsApp."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_month
from kkmp.lib.phone import wa_link
from members.dues.schedule import Month
from members.register.models import Member

#: More months than this are named by the first and the last.
_NAMED = 4


def text(member: Member, months: Sequence[Month]) -> str:
    """The text of a reminder, in Indonesian: whom it is for, which months, and how much.

    :param months: the open ones, oldest first
    """
    with in_indonesian():
        return _(
            "Dear %(name)s, greetings from %(cooperative)s. Your mandatory savings of %(months)s "
            "are not paid yet: %(amount)s in all. You can pay at the cooperative or at the next "
            "meeting. If you have paid already, please tell us. Thank you."
        ) % {
            "name": member.name,
            "cooperative": member.cooperative.name,
            "months": named(months),
            "amount": format_rupiah(sum(month.open_idr for month in months)),
        }


def named(months: Sequence[Month]) -> str:
    """``Agustus 2026, September 2026``; of many ``Maret 2026 - Oktober 2026 (8 bulan)``."""
    if len(months) <= _NAMED:
        return ", ".join(format_month(month.month) for month in months)
    return _("%(first)s - %(last)s (%(count)d months)") % {
        "first": format_month(months[0].month),
        "last": format_month(months[-1].month),
        "count": len(months),
    }


def link(member: Member, message: str) -> str:
    """The address that opens WhatsApp with the text; empty for who has no mobile phone."""
    if not member.phone.startswith("+628"):
        return ""
    return wa_link(member.phone, message)
