"""The receipt of a credit that was paid, on paper.

It is Indonesian, whatever language the pages are read in.
"""

from typing import Any

from kkmp.lib.documents import copy_mark
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.lib.templatetags.formats import time_wib
from kkmp.lib.terbilang import terbilang
from members.register.documents import letterhead
from members.register.numbers import masked_number
from shops.credit import queries
from shops.credit.models import CreditPayment
from shops.pricing.methods import Method

_WORDS = {Method.CASH: "Tunai", Method.TRANSFER: "Transfer", Method.QRIS: "QRIS"}


def credit_receipt(payment: CreditPayment, copy: int) -> dict[str, Any]:
    """All that stands on the receipt of a credit that was paid, the same whenever it is printed.

    :param payment: of :func:`shops.credit.queries.payments`
    :param copy: 0 is the original
    """
    left_idr = queries.owed_after(payment)
    posted_at = payment.journal.posted_at
    words = terbilang(abs(payment.received_idr))
    with in_indonesian():
        return {
            "name": payment.cooperative.name,
            "lines": letterhead(payment.cooperative),
            "title": _title(payment),
            "copy": copy_mark(copy),
            "number": receipt_number(payment.number),
            "date": format_date(payment.date),
            "time": time_wib(posted_at),
            "member_number": masked(payment.member.number),
            "member_name": payment.member.name,
            "method": _WORDS[Method(payment.method)],
            "reference": payment.reference,
            "amount": format_rupiah(abs(payment.received_idr)),
            "paid_off": format_rupiah(abs(payment.amount_idr)),
            "rounding": format_rupiah(payment.rounding_idr) if payment.rounding_idr else "",
            "words": words[:1].upper() + words[1:],
            "left": format_rupiah(max(left_idr, 0)),
            "cashier": str(payment.by),
            "awaited": payment.method != Method.CASH and payment.amount_idr > 0,
        }


def _title(payment: CreditPayment) -> str:
    if payment.reverses is not None:
        return f"KOREKSI BUKTI {receipt_number(payment.reverses.number)}"
    return "BUKTI PEMBAYARAN BON" if payment.amount_idr > 0 else "BUKTI PENGEMBALIAN KE ANGGOTA"


def receipt_number(number: int) -> str:
    """``B-000123``"""
    return f"B-{number:06d}"


def masked(number: int | None) -> str:
    """The member number masked as on every receipt, and a dash for who has none."""
    return masked_number(number) if number else "–"
