"""WhatsApp links with a text that is ready to be sent.

The texts are Indonesian, whatever language the pages are read in: they are for the neighbours.
"""

from urllib.parse import quote

from kkmp.lib.money import format_rupiah
from kkmp.lib.phone import wa_me
from members.joining.models import Application
from members.joining.queries.terms import Terms
from members.register.models import Member, Status
from members.register.persons import Sex


def link(phone: str, text: str) -> str:
    """``https://wa.me/62…?text=…``; empty where there is no mobile number."""
    if not phone or (phone.startswith("+62") and not phone.startswith("+628")):
        return ""
    return f"https://wa.me/{wa_me(phone)}?text={quote(text)}"


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
            f"Yth. {addressed(member)}, kami dari {cooperative.name}. Kami mengajak Anda menjadi "
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
        f"Yth. {addressed(member)}, {thanks} di {cooperative.name}.{cost}{needs} Silakan datang "
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
        f"Yth. {addressed(application)}, terima kasih sudah mengirim formulir pendaftaran "
        f"{cooperative.name}. Silakan datang ke {place} dengan membawa KTP.{_cost(terms, 0)} "
        f"Terima kasih."
    )


def addressed(member: Member | Application) -> str:
    """``Ibu Wulan``, or ``Bapak/Ibu`` where the sex is not known."""
    title = {str(Sex.FEMALE): "Ibu", str(Sex.MALE): "Bapak"}.get(member.sex)
    return f"{title or 'Bapak/Ibu'} {member.name}"


def _cost(terms: Terms | None, paid_idr: int) -> str:
    if terms is None:
        return ""
    open_idr = max(terms.principal_idr - paid_idr, 0)
    monthly = f", lalu simpanan wajib {format_rupiah(terms.mandatory_idr)} sebulan"
    if paid_idr:
        return f" Simpanan pokok yang belum dibayar: {format_rupiah(open_idr)}."
    parts = " (boleh dicicil)" if terms.allows_instalments else ""
    return (
        f" Simpanan pokok {format_rupiah(terms.principal_idr)}{parts}"
        f"{monthly if terms.mandatory_idr else ''}."
    )
