import pytest
from django.utils import translation

from kkmp.city.figures.queries import places
from kkmp.city.progress import tiles
from kkmp.registry import scope
from kkmp.registry.models import Kecamatan
from tests.conftest import MONDAY


@pytest.fixture
def statuses(semarang):
    def read():
        with scope.city():
            return places.statuses(semarang, MONDAY)

    return read


def drawn(statuses, kecamatan=None):
    return tiles.lay_out(statuses, link=lambda s: f"#{s.kelurahan.code}", kecamatan=kecamatan)


def tile(picture, name):
    return next(t for t in picture.tiles if t.status.kelurahan.name == name)


def test_every_kelurahan_has_a_place_of_its_own(statuses):
    picture = drawn(statuses())
    assert len({(t.x, t.y) for t in picture.tiles}) == 177
    assert len({t.label for t in picture.tiles}) == 177


def test_north_is_above(statuses):
    picture = drawn(statuses())
    assert tile(picture, "Tanjung Mas").y < tile(picture, "Gedawang").y


def test_a_tile_says_place_stage_and_activity(statuses, melati, operating, moved):
    operating(melati)
    moved(melati, MONDAY, "toko", member_turnover_idr=5, sales=1)
    with translation.override("en"):
        said = tile(drawn(statuses()), "Gedawang")
    assert said.label == "Gedawang, Banyumanik: Operating, sales in the last 30 days"
    assert said.sign == "active"


def test_operating_without_sales_has_another_sign(statuses, melati, operating):
    operating(melati)
    assert tile(drawn(statuses()), "Gedawang").sign == "quiet"


def test_waiting_for_the_dinas_has_a_sign_too(statuses, melati, operating):
    operating(melati, verified=False)
    waiting = tile(drawn(statuses()), "Gedawang")
    assert (waiting.sign, waiting.rank) == ("waiting", 3)


def test_a_kecamatan_is_looked_at_closely(statuses):
    banyumanik = Kecamatan.objects.get(code="33.74.11")
    picture = drawn(statuses(), banyumanik)
    assert len(picture.tiles) == 11
    assert len(picture.others) == 166
    assert picture.is_close
    width = int(picture.view_box.split()[2])
    assert width < int(drawn(statuses()).view_box.split()[2])


def test_borders_run_between_kecamatan_only(statuses):
    picture = drawn(statuses())
    assert len(picture.patches) == 16
    assert "M" in picture.borders


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Gedawang", ["Gedawang"]),
        ("Srondol Kulon", ["Srondol", "Kulon"]),
        ("Bojongsalaman", ["Bojongsa-", "laman"]),
        ("Karanganyar Gunung", ["Karangan-", "yar", "Gunung"]),
    ],
)
def test_a_name_is_broken_into_lines_that_fit(statuses, name, lines):
    found = next(t for t in drawn(statuses()).tiles if t.status.kelurahan.name == name)
    assert found.lines == lines


def test_nothing_to_draw_is_an_empty_picture():
    assert drawn([]).view_box == "0 0 40 40"
