"""What English readers see: their numbers everywhere, and words of the place explained."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from kkmp.lib import glosses, money, quantity
from kkmp.lib.forms import QuantityField, RupiahField
from tests.node import running

NUMBERS = [
    ("{{ value|number }}", 4512, "4,512", "4.512"),
    ("{{ value|number:1 }}", Decimal("1234.56"), "1,234.6", "1.234,6"),
    ("{{ value|rupiah }}", 3_782_197_801, "Rp\u00a03,782,197,801", "Rp3.782.197.801"),
    ("{{ value|rupiah }}", -5_000, "-Rp\u00a05,000", "-Rp5.000"),
    ("{{ value|quantity }}", Decimal("1250.5"), "1,250.5", "1.250,5"),
    ("{{ value|percent }}", Decimal("0.125"), "12.5%", "12,5%"),
    ("{{ value|percent }}", 1, "100%", "100%"),
]


@pytest.mark.parametrize(("template", "value", "english", "indonesian"), NUMBERS)
def test_numbers_are_written_as_the_language_has_them(template, value, english, indonesian):
    drawn = Template(template)
    with override("en"):
        assert drawn.render(Context({"value": value})) == english
    with override("id"):
        assert drawn.render(Context({"value": value})) == indonesian


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_box_holds_what_it_reads_in_any_language(language):
    """If commas marked thousands, ``1,250`` would be asked about, and a weight be another one."""
    with override(language):
        shown = RupiahField().prepare_value(1_250)
        assert (shown, money.parse_rupiah(shown)) == ("1.250", 1_250)
        for weighed in (True, False):
            shown = QuantityField(is_weighed=weighed).prepare_value(Decimal("1250.500"))
            assert shown == "1250,5"
            assert quantity.parse_quantity(shown, is_weighed=weighed) == Decimal("1250.500")


PAGE = """<html><head><title>Kelurahan</title></head><body><nav>kelurahan</nav>
<main id="main" title="a kelurahan > b"><h1>Koperasi Kelurahan Merah Putih Gedawang</h1>
<script>let kelurahan = 1;</script><select><option>Kecamatan</option></select>
<p>Each kelurahan and kecamatan; the kelurahan again.</p><p>Verified by the Dinas, on Simkopdes.</p>
</main><footer>Dinas</footer></body></html>"""


def test_words_of_the_place_are_explained_once_where_they_stand_first():
    page = glosses.explained(PAGE)
    assert page.count('<small class="gloss" ') == 4
    assert page.count("<abbr ") == 4
    for word, meaning in (
        ("kelurahan", "neighbourhood"),
        ("kecamatan", "district"),
        ("Dinas", "city department"),
        ("Simkopdes", "national portal"),
    ):
        assert re.search(rf'>{word}</abbr> <small class="gloss" title="[^"]+">\({meaning}\)', page)
    for untouched in (
        "<title>Kelurahan</title>",
        "<nav>kelurahan</nav>",
        "Koperasi Kelurahan Merah Putih",
        "let kelurahan = 1",
        "<footer>Dinas</footer>",
        'title="a kelurahan > b"',
    ):
        assert untouched in page
    # Nothing but the explanations came in.
    assert glosses.explained(PAGE.replace("main", "div")) == PAGE.replace("main", "div")


@pytest.mark.parametrize(
    "name",
    [
        "SK Kepala Dinas 7/2026",
        "SK Dinas 12",
        "Dinas Sosial (rekaan)",
        "Koperasi Kelurahan Merah Putih",
        "Lurah Kelurahan Gedawang",
        "said “verified by the Dinas”",
        "<code>kelurahan</code>",
    ],
)
def test_a_word_within_a_name_or_a_quotation_stays_as_it_was_written(name):
    page = f"<main><p>{name}</p></main>"
    assert glosses.explained(page) == page
    both = glosses.explained(f"<main><p>{name}</p><p>The Dinas of each kelurahan.</p></main>")
    assert name in both
    assert both.count('<small class="gloss" ') == 2


def test_a_word_that_stands_only_before_a_place_is_explained_behind_its_name():
    page = glosses.explained("<main><h1>Kecamatan Semarang Barat</h1><p>Kecamatan Tugu</p></main>")
    assert "<h1>Kecamatan Semarang Barat <small" in page
    assert "<p>Kecamatan Tugu</p>" in page
    assert page.count("(district)") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "is_explained"), [("en", True), ("id", False)])
def test_only_english_readers_are_told(melati, language, is_explained):
    page = Client(headers={"accept-language": language}).get("/").content.decode()
    assert (">(district)</small>" in page) == is_explained


@pytest.mark.django_db
def test_sources_are_named_in_the_readers_language(melati):
    english, indonesian = (
        Client(headers={"accept-language": language}).get("/").content.decode()
        for language in ("en", "id")
    )
    assert "Tribun Jateng, 9 July 2025; Harian Muria" in english
    assert "Tribun Jateng, 9 Juli 2025; Harian Muria" in indonesian


@pytest.mark.parametrize(
    ("language", "rupiah", "weight"),
    [("id", "Rp1.250.000", "1.250,5"), ("en", "Rp\u00a01,250,000", "1,250.5")],
)
def test_the_browser_writes_the_same(language, rupiah, weight):
    with running(Path(__file__).parents[1] / "node.mjs") as node:
        told = [
            node.ask(
                {
                    "module": "till/rules/numbers.js",
                    "name": name,
                    "args": [value],
                    "language": language,
                }
            )
            for name, value in (
                ("formatRupiah", 1_250_000),
                ("formatQuantity", 1_250_500),
                ("writeRupiah", 1_250_000),
                ("writeQuantity", 1_250_500),
            )
        ]
    assert told == [rupiah, weight, "1.250.000", "1250,5"]
