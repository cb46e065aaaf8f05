"""Guessing at accounts: shut where it is done, counted where nobody pushes it out, on record."""

import time
import zlib
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import encrypt
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from kkmp.access.models import SystemEvent, Tries
from kkmp.access.services import accounts, sign_in_tries, tries
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

LOGIN, CODE, AGAIN = "/akun/login/", "/akun/2fa/authenticate/", "/akun/reauthenticate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WAIT = "Terlalu banyak"


def at(address):
    return Client(REMOTE_ADDR=address)


def sign_in(browser, password=PASSWORD, name="tono"):
    return browser.post(LOGIN, {"login": name, "password": password})


def is_in(browser):
    return browser.get("/profil/").status_code == 200


def guess(address, times, name="tono"):
    """The answer to the last of so many wrong passwords, each of a browser that knows nothing."""
    for number in range(times):
        answer = sign_in(at(address), f"tebakan-{number}", name)
    return answer.content.decode()


def code(is_right=True):
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left)  # else it is over before it is looked at
    counter = int(time.time()) // 30
    if is_right:
        return auth.format_hotp_value(auth.hotp_value(SECRET, counter))
    near = {auth.format_hotp_value(auth.hotp_value(SECRET, counter + n)) for n in range(-2, 3)}
    return next(each for n in range(9) if (each := f"{n:06d}") not in near)


@pytest.fixture
def with_phone(tono):
    return Authenticator.objects.create(user=tono, type="totp", data={"secret": encrypt(SECRET)})


# --- One address, many addresses, one's own browser ---------------------------------------------


def test_five_wrong_passwords_shut_that_address_and_no_other(tono):
    """A stranger had but to type five to keep the treasurer out wherever he was."""
    assert WAIT not in guess("203.0.113.5", 5)
    stranger = at("203.0.113.5")
    assert WAIT in sign_in(stranger).content.decode()
    assert not is_in(stranger)
    owner = at("198.51.100.9")
    sign_in(owner)
    assert is_in(owner)


def test_it_opens_again_by_itself(tono):
    guess("203.0.113.5", 5)
    later = timezone.now() + timedelta(minutes=10, seconds=1)
    asked = sign_in_tries.Asking("tono", tono, "203.0.113.5", None)
    with pytest.raises(tries.TooManyTries):
        sign_in_tries.begin(asked, sign_in_tries.PASSWORD, at=later - timedelta(seconds=30))
    sign_in_tries.begin(asked, sign_in_tries.PASSWORD, at=later)


def test_guessing_from_many_addresses_is_bounded(tono):
    """Each address has five; fifty of all are the end, from whichever the next one comes."""
    for number in range(10):
        guess(f"203.0.113.{number}", 5)
    late = at("198.51.100.77")
    assert WAIT in sign_in(late).content.decode()
    assert not is_in(late)


def test_the_browser_that_the_owner_uses_is_not_shut_by_them(tono):
    own = at("198.51.100.9")
    sign_in(own)
    own.post("/akun/logout/")
    for number in range(10):
        guess(f"203.0.113.{number}", 5)
    guess("198.51.100.9", 6)
    sign_in(own)
    assert is_in(own)


def test_the_cookie_of_a_known_browser_is_no_free_pass(tono):
    """Whoever has taken it guesses five times, like everybody; and it knows one account."""
    own = at("198.51.100.9")
    sign_in(own)
    taken = own.cookies["kkmp_known"].value
    thief = at("203.0.113.5")
    thief.cookies["kkmp_known"] = taken
    for number in range(5):
        sign_in(thief, f"tebakan-{number}")
    assert WAIT in sign_in(thief).content.decode()
    assert "tono" not in taken
    assert str(tono.pk) not in taken


def test_a_cookie_that_somebody_made_is_nothing(tono):
    for made_up in ("", "x", "e30:forged", '{"a":"b"}'):
        browser = at("203.0.113.5")
        browser.cookies["kkmp_known"] = made_up
        sign_in(browser)
        assert is_in(browser)


def test_many_accounts_are_not_guessed_at_from_one_address(tono, sari):
    """One password tried with every name."""
    # Fifty tries; of twenty names some are counted with another one, and no further try then.
    for number in range(20):
        guess("203.0.113.5", 5, name=f"orang.{number}")
    assert WAIT in sign_in(at("203.0.113.5"), name="sari").content.decode()
    assert WAIT not in sign_in(at("203.0.113.6"), name="sari").content.decode()


def test_a_name_that_is_nobody_s_is_answered_like_one_that_is(tono):
    """Else trying six passwords would tell who has an account."""
    somebody = [guess("203.0.113.5", 1) for _each in range(6)]
    nobody = [guess("203.0.113.6", 1, name="bukan.siapa") for _each in range(6)]
    assert [WAIT in page for page in somebody] == [WAIT in page for page in nobody]
    assert WAIT in somebody[-1]


def test_nobody_chooses_a_name_that_is_counted_with_another_one(db):
    """Five tries with such a name would tell of the other whether it is somebody's."""

    def number(name):
        return zlib.crc32(name.encode()) % 64

    answers = []
    for place, asked in enumerate(("kasir.satu", "kasir.dua", "kasir.tiga", "kasir.empat")):
        beside = next(n for at in range(10_000) if number(n := f"rekaan.{at}") == number(asked))
        guess(f"203.0.113.{place}", 5, name=beside)
        answers.append(WAIT in guess(f"203.0.113.{place}", 1, name=asked))
    assert not all(answers)


