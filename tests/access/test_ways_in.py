"""What ends with a password, a block and a lost phone: whatever was made before opens nothing."""

import time
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Thread
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from kkmp.access.models import ApiToken, ApprovalPin, SystemEvent, User
from kkmp.access.services import accounts, pins, tokens, ways_in
from kkmp.access.staff.services import invitations
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "gerai-buka-jam-tujuh"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, CODE, CHANGE = "/akun/login/", "/akun/2fa/authenticate/", "/akun/password/change/"


def signed_in(username, password=PASSWORD):
    browser = Client()
    sent = browser.post(LOGIN, {"login": username, "password": password})
    assert sent.status_code == 302
    return browser


def works(browser):
    return browser.get("/profil/").status_code == 200


def answered(secret):
    """What the API answers to a program with a token."""
    program = Client(headers={"authorization": f"Bearer {secret}"})
    return program.get("/api/v1/members/").status_code


def another_password(user, by):
    accounts.set_password(user=user, password=NEW, at=timezone.now(), by=by, act="user.password")


def as_a_program(browser):
    return browser.get("/api/v1/members/").status_code


ALL = ["session", "token", "session as a program", "pin", "link"]


class Thief:
    """Somebody who had the password for a moment and made themselves every way back in."""

    def __init__(self, user):
        now = timezone.now()
        self.user = user
        self.browser = signed_in(user.username)
        _token, self.token = tokens.issue(user=user, name="tamu", at=now, by=user)
        pins.choose(user=user, digits="274951", at=now)
        self.link = invitations.issue(user=user, at=now, by=None)

    def open_doors(self):
        now = timezone.now()
        return [
            name
            for name, is_open in (
                ("session", works(self.browser)),
                ("token", answered(self.token) == 200),
                ("session as a program", as_a_program(self.browser) == 200),
                ("pin", ApprovalPin.objects.filter(user=self.user).exists()),
                ("link", invitations.find(secret=self.link, at=now) is not None),
            )
            if is_open
        ]


@pytest.fixture
def thief(tono):
    found = Thief(tono)
    assert found.open_doors() == ALL
    return found


def by_oneself(tono, _agus):
    browser = signed_in("tono")
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post(CHANGE, sent).status_code == 302
    assert works(browser), "who has changed it goes on"


def by_an_administrator(tono, agus):
    browser = Client()
    browser.force_login(agus, backend="django.contrib.auth.backends.ModelBackend")
    path = f"/admin/access/user/{tono.pk}/kata-sandi/"
    assert browser.post(path, {"password1": NEW, "password2": NEW}).status_code == 302


def by_a_link(tono, agus):
    secret = invitations.issue(user=tono, at=timezone.now(), by=agus)
    sent = Client().post(f"/undangan/{secret}/", {"password1": NEW, "password2": NEW})
    assert sent.status_code == 302


def by_command(_tono, _agus):
    with patch("getpass.getpass", return_value=NEW):
        call_command("changepassword", "tono", stdout=StringIO())


WAYS = [by_oneself, by_an_administrator, by_a_link, by_command]


@pytest.mark.parametrize("change", WAYS)
def test_a_new_password_ends_whatever_the_old_one_opened(change, thief, tono, agus):
    change(tono, agus)
    assert thief.open_doors() == []
    assert works(signed_in("tono", NEW))


@pytest.mark.parametrize("change", WAYS)
def test_a_new_password_is_on_record_once(change, tono, agus):
    change(tono, agus)
    named = SystemEvent.objects.filter(action__startswith="user.password", subject_id=str(tono.pk))
    assert named.count() == 1


def test_passwords_are_set_in_one_place_alone():
    """Beside it Django's own command, whose successor ends the same."""
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for app in ("kkmp", "members", "shops", "finance")
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        if ".set_password(" in path.read_text() and "accounts.set_password(" not in path.read_text()
    }
    assert found == {"kkmp/access/services/accounts.py"}


def test_nobody_else_is_touched(thief, sari, agus):
    by_an_administrator(sari, agus)
    assert thief.open_doors() == ALL


def test_a_block_that_is_lifted_revives_nothing(thief, tono, agus):
    accounts.block(user=tono, at=timezone.now(), by=agus)
    assert thief.open_doors() == []
    accounts.unblock(user=tono, by=agus)
    assert thief.open_doors() == []
    assert works(signed_in("tono"))


def test_a_sign_in_that_was_under_way_does_not_outlive_the_block(tono, agus):
    """The account was read before the block, the session is made after it."""
    before = User.objects.get(pk=tono.pk)
    accounts.block(user=tono, at=timezone.now(), by=agus)
    late = Client()
    late.force_login(before, backend="django.contrib.auth.backends.ModelBackend")
    accounts.unblock(user=tono, by=agus)
    assert not works(late)


