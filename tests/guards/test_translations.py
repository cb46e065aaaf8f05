"""The interface is Indonesian, whole and compiled."""

import re
from gettext import GNUTranslations
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from kkmp.lib import catalogue

GUIDE = Path(settings.BASE_DIR) / "docs" / "panduan"


def test_every_message_has_an_indonesian_translation():
    assert catalogue.missing() == []


def test_nothing_is_translated_that_nobody_says():
    assert {message.id for message in catalogue.read() if message.id} <= set(catalogue.messages())


def test_every_translation_is_compiled():
    with catalogue.po_path().with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalogue.read():
        if message.id:
            assert not message.fuzzy, message.id
            if isinstance(message.id, tuple):
                assert {compiled.ngettext(*message.id, count) for count in (1, 2)} == set(
                    message.string
                )
            else:
                assert compiled.gettext(message.id) == message.string


def test_a_translation_keeps_the_placeholders(case):
    names = re.compile(r"%\((\w+)\)[sd]")
    for message in catalogue.read():
        with case(f"{message.context or ''} {message.id}"):
            if message.id:
                said, source = str(message.string), str(message.id)
                assert set(names.findall(said)) == set(names.findall(source))


def test_djangos_misspellings_are_not_shown():
    with translation.override("id"):
        said = [
            ngettext("Please correct the error below.", "Please correct the errors below.", 2),
            gettext("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."),
        ]
    assert said == [
        "Perbaiki dulu kesalahan di bawah ini.",
        "Wajib. Paling banyak 150 karakter: huruf, angka, dan @/./+/-/_.",
    ]


def test_words_of_two_capabilities_mean_one_thing():
    """Where English has one word for two things, the source says which."""
    with translation.override("id"):
        assert gettext("Return on savings") == "Jasa simpanan"
        assert gettext("Return") == "Retur"
        assert gettext("Not closed") == "Belum ditutup"
        assert gettext("Still open") == "Sisa"
        assert gettext("Left") == "Keluar"
        assert gettext("Term over") == "Masa jabatan selesai"
        assert gettext("number of the savings receipt") == "nomor kuitansi"
        assert gettext("receipt number") == "nomor nota"


#: What people here do not say, and what they say.
REWORDED = {
    "giliran": "shift",
    "saringan": "filter",
    "peramban": "browser",
    "papan tombol": "keyboard",
    "papan ketik": "keyboard",
    "ketetapan": "keputusan",
    "nama masuk": "nama pengguna",
    "masuk dua langkah": "verifikasi dua langkah",
    "lembar tutup kas": "laporan tutup kas",
    "penjualan kotor": "omzet bruto",
    "harga biasa": "harga umum",
    "hari buka": "tanggal buka",
    "tangga tahap": "tahapan",
    "13 angka": "13 digit",
    "dibawah": "di bawah",
}


def test_pages_speak_as_people_do(case):
    said = " ".join(str(entry.string).lower() for entry in catalogue.read())
    guide = " ".join(path.read_text().lower() for path in GUIDE.glob("*.md"))
    for word, better in REWORDED.items():
        with case(f"{word} → {better}"):
            assert re.search(rf"\b{word}\b(?!/)", said) is None
            assert re.search(rf"\b{word}\b(?![-/.])", guide) is None
