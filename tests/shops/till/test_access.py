"""Who may open the pages of the till."""

import pytest

from tests.shops.pages import url


@pytest.mark.parametrize("name", ["till", "till_data", "till_members", "till_receipts"])
def test_a_stranger_finds_nothing(client_of, joko, shop, name):
    assert client_of(joko).get(url(shop, name)).status_code == 404


@pytest.mark.parametrize(
    ("name", "person"),
    [("till", "wati"), ("till_data", "wati"), ("till_data", "rini"), ("till_receipts", "tono")],
)
def test_too_little_role_is_refused(request, client_of, shop, name, person):
    client = client_of(request.getfixturevalue(person))
    assert client.get(url(shop, name)).status_code == 403
