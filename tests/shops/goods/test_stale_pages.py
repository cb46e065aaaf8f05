"""Forms of the shop that were open while somebody else saved: who changed what is said."""

from decimal import Decimal

import pytest

from finance.models import BusinessUnit
from shops.credit.services import credits
from shops.goods.services import packs, products
from shops.models import Category, CreditTerms, Pack, Product
from shops.units.services import units
from tests.shops.pages import english, url
from tests.stale import held, opened, refusal


@pytest.fixture
def tonos(client_of, tono):
    return english(client_of(tono))


def test_a_unit_that_was_closed_meanwhile_is_not_opened_by_an_old_page(
    budis, shop, tono, in_melati
):
    address = url(shop, "unit_edit", shop.unit.id)
    told = opened(budis, address)
    units.edit(unit=shop.unit, name=shop.unit.name, is_active=False, by=tono)
    answer = budis.post(address, told | {"name": "Gerai Baru"})
    assert f"changed by {tono}" in refusal(answer)
    assert "In use: was “Yes”, is now “No”" in refusal(answer)
    assert BusinessUnit.objects.of(in_melati).get(id=shop.unit.id).is_active is False
    assert budis.post(address, held(answer.context["form"])).status_code == 302
    kept = BusinessUnit.objects.of(in_melati).get(id=shop.unit.id)
    assert (kept.name, kept.is_active) == ("Gerai Baru", False)


def test_a_categorys_colour_set_by_another_stays_under_a_new_name(
    budis, tonos, shop, tono, in_melati
):
    category = shop.gula.category
    address = url(shop, "category_change", category.id)
    told = opened(budis, address)
    assert tonos.post(address, told | {"colour": "green"}).status_code == 302
    answer = budis.post(address, told | {"name": "Bahan pokok"})
    assert f"changed by {tono}" in refusal(answer)
    assert "Colour of the tiles at the till: was" in refusal(answer)
    assert budis.post(address, held(answer.context["form"])).status_code == 302
    kept = Category.objects.of(in_melati).get(id=category.id)
    assert (kept.name, kept.colour) == ("Bahan pokok", "green")


def test_a_products_price_changed_by_another_is_named_and_kept(budis, tonos, shop, tono, in_melati):
    gula = shop.gula
    address = url(shop, "product_edit", gula.id)
    told = opened(budis, address)
    assert tonos.post(address, told | {"wholesale_price_idr": "17.000"}).status_code == 302
    answer = budis.post(address, told | {"name": "Gula Kristal"})
    said = refusal(answer)
    assert f"changed by {tono}" in said
    assert "Wholesale price: was “Rp 16,800”, is now “Rp 17,000”" in said
    assert budis.post(address, held(answer.context["form"])).status_code == 302
    kept = Product.objects.of(in_melati).get(id=gula.id)
    assert (kept.name, kept.wholesale_price_idr) == ("Gula Kristal", 17_000)


def test_a_product_taken_off_the_till_meanwhile_says_who_did_it(budis, shop, tono, in_melati):
    address = url(shop, "product_edit", shop.gula.id)
    told = opened(budis, address)
    products.retire(product=shop.gula, by=tono)
    said = refusal(budis.post(address, told | {"name": "Gula Kristal"}))
    assert said.startswith(f"Not saved: changed by {tono}")


def test_a_packs_price_changed_by_another_is_named(budis, shop, tono, in_melati):
    contents = packs.Contents(name="dus", factor=Decimal(24), general_price_idr=400_000)
    pack = packs.add(product=shop.gula, contents=contents, by=tono)
    address = url(shop, "pack_change", pack.id)
    told = opened(budis, address)
    cheaper = packs.Contents(name="dus", factor=Decimal(24), general_price_idr=390_000)
    packs.change(pack=pack, contents=cheaper, by=tono)
    answer = budis.post(address, told | {"name": "karton"})
    assert f"changed by {tono}" in refusal(answer)
    assert "was “Rp 400,000”, is now “Rp 390,000”" in refusal(answer)
    assert budis.post(address, held(answer.context["form"])).status_code == 302
    kept = Pack.objects.of(in_melati).get(id=pack.id)
    assert (kept.name, kept.factor, kept.general_price_idr) == ("karton", 24, 390_000)


def test_a_limit_of_credit_set_by_another_is_named(budis, shop, tono, in_melati):
    address = url(shop, "credit_terms", shop.ani.id)
    told = opened(budis, address)
    credits.set_terms(member=shop.ani, limit_idr=250_000, due_days=14, version=0, by=tono)
    answer = budis.post(address, told | {"limit_idr": "900.000"})
    assert f"changed by {tono}" in refusal(answer)
    assert "May owe at most: was “–”, is now “Rp 250,000”" in refusal(answer)
    assert CreditTerms.objects.of(in_melati).get(member=shop.ani).limit_idr == 250_000


def test_settings_of_the_tills_changed_by_another_are_named(budis, shop, budi):
    address = url(shop, "till_settings")
    told = opened(budis, address)
    assert budis.post(address, told | {"credit_days": "14"}).status_code == 302
    answer = budis.post(address, told | {"receipt_footer": "Terima kasih"})
    assert f"changed by {budi}" in refusal(answer)
    assert "Days to pay a credit (bon): was “30”, is now “14”" in refusal(answer)
    assert budis.post(address, held(answer.context["form"])).status_code == 302
    assert opened(budis, address)["credit_days"] == "14"
