"""What is written to somebody who is not a member yet, ready to be sent by WhatsApp.

Indonesian, whatever language the pages are read in: it is for the neighbours.
"""

from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from members.joining.models import Application
from members.joining.queries.terms import Terms
from members.register.models import Member, Status


def to_candidate(
    member: Member, *, terms: Terms | None, paid_idr: int, has_nik: bool, form_url: str
) -> str:
    """What to write to somebody who is not a member yet, by where they stand.

    :param terms: of the person's category; None where nothing is decided
    :param form_url: address of the public form
    """
    cooperative = member.cooperative
    place = cooperative.address or f"kantor {cooperative.name}"
    cost = _cost(terms, paid_idr)
    if member.status == Status.LEAD:
        return (
            f"Yth. {member.addressed}, kami dari {cooperative.name}. Kami mengajak Anda menjadi "
            f"anggota koperasi di kelurahan kita.{cost} Daftar lewat {form_url} atau datang ke "
            f"{place} dengan membawa KTP. Kalau ada pertanyaan, balas saja pesan ini. "
            f"Terima kasih."
        )
    thanks = (
        "terima kasih sudah mendaftar"
        if member.status == Status.APPLIED
        else "terima kasih atas simpanan pokok yang sudah dibayar"
    )
    needs = " Jangan lupa membawa KTP, karena NIK belum tercatat." if not has_nik else ""
    return (
        f"Yth. {member.addressed}, {thanks} di {cooperative.name}.{cost}{needs} Silakan datang "
        f"ke {place}. Setelah lunas, Anda langsung menjadi anggota dan mendapat nomor anggota. "
        f"Terima kasih."
    )


def to_applicant(application: Application, *, terms: Terms | None) -> str:
    """What to write to somebody whose application waits: thanks, and what to bring.

    :param terms: of the category applied for; None where nothing is decided
    """
    cooperative = application.cooperative
    place = cooperative.address or f"kantor {cooperative.name}"
    return (
        f"Yth. {application.addressed}, terima kasih sudah mengirim formulir pendaftaran "
        f"{cooperative.name}. Silakan datang ke {place} dengan membawa KTP.{_cost(terms, 0)} "
        f"Terima kasih."
    )


def _cost(terms: Terms | None, paid_idr: int) -> str:
    if terms is None:
        return ""
    with in_indonesian():
        still = format_rupiah(max(terms.principal_idr - paid_idr, 0))
        principal = format_rupiah(terms.principal_idr)
        monthly = f", lalu simpanan wajib {format_rupiah(terms.mandatory_idr)} sebulan"
    if paid_idr:
        return f" Simpanan pokok yang belum dibayar: {still}."
    parts = " (boleh dicicil)" if terms.allows_instalments else ""
    return f" Simpanan pokok {principal}{parts}{monthly if terms.mandatory_idr else ''}."
