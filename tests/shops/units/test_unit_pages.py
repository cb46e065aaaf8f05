"""The pages of units of business."""

import pytest
from django.urls import reverse

from finance.models import BusinessUnit
from kkmp.registry import scope
from shops.units.services import units
from tests.shops.pages import text, url


@pytest.mark.parametrize("name", ["products", "units", "unit_open"])
def test_the_menu_shows_units_below_the_goods(budis, shop, name):
    menu = budis.get(url(shop, name)).context["shell"]["nav"]
    assert [str(entry["label"]) for entry in menu if entry["active"]] == ["Products"]


def test_units_are_listed_opened_and_closed(budis, shop):
    assert "Gerai sembako" in text(budis.get(url(shop, "units")))
    assert budis.get(url(shop, "unit_open")).status_code == 200
    page = budis.post(url(shop, "unit_open"), {"name": "Apotek"}, follow=True)
    assert "Apotek is open" in text(page)
    with scope.cooperative(shop.cooperative.pk):
        apotek = BusinessUnit.objects.of(shop.cooperative).get(name="Apotek")
    assert "Apotek" in text(budis.get(url(shop, "unit_edit", apotek.id)))
    page = budis.post(url(shop, "unit_edit", apotek.id), {"name": "Apotek Sehat"}, follow=True)
    assert "Apotek Sehat" in text(page)
    assert "Closed" in text(page)


def test_a_unit_with_a_taken_name_is_refused_in_words(budis, shop, budi):
    assert budis.post(url(shop, "unit_open"), {"name": "GERAI SEMBAKO"}).status_code == 422
    with scope.cooperative(shop.cooperative.pk):
        apotek = units.open_unit(cooperative=shop.cooperative, name="Apotek", by=budi)
    response = budis.post(url(shop, "unit_edit", apotek.id), {"name": "Gerai sembako"})
    assert response.status_code == 422
    assert "already" in text(response)
    assert budis.post(url(shop, "unit_open"), {"name": ""}).status_code == 422
    assert budis.post(url(shop, "unit_edit", apotek.id), {"name": ""}).status_code == 422


def test_a_cooperative_without_units_is_told_to_open_one(budis, melati):
    assert "Open the first one" in text(budis.get(reverse("shops:units", args=[melati.code])))
