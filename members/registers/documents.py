"""The registers on paper, in the layout of the books that cooperatives know.

They are Indonesian, whatever language the pages are read in.
"""

from collections.abc import Sequence
from datetime import date

from kkmp.lib import documents
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import group_thousands
from kkmp.lib.periods import format_date
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative
from members.bodies import queries as bodies_queries
from members.bodies.models import Body, Officer, Position
from members.leaving.models import ExitReason
from members.register.documents import letterhead
from members.register.models import Member
from members.register.numbers import member_number
from members.register.persons import Sex
from members.registers import queries as registers_queries
from members.registers.queries import MemberLine, SavingsLine

_TEMPLATE = "members/registers/register.typ"
_SEX = {Sex.FEMALE: "P", Sex.MALE: "L"}
_POSTS = {
    Position.CHAIR: "Ketua",
    Position.VICE_BUSINESS: "Wakil Ketua Bidang Usaha",
    Position.VICE_MEMBERS: "Wakil Ketua Bidang Anggota",
    Position.SECRETARY: "Sekretaris",
    Position.TREASURER: "Bendahara",
    Position.MEMBER: "Anggota",
}
_REASONS = {
    ExitReason.RESIGNED: "mengundurkan diri",
    ExitReason.DIED: "meninggal dunia",
    ExitReason.MOVED: "pindah domisili",
    ExitReason.DISMISSED: "diberhentikan",
    ExitReason.DECLINED: "tidak jadi anggota",
}

#: A column: its heading, its share of the width in tenths, and how its cells stand.
Column = tuple[str, int, str]


def members_pdf(cooperative: Cooperative, lines: Sequence[MemberLine], *, on: date) -> bytes:
    """The buku daftar anggota."""
    columns: list[Column] = [
        ("No.", 6, "right"),
        ("No. anggota", 10, "center"),
        ("Nama lengkap", 28, "left"),
        ("NIK", 21, "center"),
        ("Tempat, tanggal lahir", 22, "left"),
        ("L/P", 6, "center"),
        ("Pekerjaan", 16, "left"),
        ("Alamat, RT/RW", 28, "left"),
        ("Tanggal masuk", 15, "center"),
        ("Tanda tangan / cap jempol", 17, "center"),
        ("Tanggal dan sebab berhenti", 20, "left"),
        ("Tanda tangan ketua", 15, "center"),
    ]
    with in_indonesian():
        rows = [[str(at), *_member(line)] for at, line in enumerate(lines, start=1)]
        gone = sum(line.left_on is not None for line in lines)
        notes = [f"{len(lines)} baris: {len(lines) - gone} anggota, {gone} sudah berhenti."]
        return _render(
            cooperative,
            "BUKU DAFTAR ANGGOTA",
            columns,
            rows,
            on=on,
            notes=notes,
            signers=((Body.BOARD, Position.CHAIR), (Body.BOARD, Position.SECRETARY)),
        )


def _member(line: MemberLine) -> list[str]:
    member = line.member
    left = ""
    if line.left_on:
        why = _REASONS.get(ExitReason(line.left_why), "") if line.left_why else ""
        left = ", ".join(text for text in (_short(line.left_on), why) if text)
    return [
        member_number(line.number),
        member.name,
        line.nik or ("tercatat" if member.has_nik else "-"),
        _born(member),
        _SEX.get(Sex(member.sex), "") if member.sex else "",
        member.occupation,
        _address(member),
        _short(line.joined_on),
        "",
        left,
        "",
    ]


def savings_pdf(cooperative: Cooperative, lines: Sequence[SavingsLine], *, on: date) -> bytes:
    """The buku simpanan anggota as of the end of a day."""
    columns: list[Column] = [
        ("No.", 6, "right"),
        ("No. anggota", 10, "center"),
        ("Nama lengkap", 36, "left"),
        ("Simpanan pokok", 17, "right"),
        ("Simpanan wajib", 17, "right"),
        ("Simpanan sukarela", 17, "right"),
        ("Simpanan lain", 17, "right"),
        ("Jumlah", 18, "right"),
    ]
    with in_indonesian():
        names = list(registers_queries.total([]))
        rows = [
            [
                str(at),
                member_number(line.member.number) or "-",
                line.member.name,
                *(_amount(getattr(line, name)) for name in names),
            ]
            for at, line in enumerate(lines, start=1)
        ]
        sums = registers_queries.total(lines)
        return _render(
            cooperative,
            "BUKU SIMPANAN ANGGOTA",
            columns,
            rows,
            on=on,
            subtitle=f"Keadaan per {format_date(on)}, dalam rupiah",
            totals=["", "", "Jumlah", *(_amount(sums[name]) for name in names)],
            signers=((Body.BOARD, Position.CHAIR), (Body.BOARD, Position.TREASURER)),
        )


