"""The PIN that approves at somebody else's screen: chosen after the password, hard to guess."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kkmp.access.models import ApprovalPin, SystemEvent
from kkmp.access.services import pins, tries
from tests.conftest import PASSWORD

PIN = "284915"


def known_again(browser):
    """Whose password has just been asked once more."""
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


@pytest.fixture
def budis(client_of, budi):
    return known_again(client_of(budi))


def choose(browser, pin=PIN, again=PIN):
    return browser.post(reverse("approval_pin"), {"pin": pin, "again": again})


def test_whoever_approves_chooses_one_on_the_profile(budis, budi):
    assert reverse("approval_pin") in budis.get(reverse("profile")).content.decode()
    assert choose(budis)["Location"] == reverse("profile")
    assert ApprovalPin.objects.get(user=budi).digest != PIN
    assert "chosen on" in budis.get(reverse("profile")).content.decode()
    assert SystemEvent.objects.filter(action="pin.choose", actor=budi).count() == 1


def test_the_password_is_asked_before(client_of, budi):
    answer = choose(client_of(budi))
    assert reverse("account_reauthenticate") in answer["Location"]
    assert not ApprovalPin.objects.exists()


def test_a_cashier_has_none(client_of, sari):
    browser = known_again(client_of(sari))
    assert reverse("approval_pin") not in browser.get(reverse("profile")).content.decode()
    assert choose(browser).status_code == 403


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [
        ("28491", "28491", "A PIN has 6 digits."),
        ("28491x", "28491x", "A PIN has 6 digits."),
        ("111111", "111111", "too easy to guess"),
        ("123456", "123456", "too easy to guess"),
        (PIN, "284916", "not the same PIN"),
    ],
)
def test_a_pin_that_will_not_do_is_refused_in_words(budis, pin, again, said):
    answer = choose(budis, pin, again)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert pin not in answer.content.decode()


def test_choosing_another_forgets_wrong_tries(budis, budi):
    choose(budis)
    tries.begin(pins.PIN.key(budi.pk), at=timezone.now())
    choose(budis, "593817", "593817")
    assert tries.state(pins.PIN.key(budi.pk), at=timezone.now()).failures == 0


def test_judging_a_pin_within_a_cooperatives_transaction_is_a_fault(budi, in_melati):
    pins.choose(user=budi, digits=PIN, at=timezone.now())
    with pytest.raises(RuntimeError, match="durable"):
        pins.approve(
            cooperative=in_melati,
            username="budi",
            digits=PIN,
            permission=pins.Permission.SALES_APPROVE,
            at=timezone.now(),
            by=budi,
        )
