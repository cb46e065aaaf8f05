"""Receipts of savings on paper: what stands on them, and the PDF.

They are Indonesian, whatever language the pages are read in.
"""

from typing import Any

from django_stubs_ext import WithAnnotations

from kkmp.lib import documents
from kkmp.lib.documents import copy_mark
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import business_day, format_date
from kkmp.lib.templatetags.formats import time_wib
from kkmp.lib.terbilang import terbilang
from kkmp.registry import queries as registry
from members.register.documents import letterhead
from members.register.numbers import member_number
from members.savings.models import TO_MATCH, PaidBy, Paper, ReceiptPrint, SavingsEntry
from members.savings.queries import Corrected

_METHODS = {PaidBy.TRANSFER: "transfer bank", PaidBy.QRIS: "QRIS"}

_TEMPLATES = {
    Paper.ROLL: "members/savings/receipt_58mm.typ",
    Paper.WIDE_ROLL: "members/savings/receipt_80mm.typ",
    Paper.A4: "members/savings/receipt_a4.typ",
}


def receipt_pdf(entry: "WithAnnotations[SavingsEntry, Corrected]", printed: ReceiptPrint) -> bytes:
    """A receipt as PDF, on the paper it was printed for.

    :param entry: of :func:`members.savings.queries.receipts`
    """
    return documents.render(_TEMPLATES[Paper(printed.paper)], receipt(entry, printed.copy))


def receipt(entry: "WithAnnotations[SavingsEntry, Corrected]", copy: int) -> dict[str, Any]:
    """All that stands on a receipt, as text. Never the NIK.

    :param entry: of :func:`members.savings.queries.receipts`
    :param copy: 0 is the original
    """
    with in_indonesian():
        member, posted_at = entry.member, entry.journal.posted_at
        same_day = business_day(posted_at) == entry.date
        return {
            "cooperative": {"name": entry.cooperative.name, "lines": letterhead(entry.cooperative)},
            "title": _title(entry),
            "number": receipt_number(entry.number),
            "copy": copy_mark(copy),
            "date": format_date(entry.date),
            "time": time_wib(posted_at) if same_day else "",
            "member_number": member_number(member.number) or "belum bernomor",
            "member_name": member.name,
            "kind": entry.kind.name,
            "amount": format_rupiah(abs(entry.amount_idr)),
            "words": _sentence(terbilang(abs(entry.amount_idr))),
            "balance": format_rupiah(entry.balance_after_idr),
            "remarks": _remarks(entry),
            "clerk": str(entry.journal.posted_by or "-"),
            "signatures": [_signer(entry), "Petugas"],
            "signed": [member.name, str(entry.journal.posted_by or "-")],
            "demo": registry.is_demo(),
        }


def receipt_number(number: int) -> str:
    """``S-000123``"""
    return f"S-{number:06d}"


def _title(entry: SavingsEntry) -> str:
    if entry.is_of_a_sale:
        spent = entry.amount_idr < 0
        return "BUKTI BELANJA DENGAN SIMPANAN" if spent else "BUKTI PENGEMBALIAN BELANJA"
    if entry.reverses_id:
        return "BUKTI KOREKSI SIMPANAN"
    return "BUKTI PENARIKAN SIMPANAN" if entry.amount_idr < 0 else "BUKTI SETORAN SIMPANAN"


def _signer(entry: SavingsEntry) -> str:
    if entry.is_of_a_sale:
        return "Anggota"
    return "Penerima" if entry.amount_idr < 0 else "Penyetor"


def _remarks(entry: "WithAnnotations[SavingsEntry, Corrected]") -> list[str]:
    remarks = [entry.journal.memo] if entry.is_of_a_sale else []
    if entry.method in TO_MATCH:
        reference = f" ({entry.reference})" if entry.reference else ""
        remarks.append(f"Lewat {_METHODS[PaidBy(entry.method)]}{reference}.")
        if entry.to_match:
            remarks.append("Berlaku setelah uangnya masuk.")
    if entry.reverses:
        sign = "Mengurangi" if entry.amount_idr < 0 else "Menambah"
        number = receipt_number(entry.reverses.number)
        remarks.append(f"{sign} saldo: koreksi atas kuitansi {number}.")
    if entry.corrected_by:
        number = receipt_number(entry.corrected_by)
        remarks.append(f"TIDAK BERLAKU: sudah dikoreksi dengan kuitansi {number}.")
    recorded_on = business_day(entry.journal.posted_at)
    if recorded_on > entry.date:
        remarks.append(f"Dicatat pada {format_date(recorded_on)}.")
    return remarks


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