def undrawn(cooperative: Cooperative) -> list[tuple[str, str]]:
    """What stands in the books with empty boxes in it, and for which letters."""
    texts = [*registers_queries.unusual_texts(cooperative), cooperative.name, cooperative.address]
    return documents.undrawn_in(texts)


def body_pdf(cooperative: Cooperative, of: Body, terms: Sequence[Officer], *, on: date) -> bytes:
    """The buku daftar pengurus, or that of the pengawas."""
    columns: list[Column] = [
        ("No.", 5, "right"),
        ("Nama lengkap", 26, "left"),
        ("No. anggota", 10, "center"),
        ("L/P", 5, "center"),
        ("Pekerjaan", 16, "left"),
        ("Alamat", 24, "left"),
        ("Jabatan", 19, "left"),
        ("Keputusan", 17, "left"),
        ("Masa jabatan", 17, "center"),
        ("Tanda tangan", 15, "center"),
        ("Tanggal dan sebab berhenti", 20, "left"),
        ("Tanda tangan ketua", 14, "center"),
    ]
    with in_indonesian():
        rows = [[str(at), *_term(term)] for at, term in enumerate(terms, start=1)]
        return _render(
            cooperative,
            "BUKU DAFTAR PENGURUS" if of == Body.BOARD else "BUKU DAFTAR PENGAWAS",
            columns,
            rows,
            on=on,
            signers=((of, Position.CHAIR), (Body.BOARD, Position.SECRETARY)),
        )


def _term(term: Officer) -> list[str]:
    member = term.member
    post = _POSTS[Position(term.position)]
    ended = [_short(term.ended_on), term.ended_why] if term.ended_on else []
    return [
        term.name,
        member_number(member.number) if member else "",
        _SEX.get(Sex(term.sex), "") if term.sex else "",
        member.occupation if member else "",
        _address(member) if member else "",
        f"{post} (lurah, karena jabatan)" if term.is_kelurahan_head else post,
        term.decision_number,
        f"{_short(term.started_on)} s.d. {_short(term.term_ends_on)}",
        "",
        ", ".join(text for text in ended if text),
        "",
    ]


def _render(
    cooperative: Cooperative,
    title: str,
    columns: list[Column],
    rows: list[list[str]],
    *,
    on: date,
    signers: tuple[tuple[Body, Position], ...],
    subtitle: str = "",
    totals: list[str] | None = None,
    notes: list[str] | None = None,
) -> bytes:
    data = {
        "cooperative": {"name": cooperative.name, "lines": letterhead(cooperative)},
        "title": title,
        "subtitle": subtitle,
        "columns": [{"label": label, "width": width, "at": at} for label, width, at in columns],
        "rows": rows,
        "totals": totals or [],
        "notes": notes or [],
        "printed": format_date(on),
        "signatures": [
            {"post": _signs_as(*who), "name": bodies_queries.name_of(cooperative, *who, on=on)}
            for who in signers
        ],
        "demo": registry.is_demo(),
    }
    return documents.render(_TEMPLATE, data)


def _signs_as(body: Body, position: Position) -> str:
    post = _POSTS[position]
    return f"{post} Pengawas" if body == Body.SUPERVISORS else post


def _born(member: Member) -> str:
    parts = (member.birth_place, _short(member.birth_date))
    return ", ".join(part for part in parts if part)


def _address(member: Member) -> str:
    area = f"RT {member.rt or '-'} / RW {member.rw or '-'}" if member.rt or member.rw else ""
    return ", ".join(part for part in (member.address, area) if part)


def _short(day: date | None) -> str:
    """``23-11-2026``, as the books write it."""
    return f"{day:%d-%m-%Y}" if day else ""


def _amount(amount_idr: int) -> str:
    return group_thousands(amount_idr) if amount_idr else "-"
