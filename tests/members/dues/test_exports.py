"""The grid and the arrears as files."""

from datetime import date

import pytest

from kkmp.lib.ids import new_id
from kkmp.lib.phone import format_phone
from members.dues.queries import arrears
from members.dues.queries.arrears import Rules
from members.dues.services import collections
from members.dues.services.collections import Payment
from members.joining.models import Channel, Purpose
from members.joining.services import contacts
from members.models import Member, Status
from tests.conftest import MONDAY
from tests.exports.conftest import rows_of, table_of, taken, total_of


@pytest.fixture
def people(enrol, mandatory, in_melati, tono):
    """Rp10.000 a month. Ani has paid until December, Beni until half of September, Cici nothing."""
    found = []
    for number, (name, joined, paid_idr) in enumerate(
        (
            ("Ani (rekaan)", date(2026, 9, 1), 40_000),
            ("Beni (rekaan)", date(2026, 8, 10), 15_000),
            ("Cici (rekaan)", date(2026, 10, 20), 0),
        ),
        start=1,
    ):
        member = enrol(name, rw="003", phone=f"+62812000000{number:02d}")
        Member.objects.of(in_melati).filter(id=member.id).update(
            status=Status.ACTIVE, number=number, joined_on=joined
        )
        member.refresh_from_db()
        if paid_idr:
            collections.collect(
                cooperative=in_melati, payments=[Payment(member, mandatory, paid_idr)],
                title="Rapat", key=new_id(), on=MONDAY, by=tono,
            )  # fmt: skip
        found.append(member)
    return found


def test_the_grid_says_what_was_paid_of_each_month_and_adds_it_up(people, in_melati):
    content = taken("dues", in_melati, "tahun=2026")
    head, *rows = table_of(content)
    assert head[:3] == ["Nama", "Nomor anggota", "RW"]
    assert head[10:15] == ["Agu 2026", "Sep 2026", "Okt 2026", "Nov 2026", "Des 2026"]
    assert [row[:2] + row[9:] for row in rows] == [
        ["Ani (rekaan)", "0001", "", "", 10_000, 10_000, 10_000, 10_000, 0, 10_000],
        ["Beni (rekaan)", "0002", "", 10_000, 5_000, 0, 0, "", 15_000, 0],
        ["Cici (rekaan)", "0003", "", "", "", 0, 0, "", 10_000, 0],
    ]
    total = total_of(content)
    assert total["Nama"] == "Total · 3 baris"
    months = [total[month] for month in head[10:15]]
    assert months == [10_000, 15_000, 10_000, 10_000, 10_000]
    assert (total["Tunggakan"], total["Di muka"]) == (25_000, 10_000)


def test_the_grid_of_another_year_and_of_some_is_what_the_page_shows(people, in_melati):
    content = taken("dues", in_melati, "tahun=2027&status=ahead&q=ani")
    head, row = table_of(content)
    assert head[3] == "Jan 2027"
    assert (row[0], row[3]) == ("Ani (rekaan)", "")
    assert "Tahun: 2027" in rows_of(content)[2][0]


def test_arrears_say_who_since_when_and_when_they_were_called_on(people, in_melati, tono):
    beni = people[1]
    contacts.note(
        member=beni, purpose=Purpose.ARREARS, channel=Channel.CALL, note="Janji Jumat",
        on=MONDAY, by=tono,
    )  # fmt: skip
    content = taken("arrears", in_melati)
    head, first, second = table_of(content)
    told = dict(zip(head, first, strict=True))
    assert (told["Nama"], told["Tunggakan"]) == ("Beni (rekaan)", 15_000)
    assert told["Bulan apa saja"] == "September 2026, Oktober 2026"
    assert (told["Terlambat (bulan)"], told["Telepon"]) == (2, format_phone(beni.phone))
    assert (told["Terakhir dihubungi"], told["Cara"]) == (MONDAY, "Telepon: Janji Jumat")
    assert second[0] == "Cici (rekaan)"
    assert total_of(content)["Tunggakan"] == 25_000


def test_what_all_owe_is_what_the_page_adds_up(people, in_melati):
    rules = Rules.of(in_melati)
    behind = arrears.behind(arrears.active(in_melati, rules), rules, on=MONDAY)
    whole = arrears.arrears(behind, rules, on=MONDAY)[""]
    assert total_of(taken("arrears", in_melati))["Tunggakan"] == whole.total_idr == 25_000


def test_an_age_is_said_in_the_words_of_its_tab(people, in_melati):
    content = taken("arrears", in_melati, "age=1-3")
    assert "Lama menunggak: 1 sampai 3 bulan" in rows_of(content)[2][0]
    assert len(table_of(content)) == 3
