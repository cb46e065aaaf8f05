"""A page names for whom it was opened; what it sends is taken from nobody else."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from kkmp.access import page_owner
from kkmp.access.models import ApiToken
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

FORM = "/profil/"


def signed_in(name: str, browser: Client | None = None) -> Client:
    browser = browser or Client(enforce_csrf_checks=True)
    browser.cookies.load({"django_language": "en"})
    page = browser.get("/akun/login/").content.decode()
    told = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token(page)}
    assert browser.post("/akun/login/", told).status_code == 302
    return browser


def token(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def owner(page: str) -> str:
    return re.search(r'name="opened_for" value="([^"]+)"', page)[1]


def filled(page: str) -> dict[str, str]:
    return {
        "name": "Kasir depan",
        "csrfmiddlewaretoken": token(page),
        "opened_for": owner(page),
    }


@pytest.fixture
def form(sari, tono):
    """Sari's form, in a browser that goes on to another's hands."""
    browser = signed_in("sari")
    page = browser.get(FORM).content.decode()
    again = {"password": PASSWORD, "csrfmiddlewaretoken": token(page)}
    assert browser.post("/akun/reauthenticate/", again).status_code == 302
    page = browser.get(FORM).content.decode()
    return browser, filled(page)


def act() -> str:
    return reverse("issue_token")


def test_the_one_it_was_opened_for_is_served(form):
    browser, told = form
    assert browser.post(act(), told).status_code == 200
    assert ApiToken.objects.get().name == "Kasir depan"


def test_what_the_first_one_opened_is_not_done_in_the_second_ones_name(form):
    browser, told = form
    del browser.cookies["sessionid"]
    signed_in("tono", browser)
    response = browser.post(act(), told, headers={"Referer": f"http://testserver{FORM}?kunci=1"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Sari" in page
    assert "Tono" in page
    # The way back leads to the form as it was opened, with its key.
    assert f'href="{FORM}?kunci=1"' in page
    assert not ApiToken.objects.exists()


def test_a_fragment_says_in_a_sentence_whose_page_it_was(sari, tono, client_of):
    headers = {"X-Opened-For": page_owner.mark(sari), "HX-Request": "true"}
    response = client_of(tono).post(act(), {"name": "x"}, headers=headers)
    assert response.status_code == 409
    assert response["Content-Type"].startswith("text/plain")
    assert "Sari" in response.content.decode()


def test_a_program_gets_a_code(sari, tono, melati, client_of):
    response = client_of(tono).post(
        "/api/v1/sales/",
        {},
        content_type="application/json",
        headers={"X-Opened-For": page_owner.mark(sari), "X-Cooperative": melati.code},
    )
    assert (response.status_code, response.json()["code"]) == (409, "opened_by_another")


def test_a_mark_that_is_not_ours_is_somebody_elses(sari, client_of):
    response = client_of(sari).post(act(), {"name": "x", "opened_for": f"{sari.pk}:forged"})
    assert response.status_code == 409
    assert not ApiToken.objects.exists()


def test_a_session_that_ended_leads_back_to_the_form(form):
    browser, told = form
    del browser.cookies["sessionid"]
    response = browser.post(act(), told, headers={"Referer": f"http://testserver{FORM}"})
    assert response["Location"] == "/akun/login/?next=%2Fprofil%2F"
    assert "nothing was saved" in browser.get(response["Location"]).content.decode()


def test_the_way_back_never_leads_to_another_site(form):
    browser, told = form
    del browser.cookies["sessionid"]
    response = browser.post(act(), told, headers={"Referer": "https://elsewhere.example/profil/"})
    assert response["Location"] == "/akun/login/?next=%2Fberanda%2F"


def test_a_token_that_no_longer_fits_is_explained(form):
    """Somebody signed in again in another window: Django would say 403 and nothing else."""
    browser, told = form
    signed_in("sari", Client())
    told["csrfmiddlewaretoken"] = "x" * 64
    response = browser.post(act(), told)
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()


def test_leaving_is_for_everybody(form):
    browser, told = form
    del browser.cookies["sessionid"]
    signed_in("tono", browser)
    page = browser.get(FORM).content.decode()
    told |= {"csrfmiddlewaretoken": token(page)}
    assert browser.post("/akun/logout/", told).status_code == 302


@pytest.mark.parametrize("name", ["agus", "dewi", "sari", "budi"])
def test_each_form_names_its_person(name, request, client_of):
    """Also those of the administration and of signing in, which are not ours."""
    person = request.getfixturevalue(name)
    pages = ["/profil/", "/akun/password/change/"] + (["/admin/"] if name == "agus" else [])
    for address in pages:
        page = client_of(person).get(address, follow=True).content.decode()
        tokens = page.count('name="csrfmiddlewaretoken"')
        assert tokens
        assert page.count(f'name="opened_for" value="{page_owner.mark(person)}"') == tokens
