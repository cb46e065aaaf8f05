"""One's own pages: signing in, the choice of places, the profile and its API keys."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kkmp.access.models import ApiToken, SystemEvent, User
from kkmp.access.permissions import Role
from kkmp.access.services import roles, tokens
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_who_works_in_one_place_goes_straight_there(sari, melati, client_of):
    response = client_of(sari).get("/beranda/")
    assert response["Location"] == f"/k/{melati.code}/"


def test_who_works_in_several_places_chooses(sari, melati, mawar, client_of):
    roles.grant(user=sari, role=Role.CASHIER, cooperative=mawar, by=None)
    response = client_of(sari).get("/beranda/")
    assert melati.name in response.content.decode()
    assert mawar.name in response.content.decode()


def test_two_roles_in_one_place_are_one_place(sari, melati, client_of):
    roles.grant(user=sari, role=Role.TREASURER, cooperative=melati, by=None, is_meant=True)
    assert client_of(sari).get("/beranda/").status_code == 302


def test_a_sign_in_is_on_record_and_a_wrong_password_is_not_one(sari):
    browser = Client()
    browser.post("/akun/login/", {"login": "sari", "password": "salah"})
    assert not SystemEvent.objects.filter(action="session.begin").exists()
    browser.post("/akun/login/", {"login": "sari", "password": PASSWORD})
    assert SystemEvent.objects.get(action="session.begin").actor == sari


def test_a_sign_in_writes_no_table_that_all_cooperatives_share(sari):
    """Their rows point at these: where tables are spread, each machine has a copy to be written."""
    browser = Client()
    with CaptureQueriesContext(connection) as asked:
        assert (
            browser.post("/akun/login/", {"login": "sari", "password": PASSWORD}).status_code == 302
        )
        assert browser.get("/beranda/").status_code == 302
    written = {
        match[1]
        for query in asked.captured_queries
        if (match := re.match(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', query["sql"]))
    }
    assert "django_session" in written
    assert not written & shared_tables()


def shared_tables() -> set[str]:
    """The tables of no cooperative that keys of tenant tables lead to, directly or further."""
    waiting: list[type[Model]] = [m for m in apps.get_models() if issubclass(m, TenantModel)]
    found: set[type[Model]] = set()
    while waiting:
        for field in waiting.pop()._meta.local_fields:
            target = field.related_model
            if target and not issubclass(target, TenantModel) and target not in found:
                found.add(target)
                waiting.append(target)
    assert {User, Cooperative} <= found
    return {model._meta.db_table for model in found}


def test_the_description_of_the_api_has_nothing_inline(db):
    page = Client().get("/api/v1/")
    assert page.status_code == 200
    assert b"<style" not in page.content
    assert b"<script>" not in page.content


def known_again(browser):
    """Whose password has just been asked once more."""
    assert browser.post("/akun/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return browser


def test_a_key_is_shown_once_and_kept_as_a_digest(sari, client_of):
    browser = known_again(client_of(sari))
    secret = browser.post("/profil/token/", {"name": "akuntan"}).context["secret"]
    token = ApiToken.objects.get()
    assert secret not in browser.get("/profil/").content.decode()
    assert secret not in (token.digest, token.name)
    assert tokens.find(secret=secret, at=timezone.now()) == token


def test_a_key_without_a_name_is_asked_for_one(sari, client_of):
    browser = known_again(client_of(sari))
    assert browser.post("/profil/token/", {"name": ""}).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_revoked_key_stops_at_once(sari, client_of):
    browser = client_of(sari)
    token, secret = tokens.issue(user=sari, name="x", at=timezone.now(), by=sari)
    browser.post(f"/profil/token/{token.id}/cabut/")
    browser.post(f"/profil/token/{token.id}/cabut/")
    assert tokens.find(secret=secret, at=timezone.now()) is None
    assert SystemEvent.objects.filter(action="token.revoke").count() == 1


def test_another_persons_key_is_not_found(sari, joko, client_of):
    token, _secret = tokens.issue(user=joko, name="x", at=timezone.now(), by=joko)
    assert client_of(sari).post(f"/profil/token/{token.id}/cabut/").status_code == 404


def test_an_expired_key_no_longer_works(sari):
    now = timezone.now()
    _token, secret = tokens.issue(user=sari, name="x", at=now, by=sari)
    assert tokens.find(secret=secret, at=now + tokens.LIFETIME - timedelta(seconds=1))
    assert tokens.find(secret=secret, at=now + tokens.LIFETIME) is None


def test_a_key_of_somebody_who_was_switched_off_no_longer_works(sari):
    _token, secret = tokens.issue(user=sari, name="x", at=timezone.now(), by=sari)
    sari.is_active = False
    sari.save()
    assert tokens.find(secret=secret, at=timezone.now()) is None


def test_the_server_says_that_it_lives(db):
    assert Client().get("/healthz").content == b"ok"


def test_a_page_below_the_home_does_not_light_the_home(budi, tono, melati, client_of):
    """Unless it is the home itself; the files that one has made lie below the exports."""

    def lit(user, address):
        page = client_of(user).get(f"/k/{melati.code}/{address}")
        return [item["url"] for item in page.context["shell"]["nav"] if item["active"]]

    home, exports = f"/k/{melati.code}/", f"/k/{melati.code}/ekspor/catatan/"
    assert lit(budi, "") == [home]
    assert lit(budi, "ekspor/") == [exports]
    # The treasurer has no such entry: then none is lit.
    assert lit(tono, "ekspor/") == []
