from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from kkmp.city.figures.queries.overview import WITHHELD
from kkmp.lib.identity import Nik
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from kkmp.registry.services import identity_marks
from tests.conftest import MONDAY

PROGRESS = "/api/v1/city/progress/"
FIGURES = "/api/v1/city/figures/"


def read(client: APIClient, address: str, **query):
    response = client.get(address, query)
    assert response.status_code == 200, response.content
    return response.json()


def test_everybody_reads_progress(melati, operating, moved):
    operating(melati)
    moved(melati, MONDAY, active_members=7, principal_idr=700_000, mandatory_idr=70_000)
    moved(melati, MONDAY, "toko", member_turnover_idr=5_000, sales=1)
    answer = read(APIClient(), PROGRESS)
    assert answer["regency"] == {
        "code": "33.74",
        "name": "Kota Semarang",
        "province": "Jawa Tengah",
    }
    assert (answer["target"], answer["as_of"]) == (177, "2026-11-23")
    counts = {line["stage"]: line["count"] for line in answer["stages"]}
    assert (counts["operating"], counts["none"], len(counts)) == (1, 176, 9)
    figures = answer["figures"]
    assert figures["operating"]["value"] == figures["operating_active"]["value"] == 1
    assert figures["active_members"]["value"] == 7
    assert figures["members_capital_idr"]["value"] == 770_000
    assert figures["turnover_month_idr"]["value"] == 5_000


def test_each_figure_has_source_day_and_coverage(melati, moved):
    moved(melati, active_members=7)
    figure = read(APIClient(), PROGRESS)["figures"]["active_members"]
    assert figure["source"]
    assert figure["coverage"]
    assert (figure["as_of"], figure["state"]) == ("2026-11-23", "reported")
    assert (figure["reporting"], figure["of"]) == (1, 177)


def test_each_stage_has_source_day_and_coverage(melati, operating):
    operating(melati)
    stages = read(APIClient(), PROGRESS)["stages"]
    assert {(line["as_of"], line["coverage"]) for line in stages} == {
        ("2026-11-23", "177 dari 177 mencatat di sistem ini")
    }
    assert all(line["source"] for line in stages)


def test_what_the_dinas_verified_does_not_come_from_the_books(melati, operating):
    operating(melati)
    figures = read(APIClient(), PROGRESS)["figures"]
    sources = [figures[name]["source"] for name in ("operating", "active_members")]
    assert sources[0] != sources[1]


def test_nothing_reported_is_null_and_not_zero(melati):
    figure = read(APIClient(), PROGRESS)["figures"]["members_capital_idr"]
    assert (figure["value"], figure["state"]) == (None, "not_reported")


def test_few_people_are_withheld(melati, moved):
    moved(melati, active_members=4, principal_idr=400_000)
    figures = read(APIClient(), PROGRESS)["figures"]
    for name in ("active_members", "members_capital_idr"):
        assert (figures[name]["value"], figures[name]["state"]) == (None, WITHHELD)


def test_published_figures_stand_apart(melati):
    reported = read(APIClient(), PROGRESS)["reported"]
    disputed = [line for line in reported if line["is_disputed"]]
    assert {line["value"] for line in disputed} == {4_500, 448_000_000}
    assert {line["state"] for line in reported} == {"reported", "not_reported", "unknown"}


def test_it_may_be_kept_for_a_minute(db):
    response = APIClient().get(PROGRESS)
    assert "public" in response["Cache-Control"]
    assert "max-age=60" in response["Cache-Control"]


def test_an_unknown_regency_is_not_found(db):
    response = APIClient().get(PROGRESS, {"regency": "99.99"})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_an_officer_reads_each_kecamatan_and_cooperative(melati, dewi, api_of, moved):
    moved(melati, active_members=4)
    answer = read(api_of(dewi), FIGURES)
    assert (len(answer["kecamatan"]), len(answer["cooperatives"])) == (16, 177)
    gedawang = next(c for c in answer["cooperatives"] if c["code"] == melati.code)
    assert (gedawang["active_members"], gedawang["stage"]) == (4, "none")
    empty = next(c for c in answer["cooperatives"] if c["kelurahan"] == "Tandang")
    assert (empty["code"], empty["active_members"]) == (None, None)


def test_figures_of_one_kecamatan(melati, dewi, api_of):
    answer = read(api_of(dewi), FIGURES, kecamatan="33.74.11")
    assert [k["name"] for k in answer["kecamatan"]] == ["Banyumanik"]
    assert len(answer["cooperatives"]) == 11


def test_figures_are_not_for_everybody(melati, budi, api_of):
    assert APIClient().get(FIGURES).status_code in (401, 403)
    assert api_of(budi).get(FIGURES).status_code == 404


def test_a_mentor_reads_them_too(bayu, api_of):
    assert api_of(bayu).get(FIGURES).status_code == 200


@pytest.mark.parametrize("address", [PROGRESS, FIGURES])
def test_they_take_few_statements(address, melati, dewi, api_of, django_assert_max_num_queries):
    client = api_of(dewi)
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)


# --- People on several registers -------------------------------------------------------------


@pytest.fixture
def shared(melati: Cooperative, mawar: Cooperative) -> Callable[[int], None]:
    """So many people are on both registers."""

    def share(people: int) -> None:
        niks = [Nik(f"337411520390{serial:04d}") for serial in range(1, people + 1)]
        for cooperative in (melati, mawar):
            with scope.cooperative(cooperative.pk):
                identity_marks.keep(cooperative=cooperative, niks=niks)

    return share


@pytest.mark.parametrize(
    ("people", "value", "state"), [(1, None, WITHHELD), (4, None, WITHHELD), (5, 5, "reported")]
)
def test_everybody_learns_of_several_people_and_not_of_a_few(shared, people, value, state):
    shared(people)
    figure = read(APIClient(), PROGRESS)["in_several"]
    assert (figure["value"], figure["state"]) == (value, state)
    assert (figure["reporting"], figure["of"]) == (2, 177)


def test_without_any_register_it_is_not_reported(melati):
    figure = read(APIClient(), PROGRESS)["in_several"]
    assert (figure["value"], figure["state"]) == (None, "not_reported")


def test_nobody_on_several_registers_is_zero(melati):
    with scope.cooperative(melati.pk):
        identity_marks.keep(cooperative=melati, niks=[Nik("3374115203900001")])
    figure = read(APIClient(), PROGRESS)["in_several"]
    assert (figure["value"], figure["state"]) == (0, "reported")


def test_the_city_learns_of_each(shared, dewi, api_of):
    shared(1)
    for query in ({}, {"kecamatan": "33.74.11"}):
        figure = read(api_of(dewi), FIGURES, **query)["in_several"]
        assert (figure["value"], figure["reporting"], figure["of"]) == (1, 2, 177)
