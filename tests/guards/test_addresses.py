"""Every page and every door of the API, tried as anonymous, outsider and each role."""

import pytest
from django.test import Client

from kkmp.access.api import CooperativeAPI
from kkmp.access.permissions import PERMISSIONS, Permission, Role
from tests.guards.addresses import Address, addresses

ALL = sorted(addresses(), key=lambda address: address.route)
PAGES = [a for a in ALL if a.api_class is None]
COOPERATIVE_PAGES = [
    a for a in PAGES if isinstance(a.access, Permission) and a.route.startswith("k/")
]
CITY_PAGES = [a for a in PAGES if isinstance(a.access, Permission) and a not in COOPERATIVE_PAGES]
COOPERATIVE_API = [a for a in ALL if a.api_class and issubclass(a.api_class, CooperativeAPI)]
METHODS = ("get", "post", "put", "patch")


def route(address: Address) -> str:
    return address.route or "/"


def answers(client: Client, path: str, **headers: str) -> list[int]:
    """The status of every method that the address takes."""
    statuses = [getattr(client, method)(path, **headers).status_code for method in METHODS]
    return [status for status in statuses if status != 405]


@pytest.mark.parametrize("address", PAGES, ids=route)
def test_every_page_says_who_may_open_it(address):
    assert address.access is not None


@pytest.mark.parametrize("address", ALL, ids=route)
def test_every_door_of_the_api_is_a_cooperatives_or_declared_otherwise(address):
    if address.api_class is not None:
        assert issubclass(address.api_class, CooperativeAPI) or address.access is not None


@pytest.mark.parametrize("address", COOPERATIVE_PAGES + CITY_PAGES, ids=route)
def test_anonymous_is_sent_to_sign_in(address, melati):
    assert set(answers(Client(), address.path(melati.code))) == {302}


@pytest.mark.parametrize("address", COOPERATIVE_PAGES, ids=route)
def test_an_outsider_finds_nothing(address, melati, joko, client_of):
    assert set(answers(client_of(joko), address.path(melati.code))) == {404}


@pytest.mark.parametrize("address", COOPERATIVE_PAGES, ids=route)
def test_the_city_finds_no_cooperatives_page(address, melati, dewi, client_of):
    assert set(answers(client_of(dewi), address.path(melati.code))) == {404}


@pytest.mark.parametrize("address", COOPERATIVE_PAGES, ids=route)
@pytest.mark.parametrize("person", ["sari", "tono", "rini", "budi", "wati"])
def test_a_page_opens_to_those_whose_role_allows_it(address, person, melati, request, client_of):
    user = request.getfixturevalue(person)
    role = Role(user.holdings.get().role)
    statuses = set(answers(client_of(user), address.path(melati.code)))
    if address.access in PERMISSIONS[role]:
        assert statuses
        assert not statuses & {403, 500}
    else:
        assert statuses == {403}


@pytest.mark.parametrize("address", CITY_PAGES, ids=route)
@pytest.mark.parametrize("person", ["dewi", "bayu"])
def test_a_city_page_opens_to_those_whose_role_allows_it(
    address, person, melati, request, client_of
):
    user = request.getfixturevalue(person)
    role = Role(user.holdings.get().role)
    statuses = set(answers(client_of(user), address.path(melati.code)))
    if address.access in PERMISSIONS[role]:
        assert not statuses & {403, 500}
    else:
        assert statuses == {403}


@pytest.mark.parametrize("address", CITY_PAGES, ids=route)
def test_a_cooperatives_people_find_no_city_page(address, melati, budi, client_of):
    assert set(answers(client_of(budi), address.path(melati.code))) == {404}


@pytest.mark.parametrize("address", COOPERATIVE_API, ids=route)
def test_anonymous_is_told_to_identify(address, melati):
    statuses = answers(Client(), address.path(melati.code), HTTP_X_COOPERATIVE=melati.code)
    assert set(statuses) <= {401, 403}
    assert statuses


@pytest.mark.parametrize("address", COOPERATIVE_API, ids=route)
def test_an_outsider_finds_nothing_in_the_api(address, melati, joko, api_of):
    assert set(answers(api_of(joko, melati), address.path(melati.code))) == {404}


@pytest.mark.parametrize("address", COOPERATIVE_API, ids=route)
@pytest.mark.parametrize("person", ["sari", "tono", "rini", "budi", "wati"])
def test_the_api_opens_to_those_whose_role_allows_it(address, person, melati, request, api_of):
    user = request.getfixturevalue(person)
    allowed = PERMISSIONS[Role(user.holdings.get().role)]
    client = api_of(user, melati)
    for method in METHODS:
        status = getattr(client, method)(address.path(melati.code)).status_code
        permission = address.api_class.permission_by_method.get(
            method.upper(), getattr(address.api_class, "permission", None)
        )
        if status != 405:
            assert (status == 403) == (permission not in allowed), (method, status)
            assert status != 500
