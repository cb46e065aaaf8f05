"""The statutory registers as files."""

from datetime import date

from kkmp.access.models import AuditEvent
from kkmp.exports import lists
from kkmp.exports.services import jobs
from members.bodies.services import officers
from members.bodies.services.officers import Term
from members.models import Body, ExitReason, Position
from tests.conftest import MONDAY
from tests.exports.conftest import NOW, rows_of, table_of, taken, total_of
from tests.members.conftest import NIKS


def test_the_member_register_keeps_former_members_and_covers_every_number(
    rich, wulan, ask, decide, in_melati
):
    decide(ask(rich, ExitReason.MOVED))
    content = taken("register_members", in_melati)
    head, row = table_of(content)
    told = dict(zip(head, row, strict=True))
    assert (told["Nama lengkap"], told["Nomor anggota"]) == ("Ayu (rekaan)", "0001")
    assert told["NIK"] == "tercatat"
    assert (told["Anggota sejak"], told["Keluar tanggal"]) == (MONDAY, MONDAY)
    assert told["Sebab"] == "Pindah"
    assert total_of(content)["Nama lengkap"] == "Total · 1 baris"


def test_the_savings_register_adds_up_each_kind(rich, pay, voluntary, in_melati):
    pay(rich, voluntary, 5_000, on=date(2026, 11, 24))
    content = taken("register_savings", in_melati, "on=2026-11-23")
    head, row = table_of(content)
    assert row == ["Ayu (rekaan)", "0001", 100_000, 30_000, 45_000, 0, 175_000]
    total = total_of(content)
    assert [total[kind] for kind in head[2:]] == [100_000, 30_000, 45_000, 0, 175_000]
    later = taken("register_savings", in_melati, "on=2026-11-24")
    assert total_of(later)["Total"] == 180_000
    assert "24 November 2026" in rows_of(later)[2][0]


def test_the_two_bodies_have_a_register_each(rich, in_melati, rini):
    for body, position in ((Body.BOARD, Position.CHAIR), (Body.SUPERVISORS, Position.CHAIR)):
        term = Term(
            body=body,
            position=position,
            member=rich if body == Body.BOARD else None,
            name="" if body == Body.BOARD else "Bu Lurah (rekaan)",
            is_kelurahan_head=body == Body.SUPERVISORS,
            started_on=date(2026, 1, 5),
            term_ends_on=date(2030, 1, 5),
        )
        officers.add(on=MONDAY, cooperative=in_melati, term=term, by=rini)
    board, watch = (table_of(taken(f"register_{of}", in_melati)) for of in ("board", "supervisors"))
    assert [row[0] for row in board[1:]] == ["Ayu (rekaan)"]
    assert [row[0] for row in watch[1:]] == ["Bu Lurah (rekaan)"]
    assert watch[1][watch[0].index("Jabatan")] == "Ketua (lurah)"


def test_no_file_of_people_holds_a_whole_number(rich, in_melati, rini):
    """Also where somebody has typed one into a box for other things."""
    number = NIKS[4].digits
    rich.occupation, rich.address = f"Guru {number}", f"Jl. Melati, KTP {number[:6]} {number[6:]}"
    rich.save(update_fields=["occupation", "address"])
    for kind in lists.registered():
        text = str([rows_of(taken(kind.code, in_melati), at) for at in range(1)])
        assert number not in text.replace(" ", ""), kind.code
        assert NIKS[1].digits not in text, kind.code


def test_that_a_register_was_taken_out_is_on_record(rich, in_melati, rini):
    jobs.take_out(
        kind=lists.by_code("register_members"), query="", cooperative=in_melati, language="id",
        on=MONDAY, at=NOW, by=rini,
    )  # fmt: skip
    event = AuditEvent.objects.of(in_melati).get(action="export")
    assert (event.details["list"], event.details["rows"]) == ("register_members", 1)
    assert event.actor == rini
