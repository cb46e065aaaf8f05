"""Agus at work in the administration, with Melati and Mawar full of things to look at."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from tests.shops.conftest import Shop, enrol_ani, open_gerai, shop, stock_gula, stock_telur  # noqa: F401


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Pages are compared in the language of the source."""
    with override("en"):
        yield


@pytest.fixture
def agus_browses(agus: User, client_of: Any) -> Client:
    browser = client_of(agus)
    browser.cookies.load({"django_language": "en"})
    return browser


@pytest.fixture
def look_into(agus_browses: Client) -> Callable[[Cooperative], Client]:
    """Choose a cooperative, as the menu's first entry does."""

    def choose(cooperative: Cooperative) -> Client:
        answer = agus_browses.post("/admin/koperasi/pilih/", {"cooperative": cooperative.code})
        assert answer.status_code == 302
        return agus_browses

    return choose


def traded(cooperative: Cooperative, chair: User) -> Shop:
    with scope.cooperative(cooperative.pk):
        unit = open_gerai(cooperative, chair)
        shop = Shop(
            cooperative,
            unit,
            stock_gula(unit, chair),
            stock_telur(unit, chair),
            enrol_ani(cooperative, chair),
        )
    return begun(shop, chair)


def begun(shop: Shop, chair: User) -> Shop:  # noqa: F811
    shop.sell(chair, (shop.gula, "2"), member=shop.ani)
    return shop


@pytest.fixture
def melatis_shop(shop: Shop, budi: User) -> Shop:  # noqa: F811
    return begun(shop, budi)


@pytest.fixture
def mawars_shop(mawar: Cooperative, joko: User) -> Shop:
    return traded(mawar, joko)
