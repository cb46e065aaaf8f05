"""Approving by PIN: who may, what is too easy, and that guessing rests."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from kkmp.access.models import ApprovalPin, SystemEvent, User
from kkmp.access.permissions import Permission
from kkmp.access.services import pins, tries
from kkmp.access.services.pins import PinRefused

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def chosen(budi):
    pins.choose(user=budi, digits="482915", at=NOW)
    return budi


def approve(melati, digits="482915", username="budi", at=NOW):
    return pins.approve(
        cooperative=melati,
        username=username,
        digits=digits,
        permission=Permission.SALES_APPROVE,
        at=at,
        by=User.objects.get(username="budi"),
    )


def refused(words, call):
    with pytest.raises(PinRefused, match=words):
        call()


def test_the_right_pin_approves(melati, chosen):
    assert approve(melati) == chosen
    assert approve(melati, username=" BUDI ") == chosen


def test_the_pin_is_kept_as_a_hash_and_its_choice_is_on_record(chosen):
    pin = ApprovalPin.objects.get(user=chosen)
    assert "482915" not in pin.digest
    assert SystemEvent.objects.filter(action="pin.choose", actor=chosen).exists()


@pytest.mark.parametrize("digits", ["12345", "1234567", "12345a", "٤٨٢٩١٥", ""])
def test_a_pin_has_six_digits(budi, digits):
    refused("has 6 digits", lambda: pins.choose(user=budi, digits=digits, at=NOW))


@pytest.mark.parametrize("digits", ["111111", "121212", "123456", "654321", "012345"])
def test_a_pin_is_not_easy_to_guess(budi, digits):
    refused("too easy", lambda: pins.choose(user=budi, digits=digits, at=NOW))


def test_a_wrong_pin_is_refused(melati, chosen):
    refused("not the PIN of Budi", lambda: approve(melati, "482916"))


def test_whoever_has_no_pin_or_no_right_approves_nothing(melati, mawar, chosen, sari, joko, wati):
    refused("may not approve this here", lambda: approve(melati, username="sari"))
    refused("may not approve this here", lambda: approve(melati, username="wati"))
    refused("may not approve this here", lambda: approve(melati, username="siapa"))
    refused("may not approve this here", lambda: approve(mawar))
    refused("has no PIN yet", lambda: approve(mawar, username="joko"))


def test_somebody_who_left_approves_nothing(melati, chosen):
    chosen.is_active = False
    chosen.save()
    refused("may not approve this here", lambda: approve(melati))


def test_after_five_wrong_tries_it_rests(melati, chosen):
    for _try in range(pins.MOST_FAILURES):
        refused("not the PIN", lambda: approve(melati, "000000"))
    refused("Too many wrong tries. Try again in 10 minutes", lambda: approve(melati))
    assert approve(melati, at=NOW + timedelta(minutes=10)) == chosen


def test_a_right_try_forgets_the_wrong_ones(melati, chosen):
    for _try in range(pins.MOST_FAILURES - 1):
        refused("not the PIN", lambda: approve(melati, "000000"))
    approve(melati)
    refused("not the PIN", lambda: approve(melati, "000000"))
    assert tries.state(pins.PIN.key(chosen.pk), at=NOW).failures == 1


def test_another_pin_begins_anew(melati, chosen):
    for _try in range(pins.MOST_FAILURES):
        refused("not the PIN", lambda: approve(melati, "000000"))
    pins.choose(user=chosen, digits="739104", at=NOW)
    assert approve(melati, "739104") == chosen
