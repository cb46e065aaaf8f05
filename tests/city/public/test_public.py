import pytest
from django.test import Client

from kkmp.registry.models import Regency
from tests.conftest import MONDAY


def page(client: Client, **query):
    response = client.get("/", query)
    assert response.status_code == 200
    return response


def test_everybody_sees_progress_map_and_sources(client, melati, operating, moved):
    operating(melati)
    moved(melati, MONDAY, "toko", member_turnover_idr=5, sales=1)
    shown = page(client).content.decode()
    assert 'value="1" max="177"' in shown
    assert shown.count("data-tile ") == 177
    assert "Lingkar Jateng" in shown
    assert "/akun/" in shown


def test_nobody_is_named_and_no_cooperatives_money_is_told(client, trading, moved):
    moved(trading, active_members=9)
    shown = page(client, kecamatan="33.74.11").content.decode()
    for secret in ("Ani Lestari", "3374115203900012", "Sari (rekaan)", "Budi (rekaan)"):
        assert secret not in shown


def test_few_members_are_told_as_fewer_than_five(client, trading):
    shown = page(client, kecamatan="33.74.11")
    assert dict(_members(shown))["Gedawang"] == "<5"
    assert shown.context["overview"].active_members.value is None
    assert "Rp110.000" not in shown.content.decode()


def test_a_cooperative_that_reports_nothing_is_not_zero(client, melati):
    assert dict(_members(page(client)))["Gedawang"] == ""


def _members(response):
    return [(s.kelurahan.name, members) for s, members in response.context["listed"]]


def test_a_tile_leads_to_its_line_in_the_list(client, melati):
    shown = page(client, kecamatan="33.74.11").content.decode()
    assert 'href="?kecamatan=33.74.11#k-3374111002"' in shown
    assert '<tr id="k-3374111002">' in shown


def test_no_officers_page_is_linked(client, melati):
    assert 'href="/kota/' not in page(client).content.decode()


def test_a_browser_may_keep_it_and_a_shared_cache_may_not(client, melati):
    response = page(client)
    assert "max-age=60" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_htmx_gets_the_map_alone(client, melati):
    response = client.get("/", {"kecamatan": "33.74.11"}, HTTP_HX_REQUEST="true")
    assert response.content.decode().lstrip().startswith('<section class="card mapwork" aria')


def test_it_takes_few_statements(client, melati, mawar, moved, django_assert_max_num_queries):
    moved(melati, active_members=7)
    moved(mawar, active_members=7)
    with django_assert_max_num_queries(14):
        page(client)


def test_without_a_regency_it_says_so(client, db, monkeypatch):
    monkeypatch.setattr(Regency, "objects", Regency.objects.none())
    assert page(client).templates[0].name == "city/public/no_regency.html"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, db, method):
    assert getattr(client, method)("/").status_code == 405


def test_search_engines_keep_what_is_for_everybody(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Allow: /$",
        "Allow: /gabung/",
        "Allow: /static/",
        "Disallow: /",
    ]
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
