"""Who may open the pages of sales and reports."""

import pytest

from tests.shops.pages import url


@pytest.mark.parametrize("name", ["sales", "reports"])
def test_a_stranger_finds_nothing(client_of, joko, shop, name):
    assert client_of(joko).get(url(shop, name)).status_code == 404


@pytest.mark.parametrize(
    ("name", "person"),
    [("sales", "sari"), ("reports", "sari"), ("reports", "rini")],
)
def test_too_little_role_is_refused(request, client_of, shop, name, person):
    client = client_of(request.getfixturevalue(person))
    assert client.get(url(shop, name)).status_code == 403
