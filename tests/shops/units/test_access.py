"""Who may open the pages of the units."""

import pytest
from django.urls import reverse

from tests.shops.pages import url


@pytest.mark.parametrize("name", ["units", "unit_open"])
def test_a_stranger_finds_nothing(client_of, joko, shop, name):
    assert client_of(joko).get(url(shop, name)).status_code == 404


@pytest.mark.parametrize(
    ("name", "person"),
    [("unit_open", "tono")],
)
def test_too_little_role_is_refused(request, client_of, shop, name, person):
    client = client_of(request.getfixturevalue(person))
    assert client.get(url(shop, name)).status_code == 403


def test_a_unit_of_another_cooperative_is_not_there(client_of, joko, mawar, shop):
    address = reverse("shops:unit_edit", args=[mawar.code, shop.unit.id])
    assert client_of(joko).get(address).status_code == 404
