"""Signing in, its security and the language, asked for by everybody, as the document says."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver, reverse

from kkmp.access import rights
from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.rights import Address
from tests.guards import rights as decided
from tests.guards.world import ANONYMOUS, World, undone

PARTS = re.compile(r"\(\?P<\w+>[^)]*\)|<int:pk>|[\^$]")


def here(address: Address, key: object = 1) -> str:
    return "/" + PARTS.sub(lambda part: "" if part[0] in "^$" else str(key), address.route)


def answer_to(world: World, who: str, method: str, path: str, data: Any = None) -> Any:
    """The answer to a browser of its own: some of these pages end the session."""
    browser = Client(raise_request_exception=False)
    if who != ANONYMOUS:
        browser.force_login(world.people[who], backend=f"{BACKEND}.ModelBackend")
    return getattr(browser, method.lower())(path, data)


BACKEND = "django.contrib.auth.backends"


@pytest.mark.parametrize("address", rights.packages(), ids=lambda address: address.route)
def test_a_page_of_a_package_answers_as_it_is_written(address, world: World):
    (right,) = decided.of_addresses()[address.route]
    for method in right.methods:
        answer = answer_to(world, ANONYMOUS, method, here(address))
        is_sent_away = answer.status_code in {301, 302} and "next=" in answer.url
        assert is_sent_away == (right.roles == {"signed in"}), f"{method} {answer}"
        assert answer.status_code < 500
        for who in world.people:
            # Some end the session, and the next one needs it.
            with undone():
                answer = answer_to(world, who, method, here(address))
            # One's own: what is not set up is not there, and is not confirmed again either.
            assert answer.status_code < 500, f"{method} {who}"
            assert not getattr(answer, "url", "").startswith(reverse("account_login")), who


def test_what_the_package_has_beside_them_is_not_there(world: World):
    """Signing up, e-mail, and a password reset that answered strangers with a fault."""
    package = get_resolver("allauth.urls")
    used = {address.route for address in rights.packages()}
    unused = [a for a in rights.mounted(package, "akun/") if a.route not in used]
    said = {"username": "tamu", "password1": "melati-dan-mawar", "password2": "melati-dan-mawar"}
    before = User.objects.count()
    for address in unused:
        for who in (ANONYMOUS, "chair"):
            for method in ("GET", "POST"):
                answer = answer_to(world, who, method, here(address), said | {"email": "a@b.id"})
                assert answer.status_code == 404, f"{method} {address.route} {who}"
    assert {"account_signup", "account_reset_password", "account_email"} <= {
        address.name for address in unused
    }
    assert User.objects.count() == before


def test_whose_passkey_it_is_decides(world: World):
    """The one id in these addresses, tried with somebody else's."""
    owner, other = world.people[Role.CHAIR], str(Role.CASHIER)
    theirs = Authenticator.objects.create(
        user=owner, type="webauthn", data={"name": "HP Budi", "credential": {}}
    )
    naming = [address for address in rights.packages() if "<int:pk>" in address.route]
    assert len(naming) == 2
    for address in naming:
        for method in decided.of_addresses()[address.route][0].methods:
            answer = answer_to(world, other, method, here(address, theirs.pk))
            assert answer.status_code == 404, f"{method} {address.route}"
    assert answer_to(world, "chair", "GET", here(naming[0], theirs.pk)).status_code != 404
