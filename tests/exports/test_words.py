"""Addresses in one form, and filters in words."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from kkmp.exports import words
from kkmp.exports.lists import Condition
from kkmp.exports.models import ExportJob
from members.models import Member
from members.register.filters import MemberFilter

NIK = "3374115203900001"


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("rw=003&page=2&sex=F", "rw=003&sex=F"),
        ("sex=F&rw=003", "rw=003&sex=F"),
        ("sex=&rw=+003+", "rw=003"),
        ("evil=1", ""),
        (f"q={NIK}", "q=%5BNIK%5D"),
    ],
)
def test_an_address_is_brought_into_one_form(query, plain):
    assert words.plain(QueryDict(query), ("sex", "rw", "q")) == plain


def test_a_nik_is_covered_and_other_long_numbers_are_not():
    text = f"NIK {NIK}, rekening 1234567890123456, barkod 899000007003"
    assert words.without_niks(text) == ("NIK [NIK], rekening 1234567890123456, barkod 899000007003")


def test_the_log_keeps_no_number_that_somebody_typed():
    found = [Condition("Cari", "Budi 0012", is_typed=True), Condition("RW", "003")]
    assert words.logged(found) == "Cari: Budi …; RW: 003"
    assert words.sentence(found) == "Cari: Budi 0012; RW: 003"


def test_a_filter_is_said_in_words(in_melati, settings):
    query = QueryDict("sex=F&is_civil_servant=false&joined_since=2026-01-31&status=bogus")
    found = MemberFilter(query, queryset=Member.objects.of(in_melati), cooperative=in_melati)
    with override("id"):
        values = [condition.value for condition in words.conditions(found.form)]
    assert values == ["Perempuan", "Tidak", "31 Januari 2026"]


def test_no_filter_is_said_too():
    assert words.sentence([])


def test_a_name_of_a_file_is_one_that_every_disk_takes():
    name = words.filename('Laporan: "Mei/Juni"?', "Koperasi A\\B <baru>", "2026-05-01")
    assert name == "Laporan Mei Juni - Koperasi A B baru - 2026-05-01.xlsx"


def test_a_long_name_leaves_the_days_where_they_are():
    name = words.filename("Buku besar " * 20, "Koperasi " * 30, "2026-05-01 sampai 2026-05-31")
    assert name.endswith(" - 2026-05-01 sampai 2026-05-31.xlsx")
    assert len(name) <= ExportJob._meta.get_field("filename").max_length
