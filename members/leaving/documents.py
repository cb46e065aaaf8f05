"""Papers about leaving: the receipt of the payment, and the certificate.

They are Indonesian, whatever language the pages are read in, and never hold the NIK.
"""

from typing import Any

from kkmp.lib import documents
from kkmp.lib.documents import copy_mark
from kkmp.lib.existing import present
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.lib.terbilang import terbilang
from kkmp.registry import queries as registry
from members.bodies import queries as bodies_queries
from members.bodies.models import Body, Position
from members.leaving import queries as leaving_queries
from members.leaving.models import Exit, ExitReason
from members.register.documents import letterhead
from members.register.numbers import member_number

_WHY = {
    ExitReason.RESIGNED: "mengundurkan diri atas permintaan sendiri",
    ExitReason.DIED: "meninggal dunia",
    ExitReason.MOVED: "pindah domisili ke luar kelurahan",
    ExitReason.DISMISSED: "diberhentikan",
    ExitReason.DECLINED: "tidak melanjutkan pendaftaran sebagai anggota",
}


def exit_number(number: int | None) -> str:
    """``K-000012``, of the certificate."""
    return f"K-{number:06d}" if number else ""


def payment_number(exit: Exit) -> str:
    """``R-000345``: each payment has its own, the number of its journal."""
    return f"R-{exit.payment.number:06d}" if exit.payment else ""


def receipt_pdf(exit: Exit, copy: int) -> bytes:
    """The receipt of what was paid out.

    :param copy: 0 is the original
    """
    return documents.render("members/leaving/refund_a4.typ", receipt(exit, copy))


def receipt(exit: Exit, copy: int) -> dict[str, Any]:
    """All that stands on the receipt, as text."""
    paid_on = present(exit.paid_on, "only what has been paid has a receipt")
    with in_indonesian():
        receiver = exit.heir_name or exit.member.name
        words = terbilang(exit.refund_idr)
        return _shared(exit) | {
            "title": "KUITANSI PENGEMBALIAN SIMPANAN",
            "number": payment_number(exit),
            "copy": copy_mark(copy),
            "date": format_date(paid_on),
            "receiver": receiver,
            "as_heir": f"ahli waris ({exit.heir_relation})" if exit.heir_relation else "",
            "purpose": f"Pengembalian simpanan anggota keluar, keputusan {exit.decision_number}",
            "words": words[:1].upper() + words[1:],
            "signatures": ["Penerima", "Yang membayar"],
            "signed": [receiver, str(exit.paid_by or "-")],
        }


def certificate_pdf(exit: Exit) -> bytes:
    """The surat keterangan that a membership has ended."""
    return documents.render("members/leaving/exit_certificate.typ", certificate(exit))


def certificate(exit: Exit) -> dict[str, Any]:
    """All that stands on the certificate, as text."""
    decided_on = present(exit.decided_on, "only what has been decided is certified")
    chair = bodies_queries.name_of(exit.cooperative, Body.BOARD, Position.CHAIR, on=decided_on)
    with in_indonesian():
        is_candidate = exit.member_number is None
        return _shared(exit) | {
            "title": "SURAT KETERANGAN"
            if is_candidate
            else "SURAT KETERANGAN BERHENTI SEBAGAI ANGGOTA",
            "number": exit_number(exit.number),
            "since_label": "Mendaftar tanggal" if is_candidate else "Anggota sejak",
            "since": format_date(exit.member_since),
            "address": _address(exit),
            "why": _WHY[ExitReason(exit.reason)],
            "decided_on": format_date(decided_on),
            "decision": exit.decision_number,
            "is_candidate": is_candidate,
            "heir": ", ".join(t for t in (exit.heir_name, exit.heir_relation) if t),
            "payment": _payment(exit),
            "chair": chair or str(exit.decided_by or ""),
        }


def undrawn(exit: Exit) -> list[tuple[str, str]]:
    """What stands on its papers with empty boxes in it, and for which letters."""
    if not exit.is_decided:
        return []
    papers = [certificate(exit), *([receipt(exit, 0)] if exit.paid_on else [])]
    return documents.undrawn_in(papers)


def _shared(exit: Exit) -> dict[str, Any]:
    statement = leaving_queries.statement(exit)
    return {
        "cooperative": {"name": exit.cooperative.name, "lines": letterhead(exit.cooperative)},
        "member_name": exit.member.name,
        "member_number": member_number(exit.member_number),
        "rows": [[row.kind.name, format_rupiah(row.amount_idr)] for row in statement.rows],
        "savings": format_rupiah(statement.savings_idr),
        "settled": format_rupiah(statement.settled_idr) if statement.settled_idr else "",
        "credited": format_rupiah(statement.credited_idr) if statement.credited_idr else "",
        "amount": format_rupiah(statement.refund_idr),
        "demo": registry.is_demo(),
    }


def _payment(exit: Exit) -> str:
    if exit.paid_on:
        return f"Dibayarkan pada {format_date(exit.paid_on)}."
    if exit.is_due and exit.pay_on:
        return f"Akan dibayarkan pada {format_date(exit.pay_on)}."
    return "Tidak ada yang harus dibayarkan."


def _address(exit: Exit) -> str:
    member = exit.member
    area = f"RT {member.rt} / RW {member.rw}" if member.rt and member.rw else ""
    return ", ".join(text for text in (member.address, area) if text)
