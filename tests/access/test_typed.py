"""A page is told that what it sent was taken, and by nothing else."""

import pytest

pytestmark = pytest.mark.django_db

NAME = "0123456789abcdef01234567"
PATH = "/k/{code}/koperasi/ubah/"


def told(response):
    cookie = response.cookies.get("kkmp_saved")
    return cookie.value if cookie else None


def test_what_was_saved_is_told(budi, melati, client_of):
    answer = client_of(budi).post(PATH.format(code=melati.code), {"typed_under": NAME})
    assert answer.status_code == 302
    assert told(answer) == NAME
    assert answer.cookies["kkmp_saved"]["max-age"] == 60


def test_what_was_refused_is_not(budi, melati, client_of):
    sent = {"typed_under": NAME, "nib": "12"}
    answer = client_of(budi).post(PATH.format(code=melati.code), sent)
    assert answer.status_code == 422
    assert told(answer) is None
    # Sent once more it is the same form.
    assert f'name="kkmp-sent" content="{NAME}"' in answer.content.decode()


def test_what_was_led_to_sign_in_is_not(client, melati):
    answer = client.post(PATH.format(code=melati.code), {"typed_under": NAME})
    assert answer.status_code == 302
    assert told(answer) is None


def test_what_the_administration_shows_again_is_not(agus, client_of):
    answer = client_of(agus).post("/admin/access/user/add/", {"typed_under": NAME})
    assert answer.status_code == 200
    assert told(answer) is None


def test_a_name_that_is_none_goes_into_no_cookie(budi, melati, client_of):
    sent = {"typed_under": "a;b\r\nSet-Cookie: x=1"}
    assert told(client_of(budi).post(PATH.format(code=melati.code), sent)) is None


def test_whoever_is_not_signed_in_is_given_nothing_back(client):
    assert "data-typed-note" not in client.get("/akun/login/").content.decode()
