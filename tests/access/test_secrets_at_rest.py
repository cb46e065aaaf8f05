"""What the tables hold of people's secrets, read by raw SQL: none of it opens anything."""

import base64
import time

import pytest
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from kkmp.access.models import Device
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

COOKIE = settings.SESSION_COOKIE_NAME
LOGIN = "/akun/login/"


def signed_in(username="sari"):
    browser = Client()
    assert browser.post(LOGIN, {"login": username, "password": PASSWORD}).status_code == 302
    return browser


def every_word(*tables):
    """All that a reader of the tables could try as a cookie."""
    words = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            words += [str(value) for row in cursor.fetchall() for value in row]
    return words


def works(browser):
    return browser.get("/profil/").status_code == 200


def with_cookie(value):
    browser = Client()
    browser.cookies[COOKIE] = value
    return browser


def test_nothing_that_stands_in_the_tables_is_a_cookie(sari):
    hers = signed_in()
    hers.get("/profil/")
    words = every_word("django_session", "access_device")
    assert len(words) > 8
    assert hers.cookies[COOKIE].value not in " ".join(words)
    assert not [word for word in words if works(with_cookie(word))]
    assert works(hers)


def test_what_a_session_keeps_is_not_read_in_its_row(sari):
    hers = signed_in()
    row = Session.objects.get()
    kept = row.session_data.encode()
    readable = kept + base64.urlsafe_b64decode(kept + b"==")
    assert str(sari.pk).encode() not in readable
    assert b"_auth_user" not in readable
    assert hers.session["_auth_user_id"] == str(sari.pk)


def test_another_s_session_copied_into_one_s_own_row_signs_nobody_in(sari, tono):
    """By whoever may write into the table: the administrator of the database, not the server."""
    victim, attacker = signed_in("tono"), signed_in("sari")
    rows = {device.user_id: device.session_id for device in Device.objects.all()}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_session SET session_data = other.session_data FROM django_session other"
            " WHERE django_session.session_key = %s AND other.session_key = %s",
            [rows[sari.pk], rows[tono.pk]],
        )
        assert cursor.rowcount == 1
    assert not works(attacker)
    assert works(victim)


@pytest.mark.parametrize("made_up", ["a" * 32, "x\x00y" * 8, "é" * 32, "../" * 9, "", "'"])
def test_a_cookie_that_somebody_made_up_becomes_nobody_s_session(sari, made_up):
    browser = with_cookie(made_up)
    assert browser.get("/profil/").status_code in (302, 400)
    assert not Session.objects.exists()


def test_the_secret_of_the_second_step_is_sealed(sari):
    """While it is being set up it lies in the session, and then with the account."""
    hers = signed_in()
    hers.post("/akun/reauthenticate/", {"password": PASSWORD})
    page = hers.get("/akun/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert len(secret) == 32
    code = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
    assert secret not in " ".join(every_word("django_session"))
    assert hers.post("/akun/2fa/totp/activate/", {"code": code}).status_code == 302
    codes = hers.get("/akun/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    kept = " ".join(every_word("mfa_authenticator", "django_session"))
    assert "totp" in kept
    assert secret not in kept
    assert not [code for code in codes if code in kept]


def test_the_recovery_codes_cannot_be_worked_out_of_their_row(sari):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(sari).generate_codes()
    row = Authenticator.objects.get(user=sari)
    # The package works them out of this seed; as it stands there it gives none of them.
    seed = row.data["seed"]
    assert seed.startswith("gAAAA")
    assert not set(codes) & set(_codes_of(seed))


def _codes_of(seed):
    import hashlib
    import hmac

    digest = hmac.new(seed.encode(), msg=None, digestmod=hashlib.sha1)
    for number in range(10):
        digest.update(f"{number:3},".encode())
        yield str(int.from_bytes(digest.digest()[:4], "big") % 10**8).zfill(8)


# --- Signing out, as before -------------------------------------------------------------------


def test_signing_out_the_others_leaves_this_one(sari):
    here, elsewhere = signed_in(), signed_in()
    page = here.get("/profil/perangkat/").content.decode()
    assert page.count('data-label="Terakhir terlihat"') == 2
    assert here.post("/profil/perangkat/").status_code == 302
    assert works(here)
    assert not works(elsewhere)
    assert Session.objects.count() == Device.objects.count() == 1


def test_nobody_else_is_signed_out_with_them(sari, tono):
    his, hers = signed_in("tono"), signed_in("sari")
    hers.post("/profil/perangkat/")
    assert works(his)


def test_signing_out_ends_the_row_and_the_device(sari):
    hers = signed_in()
    key = hers.cookies[COOKIE].value
    hers.post("/akun/logout/")
    assert not works(with_cookie(key))
    assert not Session.objects.exists()
    assert not Device.objects.exists()
