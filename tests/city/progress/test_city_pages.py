import gzip
from datetime import date, timedelta

import pytest
from django.test import Client

from kkmp.registry.models import Kecamatan, Kelurahan, Regency, Stage
from tests.cast import make_cooperative
from tests.conftest import MONDAY

HOME = "/kota/"
GEDAWANG = "/kota/koperasi/3374111002/"


@pytest.fixture
def officer(dewi, client_of) -> Client:
    return client_of(dewi)


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_progress_is_told_against_the_target(officer, melati, operating, moved):
    operating(melati)
    moved(melati, MONDAY, "toko", member_turnover_idr=5, sales=1)
    page = officer.get(HOME)
    assert page.context["totals"].operating == 1
    assert '<progress class="bar goal-bar" value="1" max="177"' in text(page)


def test_the_target_is_the_regencys_own(officer, semarang, melati, operating):
    semarang.target = 50
    semarang.save()
    operating(melati)
    assert 'value="1" max="50"' in text(officer.get(HOME))


def test_an_empty_house_says_that_nothing_is_recorded(officer):
    page = text(officer.get(HOME))
    assert "Belum ada yang tercatat. Targetnya 177 koperasi." in page
    assert "Diverifikasi Dinas, per" not in page


def test_an_order_keeps_the_kecamatan_that_is_looked_at(officer, melati):
    page = text(officer.get(HOME, {"kecamatan": "33.74.11"}))
    assert 'href="?kecamatan=33.74.11&amp;order=members#ranking"' in page


def test_the_page_travels_packed(officer):
    page = officer.get(HOME, HTTP_ACCEPT_ENCODING="gzip")
    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) * 5 < len(gzip.decompress(page.content))


def test_every_tile_is_a_link_with_a_name(officer, melati):
    page = text(officer.get(HOME))
    assert page.count("data-tile ") == 177
    assert f'href="{GEDAWANG}" aria-label="Gedawang, Banyumanik: ' in page
    assert 'href="/kota/kecamatan/33.74.10/" aria-label="Tandang, Tembalang: ' in page


def test_the_map_is_there_as_a_list_too(officer, melati):
    page = text(officer.get(HOME))
    assert page.count("<tr>") > 177
    assert 'href="#map-after"' in page


def test_each_figure_has_source_day_and_coverage(officer, melati, moved):
    moved(melati, active_members=7)
    members = officer.get(HOME).context["overview"].active_members
    assert (members.value, members.as_of, members.reporting, members.of) == (7, MONDAY, 1, 177)
    page = text(officer.get(HOME))
    assert members.coverage in page
    assert members.source.replace("'", "&#x27;") in page


def test_published_figures_stand_beside_ours_and_are_not_added(officer, melati, moved):
    moved(melati, active_members=7)
    page = officer.get(HOME)
    assert page.context["overview"].active_members.value == 7
    assert page.context["beside"]["active_members"].value == 4_500
    assert page.context["beside"]["operating"].as_of == date(2025, 10, 17)
    assert "Cakupan diperdebatkan" in text(page)


def test_a_kecamatan_is_filtered_by_its_address(officer, melati):
    page = officer.get(HOME, {"kecamatan": "33.74.11"})
    assert text(page).count("data-tile ") == 11
    assert page.context["kecamatan"].name == "Banyumanik"


def test_an_unknown_kecamatan_shows_the_whole_city(officer, melati):
    assert text(officer.get(HOME, {"kecamatan": "99"})).count("data-tile ") == 177


def test_htmx_gets_the_map_alone(officer, melati):
    page = officer.get(
        HOME, {"kecamatan": "33.74.11"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="map"
    )
    assert text(page).lstrip().startswith('<section class="card mapwork" aria')
    assert "HX-Request" in page["Vary"]


def test_htmx_gets_the_ranking_alone(officer, melati, moved):
    moved(melati, MONDAY - timedelta(days=1), active_members=7)
    page = officer.get(HOME, {"order": "members"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="ranking")
    assert text(page).lstrip().startswith('<section class="card" id="ranking"')
    assert page.context["ranking"][0].new_members == 7


def test_growth_lines_are_drawn_from_what_is_reported(officer, melati, moved):
    assert "chart-members" not in text(officer.get(HOME))
    moved(melati, MONDAY - timedelta(days=1), active_members=7)
    page = officer.get(HOME)
    assert page.context["charts"]["members"]["series"][0]["values"] == [7]
    assert 'id="chart-members" type="application/json"' in text(page)


def test_the_page_takes_few_statements(
    officer, melati, mawar, operating, moved, django_assert_max_num_queries
):
    for cooperative in (melati, mawar):
        operating(cooperative)
        moved(cooperative, active_members=7)
    officer.get(HOME)
    with django_assert_max_num_queries(22):
        officer.get(HOME)


def test_a_kecamatan_has_its_own_page(officer, melati, mawar, moved):
    moved(melati, active_members=7)
    moved(mawar, active_members=9)
    page = officer.get("/kota/kecamatan/33.74.11/")
    assert len(page.context["statuses"]) == 11
    assert page.context["overview"].active_members.value == 7
    assert GEDAWANG in text(page)


def test_another_regencys_places_are_not_found(officer, agus):
    regency = Regency.objects.create(code="33.22", name="Semarang", province="Jateng", target=235)
    area = Kecamatan.objects.create(code="33.22.01", regency=regency, name="Getasan")
    place = Kelurahan.objects.create(
        code="33.22.01.2001", kecamatan=area, name="Kopeng", tile_column=0, tile_row=0
    )
    other = make_cooperative(place.code, by=agus)
    assert officer.get("/kota/kecamatan/33.22.01/").status_code == 404
    assert officer.get(f"/kota/koperasi/{other.code}/").status_code == 404


def test_a_cooperative_shows_sums_and_its_ladder(officer, melati, operating, trading):
    operating(melati)
    page = officer.get(GEDAWANG)
    shown = text(page)
    assert page.context["overview"].members_capital_idr.value == 110_000
    assert [rung.stage for rung in page.context["ladder"] if rung.step] == [
        Stage.LEGAL_ENTITY,
        Stage.OPERATING,
    ]
    assert "DOK/7" in shown
    assert "Dewi (rekaan)" in shown


def test_a_cooperatives_page_names_no_member(officer, trading):
    shown = text(officer.get(GEDAWANG))
    assert "Ani Lestari" not in shown
    assert "3374115203900012" not in shown


def test_published_figures_of_one_cooperative_stand_on_its_page(officer, melati):
    values = {f.value for f in officer.get(GEDAWANG).context["reported"]}
    assert {22_000_000, 48_000_000, 0} <= values


def test_a_mentor_reads_and_may_not_verify(bayu, client_of, melati, operating):
    operating(melati, verified=False)
    page = client_of(bayu).get(GEDAWANG)
    assert not page.context["may_verify"]
    assert "/verifikasi/" not in text(page)


def test_the_city_sees_how_many_are_on_several_registers(melati, dewi, client_of):
    figure = client_of(dewi).get("/kota/").context["in_several"]
    assert (figure.value, figure.state, figure.of) == (None, "not_reported", 177)
