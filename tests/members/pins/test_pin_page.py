"""The page at the desk on which a member's PIN is set."""

import pytest
from django.urls import reverse

from kkmp.registry import scope
from members.models import MemberPin
from tests.shops.conftest import shop  # noqa: F401

PIN = "482915"


@pytest.fixture
def rinis(client_of, rini):
    return english(client_of(rini))


def english(browser):
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def address(shop, name="pin"):  # noqa: F811
    return reverse(f"members:{name}", args=[shop.cooperative.code, shop.ani.id])


def typed(**changes):
    return {"pin": PIN, "again": PIN, "has_seen_ktp": "on", "version": "0"} | changes


def held(shop):  # noqa: F811
    with scope.cooperative(shop.cooperative.pk):
        return list(MemberPin.objects.of(shop.cooperative).order_by("set_at", "id"))


def test_the_page_shows_whose_ktp_to_look_at(rinis, shop):  # noqa: F811
    page = rinis.get(address(shop)).content.decode()
    assert "Ani Lestari (rekaan)" in page
    assert "NIK recorded" in page
    assert "0012" not in page


def test_the_member_types_it_twice_and_the_history_tells_of_it(rinis, shop):  # noqa: F811
    answer = rinis.post(address(shop), typed(), follow=True)
    page = answer.content.decode()
    assert "The PIN of Ani Lestari (rekaan) is set" in page
    assert "PIN set" in page
    assert "Rini (rekaan)" in page
    assert PIN not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"again": "739104"}, "This is not the same PIN."),
        ({"has_seen_ktp": ""}, "Look at the KTP first"),
        ({"pin": "6041", "again": "6041"}, "A PIN has 6 digits."),
        ({"pin": "120390", "again": "120390"}, "too easy to guess"),
        ({"pin": "8990000070030", "again": "8990000070030"}, "A PIN has 6 digits."),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_comes_back(
    rinis,
    shop,  # noqa: F811
    changes,
    words,
):
    answer = rinis.post(address(shop), typed(**changes))
    page = answer.content.decode()
    assert (answer.status_code, words in page, held(shop)) == (422, True, [])
    assert typed(**changes)["pin"] not in page


def test_a_page_that_was_open_before_says_so_and_goes_on(rinis, shop):  # noqa: F811
    rinis.post(address(shop), typed())
    answer = rinis.post(address(shop), typed(pin="739104", again="739104"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Another PIN was set meanwhile, by Rini (rekaan)" in page
    assert 'name="version" value="1"' in page
    assert len(held(shop)) == 1


def test_a_reset_is_shown_with_who_did_it(rinis, client_of, budi, shop):  # noqa: F811
    rinis.post(address(shop), typed())
    chair = english(client_of(budi))
    assert "The PIN of now stops working" in chair.get(address(shop)).content.decode()
    again = typed(pin="739104", again="739104", version="1")
    page = chair.post(address(shop), again, follow=True).content.decode()
    assert "Another PIN set" in page
    assert "Budi (rekaan)" in page
    assert [pin.ended_on is None for pin in held(shop)] == [False, True]


def test_cashiers_and_supervisors_set_none(client_of, sari, wati, joko, shop):  # noqa: F811
    for user, code in ((sari, 403), (wati, 403), (joko, 404)):
        assert client_of(user).post(address(shop), typed()).status_code == code
    assert held(shop) == []


def test_which_digits_stand_in_the_nik_cannot_be_asked_without_end(client_of, tono, shop):  # noqa: F811
    """As it could be done: PINs with each serial, and a version that sets none of them."""
    browser = english(client_of(tono))
    for serial in range(30, 12, -1):
        digits = f"57{serial:04d}"
        page = browser.post(address(shop), typed(pin=digits, again=digits, version="9"))
        assert "too easy to guess" not in page.content.decode()
    page = browser.post(address(shop), typed(pin="570012", again="570012"))
    assert "Too many wrong tries" in page.content.decode()
    assert held(shop) == []


def test_another_cooperatives_clerk_keeps_nobody_of_ours_from_a_pin(
    client_of,
    joko,
    rini,
    shop,  # noqa: F811
    mawar,
):
    """As a chair elsewhere could do it, with our member's id in their own address."""
    theirs = reverse("members:pin", args=[mawar.code, shop.ani.id])
    for _try in range(13):
        assert client_of(joko).post(theirs, typed(version="9")).status_code == 404
    ours = english(client_of(rini)).post(address(shop), typed(), follow=True)
    assert "is set" in ours.content.decode()


def test_a_version_of_before_says_nothing_of_the_pin(client_of, tono, shop):  # noqa: F811
    browser = english(client_of(tono))
    browser.post(address(shop), typed())
    page = browser.post(address(shop), typed(pin="570012", again="570012")).content.decode()
    assert "Another PIN was set meanwhile" in page
    assert "too easy to guess" not in page
