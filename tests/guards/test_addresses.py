"""Every page and every operation of the API, tried by everybody.

What they should be answered is read from ``docs/permissions.md``, which somebody has decided on,
and never from the table of roles or the decorators that are tested here.
"""

import re

import pytest
from django.urls import reverse

from kkmp.access import rights
from kkmp.access.permissions import CITY_ROLES, COOPERATIVE_ROLES, Permission, Role
from tests.guards import rights as decided
from tests.guards.addresses import all_of_them, path
from tests.guards.rights import COOPERATIVES, Right
from tests.guards.world import ANONYMOUS, OUTSIDER, World

pytestmark = pytest.mark.usefixtures("refusals_drawn_once")

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
STAFF, CITY = (sorted(map(str, roles)) for roles in (COOPERATIVE_ROLES, CITY_ROLES))
EVERYBODY = [ANONYMOUS, OUTSIDER, *STAFF, *CITY, str(Role.ADMINISTRATOR)]


def test_the_document_says_what_the_code_says():
    kept = decided.path().read_text(encoding="utf-8")
    assert rights.written(kept) == kept, "run `make permissions`, and read what has changed"


def test_the_document_knows_every_address_and_no_other():
    known = [*all_of_them(), *rights.packages()]
    assert decided.of_addresses().keys() == {address.route for address in known}


def test_whatever_is_mounted_stands_in_the_document():
    """The administration's usual pages are the rows of its table."""
    text = decided.path().read_text(encoding="utf-8")
    usual = ("_changelist", "_add", "_change", "_delete", "_history", "app_list", "index")
    missing = [
        address.route
        for address in rights.mounted()
        if f"`/{address.route}`" not in text
        and not (address.route.startswith("admin/") and address.name.endswith(usual))
    ]
    assert missing == []


def test_every_permission_opens_something():
    rights_of_addresses = [right for found in decided.of_addresses().values() for right in found]
    opening = {right.permission for right in rights_of_addresses}
    within = {row["Permission"] for row in decided.chapters()[decided.WITHIN]}
    named = set(re.findall(r"[a-z]+\.[a-z_]+", " ".join(opening | within)))
    assert {str(each) for each in Permission} - named == set()


def refusal(right: Right, who: str) -> set[int]:
    """How somebody is refused there; empty for those whom it is meant for."""
    if who in right.roles or "everybody" in right.roles:
        return set()
    if who == ANONYMOUS:
        return {401, 403} if right.is_api else {302}
    if "signed in" in right.roles:
        narrower = decided.whole_pages().get(right.name)
        role = str(Role.CHAIR) if who == OUTSIDER else who
        return set() if narrower is None or role in narrower else {403}
    belongs = STAFF if right.chapter in COOPERATIVES else [*CITY, str(Role.ADMINISTRATOR)]
    return {403} if who in belongs else {404}


@pytest.mark.parametrize("address", all_of_them(), ids=lambda address: address.route or "/")
def test_an_address_answers_everybody_as_it_is_written(address, world: World):
    here, found = path(address, world.melati.code), decided.of_addresses()[address.route]
    named = {name for name, _ in address.converters}
    for right in found:
        is_one_page = not named or (named == {"code"} and not right.is_api)
        for who in EVERYBODY if "everybody" not in right.roles else (ANONYMOUS, OUTSIDER):
            for method in right.methods:
                answer = world.ask(who, method, here, is_api=right.is_api)
                as_written = is_as_written(answer, refusal(right, who), is_one_page=is_one_page)
                assert as_written, told(answer, who, method, here)
    written = {method for right in found for method in right.methods}
    for method in set(METHODS) - written:
        answer = world.ask(Role.CHAIR, method, here, is_api=found[0].is_api)
        assert answer.status_code in {403, 404, 405}, told(answer, Role.CHAIR, method, here)


def is_as_written(answer, refusals: set[int], *, is_one_page: bool) -> bool:
    """Refused as it should be, or let in; a page sends nobody away but to sign in.

    :param is_one_page: nothing in its address names something that may not be there
    """
    to_sign_in = answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
    if refusals:
        return answer.status_code in refusals and (answer.status_code != 302 or to_sign_in)
    if to_sign_in or (is_one_page and answer.status_code == 404):
        return False
    return answer.status_code not in {401, 403, 405, 500}


def told(answer, who: str, method: str, here: str) -> str:
    return f"{method} {here} answers {who} with {answer.status_code}"