def test_a_new_password_opens_what_others_have_shut(tono, agus):
    for number in range(10):
        guess(f"203.0.113.{number}", 5)
    accounts.set_password(
        user=tono, password="baru-dan-lain-2026", at=timezone.now(), by=agus, act="user.password"
    )
    browser = at("198.51.100.77")
    sign_in(browser, "baru-dan-lain-2026")
    assert is_in(browser)


# --- Where it is counted -------------------------------------------------------------------------


def test_strangers_cannot_push_the_count_out(tono):
    """The cache kept three hundred rows: names that nobody has pushed out the account's count."""
    guess("203.0.113.5", 5)
    for number in range(400):
        cache.set(f"pushing-{number}", 1)
    cache.clear()
    assert WAIT in sign_in(at("203.0.113.5")).content.decode()


def test_names_that_nobody_has_make_few_rows(tono):
    for number in range(40):
        sign_in_tries.begin(
            sign_in_tries.Asking(f"tak-ada-{number}", None, f"203.0.113.{number % 2}", None),
            sign_in_tries.PASSWORD,
            at=timezone.now(),
        )
    rows = Tries.objects.filter(kind__startswith="password_")
    assert rows.filter(kind="password_everywhere").count() <= 64
    names = {sign_in_tries.Asking(f"tak-ada-{n}", None, "203.0.113.1", None) for n in range(5000)}
    assert len({str(asked.keys(sign_in_tries.PASSWORD)[0]) for asked in names}) <= 64


def test_the_night_forgets_what_is_over(tono):
    guess("203.0.113.5", 3)
    assert Tries.objects.exists()
    Tries.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    call_command("forget_tries")
    assert not Tries.objects.exists()


def test_signing_in_leaves_no_name_and_no_address_in_the_table(tono):
    guess("203.0.113.5", 2)
    kept = repr(list(Tries.objects.values_list()))
    assert "tono" not in kept
    assert "203.0.113" not in kept


# --- The other secrets of an account -----------------------------------------------------------


def test_wrong_codes_of_a_stranger_do_not_shut_out_the_owner(tono, with_phone):
    stranger = at("203.0.113.5")
    sign_in(stranger)
    for _each in range(5):
        stranger.post(CODE, {"code": code(is_right=False)})
    assert WAIT in stranger.post(CODE, {"code": code()}).content.decode()
    assert not is_in(stranger)
    owner = at("198.51.100.9")
    sign_in(owner)
    owner.post(CODE, {"code": code()})
    assert is_in(owner)


def test_codes_are_bounded_from_all_addresses_together(tono, with_phone):
    for number in range(4):
        stranger = at(f"203.0.113.{number}")
        sign_in(stranger)
        for _each in range(5):
            stranger.post(CODE, {"code": code(is_right=False)})
    late = at("198.51.100.77")
    sign_in(late)
    assert WAIT in late.post(CODE, {"code": code()}).content.decode()


def test_a_code_works_once(tono, with_phone):
    first, second = at("198.51.100.9"), at("198.51.100.9")
    sign_in(first)
    sign_in(second)
    same = code()
    first.post(CODE, {"code": same})
    second.post(CODE, {"code": same})
    assert is_in(first)
    assert not is_in(second)


@pytest.mark.parametrize(
    ("address", "box"), [(AGAIN, "password"), ("/akun/password/change/", "oldpassword")]
)
def test_a_session_left_open_does_not_guess_the_password(address, box, tono):
    browser = at("198.51.100.9")
    sign_in(browser)
    new = {"password1": "baru-dan-lain-2026", "password2": "baru-dan-lain-2026"}
    for number in range(5):
        browser.post(address, new | {box: f"tebakan-{number}"})
    answer = browser.post(address, new | {box: PASSWORD})
    assert WAIT in answer.content.decode()
    tono.refresh_from_db()
    assert tono.check_password(PASSWORD)
    refused = SystemEvent.objects.filter(action="session.refuse", subject_id=str(tono.pk))
    assert refused.count() == 6


MADE_UP = [
    '{"id": "x", "response": {}}', "{}", "[]", "7", '"x"', "null", '{"id": null, "rawId": null}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "clientExtensionResults": {}, "response": '
    '{"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA"}}',
]  # fmt: skip


@pytest.mark.parametrize("made_up", MADE_UP)
def test_a_passkey_that_is_made_up_is_refused_in_words(made_up, tono, with_phone):
    browser = Client(REMOTE_ADDR="203.0.113.5", raise_request_exception=False)
    sign_in(browser)
    assert browser.post(CODE, {"credential": made_up}).status_code == 200
    assert not is_in(browser)
    sign_in(browser)
    browser.post(CODE, {"code": code()})
    browser.post(AGAIN, {"password": PASSWORD})
    added = browser.post("/akun/2fa/webauthn/add/", {"name": "HP", "credential": made_up})
    assert added.status_code == 200


def test_a_passkey_that_does_not_fit_is_on_record(tono, with_phone):
    browser = at("203.0.113.5")
    sign_in(browser)
    browser.post(CODE, {"credential": MADE_UP[0]})
    event = SystemEvent.objects.get(action="session.refuse")
    assert (event.subject_id, event.details) == (str(tono.pk), {"wrong": "passkey"})
    assert not is_in(browser)


def test_what_was_refused_unread_is_on_record_too(tono):
    guess("203.0.113.5", 6)
    assert SystemEvent.objects.filter(action="session.refuse").count() == 6


def test_a_blocked_account_that_is_asked_for_is_on_record(tono, agus):
    accounts.block(user=tono, at=timezone.now(), by=agus)
    browser = at("203.0.113.5")
    sign_in(browser)
    assert not is_in(browser)
    event = SystemEvent.objects.get(action="session.refuse")
    assert (event.subject_id, event.details) == (str(tono.pk), {"wrong": "blocked"})
