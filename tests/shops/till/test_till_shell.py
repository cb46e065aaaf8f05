"""The till's page without data: the same for everyone, with a door of its own for what is told."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from kkmp.access.permissions import Role
from kkmp.access.services import roles
from shops.till import shell as till_shell


def test_it_is_the_same_for_everyone(client_of, sari, joko, shop):
    nobodys = Client().get("/kasir/").content
    assert b"<title>Kasir" in nobodys
    for client, query in (
        (client_of(sari), {"koperasi": shop.cooperative.code}),
        (client_of(joko), {"koperasi": "tidak-ada", "unit": "gerai"}),
    ):
        assert client.get("/kasir/", query).content == nobodys


def test_it_holds_nothing_of_a_cooperative_or_a_person(client_of, sari, shop):
    page = client_of(sari).get(f"/kasir/?koperasi={shop.cooperative.code}").content.decode()
    for private in (shop.cooperative.code, shop.cooperative.name, "Gula", "sari", "csrfmiddleware"):
        assert private not in page


def test_it_asks_no_database_and_leaves_no_cookie(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/kasir/")
    assert not response.cookies
    assert not {"Cookie", "Accept-Language"} & set(response.get("Vary", "").split(", "))


def test_its_language_is_of_its_address_and_not_of_the_browser(db):
    pages = [Client().get("/kasir/", HTTP_ACCEPT_LANGUAGE=language) for language in ("id", "en-US")]
    assert pages[0].content == pages[1].content
    again = Client().get("/kasir/", HTTP_IF_NONE_MATCH=pages[0]["ETag"])
    for page in (*pages, again):
        assert page["Content-Language"] == "id"
        assert "Accept-Language" not in page.get("Vary", "")


def test_a_browser_that_has_it_is_told_so(db):
    response = Client().get("/kasir/")
    assert set(response["Cache-Control"].split(", ")) == {"public", "no-cache"}
    again = Client().get("/kasir/", HTTP_IF_NONE_MATCH=response["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    # A browser takes the policy of the answer that it got last.
    assert "wasm-unsafe-eval" in again["Content-Security-Policy"]
    assert Client().get("/kasir/en/")["ETag"] != response["ETag"]


@pytest.mark.parametrize(("path", "language"), [("/kasir/", "id"), ("/kasir/en/", "en")])
@pytest.mark.parametrize("preferred", ["id", "en"])
def test_its_language_is_that_of_the_address(db, path, language, preferred):
    response = Client().get(path, HTTP_ACCEPT_LANGUAGE=preferred)
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()


def test_it_links_every_module_that_the_till_imports(db):
    page = Client().get("/kasir/").content.decode()
    linked = set(re.findall(r'rel="modulepreload" href="(/static/[^"]+)"', page))
    waiting, needed = ["/static/kkmp/js/main.js", "/static/kkmp/js/till/till.js"], set()
    while waiting:
        address = waiting.pop()
        if address in needed:
            continue
        needed.add(address)
        text = Path(finders.find(address.removeprefix("/static/"))).read_text(encoding="utf-8")
        imported = re.findall(r'^import .*"(\..+)";$', text, re.MULTILINE)
        waiting += [urljoin(address, each) for each in imported]
    assert len(needed) > 25
    assert needed <= linked


def test_while_developing_it_is_drawn_anew(settings, monkeypatch):
    kept = till_shell.page("id")
    settings.DEBUG = True
    monkeypatch.setattr(till_shell, "words", lambda: {"all": "SEMUANYA"})
    assert b"SEMUANYA" in till_shell.page("id").content
    assert b"SEMUANYA" not in kept.content


def test_there_is_an_address_for_every_language():
    assert [till_shell.address(code) for code, _name in settings.LANGUAGES] == [
        "/kasir/",
        "/kasir/en/",
    ]


# --- Where somebody may sell ------------------------------------------------------------------


def places(client):
    return client.get(reverse("till:places")).json()["places"]


def test_a_cashier_sells_in_one_place(client_of, sari, melati):
    assert places(client_of(sari)) == [{"code": melati.code, "name": melati.name}]


def test_whoever_sells_in_two_places_is_told_of_both(client_of, sari, melati, mawar, agus):
    roles.grant(user=sari, role=Role.CASHIER, cooperative=mawar, by=agus)
    assert {place["code"] for place in places(client_of(sari))} == {melati.code, mawar.code}


@pytest.mark.parametrize("person", ["wati", "rini", "dewi"])
def test_whoever_may_not_sell_is_told_of_none(request, client_of, person):
    assert places(client_of(request.getfixturevalue(person))) == []


def test_the_places_are_not_told_to_strangers(db):
    assert Client().get(reverse("till:places")).status_code == 302
