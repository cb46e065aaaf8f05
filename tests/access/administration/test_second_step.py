"""The second step of signing in: wrong codes are on record, and many of them shut the door."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import encrypt

from kkmp.access.models import SystemEvent
from tests.conftest import PASSWORD


@pytest.fixture
def with_phone(sari):
    """Sari's second step is an app on her phone; the secret of its codes."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=sari, type="totp", data={"secret": encrypt(secret)})
    return secret


def _code(secret, *, is_right):
    counter = int(time.time()) // 30
    near = {auth.format_hotp_value(auth.hotp_value(secret, counter + n)) for n in range(-2, 3)}
    if is_right:
        return auth.format_hotp_value(auth.hotp_value(secret, counter))
    return next(code for n in range(9) if (code := f"{n:06d}") not in near)


def test_a_wrong_code_is_a_failed_sign_in(client, sari, with_phone, agus_browses):
    client.post("/akun/login/", {"login": "sari", "password": PASSWORD})
    client.post("/akun/2fa/authenticate/", {"code": _code(with_phone, is_right=False)})
    event = SystemEvent.objects.get(action="session.refuse")
    assert (event.subject_id, event.actor) == (str(sari.pk), None)
    assert event.details == {"wrong": "code"}
    trail = agus_browses.get("/admin/access/systemevent/?act=session.refuse")
    (shown,) = trail.context["cl"].result_list
    assert shown.described.text.startswith("Somebody failed to sign in as")
    assert shown.described.text.endswith("wrong code of the two-step verification")
    assert "_auth_user_id" not in client.session


def test_after_many_wrong_codes_the_right_one_waits_too(client, sari, with_phone):
    client.post("/akun/login/", {"login": "sari", "password": PASSWORD})
    for _each in range(5):
        client.post("/akun/2fa/authenticate/", {"code": _code(with_phone, is_right=False)})
    answer = client.post("/akun/2fa/authenticate/", {"code": _code(with_phone, is_right=True)})
    assert "Terlalu banyak" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert SystemEvent.objects.filter(action="session.refuse").count() == 5
    assert not SystemEvent.objects.filter(action="session.begin").exists()


def test_the_right_code_signs_in_and_leaves_no_failure(client, sari, with_phone):
    client.post("/akun/login/", {"login": "sari", "password": PASSWORD})
    client.post("/akun/2fa/authenticate/", {"code": _code(with_phone, is_right=True)})
    assert client.session["_auth_user_id"] == str(sari.pk)
    assert not SystemEvent.objects.filter(action="session.refuse").exists()