@pytest.mark.parametrize(
    "make",
    [
        lambda user: tokens.issue(user=user, name="tamu", at=timezone.now(), by=user),
        lambda user: pins.choose(user=user, digits="274951", at=timezone.now()),
    ],
    ids=["token", "pin"],
)
def test_what_is_made_from_a_page_opened_before_is_not_made_any_more(make, tono, agus):
    before = User.objects.get(pk=tono.pk)
    another_password(tono, agus)
    with pytest.raises(ways_in.WaysInEnded):
        make(before)
    assert not ApiToken.objects.exists()
    assert not ApprovalPin.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_token_does_not_slip_through_while_the_password_is_changed(tono, agus):
    before = User.objects.get(pk=tono.pk)
    outcome = []

    def make():
        try:
            tokens.issue(user=before, name="tamu", at=timezone.now(), by=before)
        except ways_in.WaysInEnded:
            outcome.append("refused")
        finally:
            connection.close()

    with transaction.atomic():
        another_password(tono, agus)
        other = Thread(target=make)
        other.start()
        other.join(0.5)
        assert other.is_alive(), "it waits for what is being decided"
    other.join(10)
    assert outcome == ["refused"]
    assert not ApiToken.objects.filter(revoked_at=None).exists()


# --- The second step ---------------------------------------------------------------------------


def right_code():
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left)  # else it is over before it is looked at
    return auth.format_hotp_value(auth.hotp_value(SECRET, int(time.time()) // 30))


@pytest.fixture
def with_phone(tono):
    Authenticator.objects.create(user=tono, type="totp", data={"secret": encrypt(SECRET)})


def on_the_phone():
    phone = Client()
    phone.post(LOGIN, {"login": "tono", "password": PASSWORD})
    phone.post(CODE, {"code": right_code()})
    assert works(phone)
    return phone


def test_a_lost_phone_is_signed_out_with_its_codes(with_phone, tono, agus):
    phone = on_the_phone()
    accounts.forget_second_factors(user=tono, by=agus)
    assert not works(phone)
    assert works(signed_in("tono"))


@pytest.mark.parametrize(
    "meanwhile",
    [
        another_password,
        lambda tono, agus: (
            accounts.block(user=tono, at=timezone.now(), by=agus),
            accounts.unblock(user=tono, by=agus),
        ),
    ],
    ids=["another password", "a block that was lifted"],
)
def test_a_sign_in_that_waits_for_its_code_ends_too(meanwhile, with_phone, tono, agus):
    """The thief has the password and, a moment later, a code; the password is another one then."""
    thief = Client()
    thief.post(LOGIN, {"login": "tono", "password": PASSWORD})
    meanwhile(tono, agus)
    answer = thief.post(CODE, {"code": right_code()}, follow=True)
    assert not works(thief)
    assert "Masuklah sekali lagi" in answer.content.decode()
    assert not SystemEvent.objects.filter(action="session.begin").exists()


# --- Tokens ------------------------------------------------------------------------------------


def test_a_token_is_made_after_the_password_was_asked_for(tono):
    """A browser left open makes none."""
    browser = signed_in("tono")
    asked = browser.post("/profil/token/", {"name": "akuntan"})
    assert asked["Location"].startswith("/akun/reauthenticate/")
    assert not ApiToken.objects.exists()
    wrong = browser.post(asked["Location"], {"password": "salah"})
    assert wrong.status_code == 200
    assert not ApiToken.objects.exists()
    made = browser.post(asked["Location"], {"password": PASSWORD, "next": "/profil/token/"})
    secret = made.context["secret"]
    assert answered(secret) == 200


def test_one_person_has_ten_tokens_at_most(tono):
    now = timezone.now()
    made = [tokens.issue(user=tono, name=f"{n}", at=now, by=tono)[0] for n in range(10)]
    with pytest.raises(tokens.TokenRefused):
        tokens.issue(user=tono, name="sebelas", at=now, by=tono)
    with pytest.raises(CommandError):
        call_command("api_token", "tono", stdout=StringIO(), stderr=StringIO())
    tokens.revoke(token=made[0], at=now, by=tono)
    tokens.issue(user=tono, name="sebelas", at=now, by=tono)
    later = now + timedelta(days=90)
    tokens.issue(user=tono, name="triwulan depan", at=later, by=tono)


def test_no_token_lives_longer_than_ninety_days(tono):
    now = timezone.now()
    token, _secret = tokens.issue(user=tono, name="akuntan", at=now, by=tono)
    assert token.expires_at - now == timedelta(days=90)
