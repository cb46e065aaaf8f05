"""Reminding a member of a credit by WhatsApp. Indonesian, whatever language the pages are in."""

from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.lib.phone import wa_link_of
from shops.credit.accounts import Account


def link(account: Account) -> str:
    """A link with a text ready to be sent; empty where nothing is owed or no mobile is known."""
    if account.owed_idr <= 0:
        return ""
    return wa_link_of(account.member.phone, text(account))


def text(account: Account) -> str:
    """Polite, with the sum and the day; what is late is asked for first."""
    member, due = account.member, account.oldest_due
    with in_indonesian():
        day = format_date(due) if due else ""
        owed, overdue = format_rupiah(account.owed_idr), format_rupiah(account.overdue_idr)
    if account.overdue_idr:
        when = f" Yang sudah lewat jatuh tempo {overdue} (sejak {day})."
    else:
        when = f" Jatuh tempo terdekat {day}." if day else ""
    return (
        f"Yth. {member.addressed}, kami dari {member.cooperative.name}. Sisa bon belanja "
        f"Anda {owed}.{when} Pembayaran bisa tunai di kasir, transfer, "
        f"atau QRIS. Kalau sudah dibayar, abaikan pesan ini. Terima kasih."
    )
