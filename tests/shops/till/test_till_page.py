"""What the till is told, whom it finds, and the receipts of today."""

from django.urls import reverse
from django.utils import timezone

from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.leaving.services import exits
from members.models import ExitReason
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.pages import statements, text, url


def test_the_cooperatives_address_leads_to_the_till(saris, shop):
    response = saris.get(url(shop, "till", unit="gerai"))
    assert response["Location"] == f"/kasir/en/?koperasi={shop.cooperative.code}&unit=gerai"
    saris.cookies["django_language"] = "id"
    response = saris.get(url(shop, "till"))
    assert response["Location"] == f"/kasir/?koperasi={shop.cooperative.code}"


def test_the_till_is_told_of_goods_settings_cashier_and_shift(saris, sari, shop):
    shop.open_shift(sari)
    told = saris.get(url(shop, "till_data")).json()
    assert [each["name"] for each in told["goods"]] == ["Gula Pasir 1 kg", "Telur Ayam"]
    assert (told["cooperative"], told["unit"]) == (shop.cooperative.code, "gerai")
    assert told["cashier"] == str(sari.pk)
    assert told["openedFor"].startswith(f"{sari.pk}:")
    assert (told["hasShift"], told["step"], told["mayDiscount"]) == (True, 100, False)
    assert told["addresses"]["sell"] == "/api/v1/sales/"
    assert told["language"] == "en"
    assert len(told["csrf"]) == 64


def test_a_shift_at_another_unit_is_none_here(saris, sari, budi, shop):
    shop.open_shift(sari)
    with scope.cooperative(shop.cooperative.pk):
        units.open_unit(cooperative=shop.cooperative, name="Apotek", by=budi)
    told = saris.get(url(shop, "till_data", unit="apotek")).json()
    assert told["hasShift"] is False
    assert "Your shift is open at Gerai" in told["pieces"]["head"]


def test_a_chair_may_give_discounts(budis, shop):
    assert budis.get(url(shop, "till_data")).json()["mayDiscount"] is True


def test_the_till_sells_for_the_unit_with_the_most_goods_or_the_one_named(saris, shop, budi):
    with scope.cooperative(shop.cooperative.pk):
        units.open_unit(cooperative=shop.cooperative, name="Apotek", by=budi)
    assert saris.get(url(shop, "till_data")).json()["unit"] == "gerai"
    assert saris.get(url(shop, "till_data", unit="gone")).json()["unit"] == "gerai"
    told = saris.get(url(shop, "till_data", unit="apotek")).json()
    assert (told["unit"], told["goods"]) == ("apotek", [])
    assert "Nothing to sell yet" in told["pieces"]["notice"]


def test_without_a_unit_the_till_says_what_to_do(saris, melati):
    told = saris.get(reverse("shops:till_data", args=[melati.code])).json()
    assert (told["unit"], told["goods"], told["hasShift"]) == ("", [], False)
    assert "Ask the chair" in told["pieces"]["notice"]


def test_around_the_till_stands_what_stands_on_every_page_of_the_staff(saris, shop):
    pieces = saris.get(url(shop, "till_data")).json()["pieces"]
    assert url(shop, "till_receipts") in pieces["head"]
    assert 'aria-current="page"' in pieces["side"]
    assert "sari" in pieces["top"] + pieces["bottom"]
    # Whoever changes the language comes back to the till, not to its data.
    assert f'name="next" value="{url(shop, "till")}"' in pieces["bottom"]


def test_the_till_keeps_to_its_statements(saris, shop):
    assert statements(saris, url(shop, "till_data")) == 8


def test_what_the_till_was_told_is_kept_nowhere_on_the_way(saris, shop):
    assert "no-store" in saris.get(url(shop, "till_data"))["Cache-Control"]


def test_fresh_prices_and_stock(saris, sari, shop):
    shop.sell(sari, (shop.gula, "2"))
    told = saris.get(url(shop, "till_data", unit="gerai")).json()
    assert told["goods"][0]["stock_thousandths"] == 46_000


def test_a_member_is_found_by_number_and_name_and_nothing_else_is_told(saris, shop):
    answer = saris.get(url(shop, "till_members", q="ani")).json()
    assert answer == {
        "members": [
            {"id": str(shop.ani.id), "number": 1, "name": "Ani Lestari (rekaan)", "leaving": ""}
        ]
    }
    assert saris.get(url(shop, "till_members")).json() == {"members": []}


def test_of_a_member_who_is_leaving_the_till_is_told_why_nothing_is_sold(saris, rini, shop):
    with scope.cooperative(shop.cooperative.pk):
        exits.request(member=shop.ani, reason=ExitReason.MOVED, key=new_id(), on=MONDAY, by=rini)
    (found,) = saris.get(url(shop, "till_members", q="ani")).json()["members"]
    assert "is leaving, and it has not been decided yet" in found["leaving"]


def test_a_cashier_sees_her_own_receipts_of_today(saris, sari, budi, shop, client_of):
    own = shop.sell(sari, (shop.gula, "1"), at=timezone.now())
    other = shop.sell(budi, (shop.gula, "1"), at=timezone.now())
    page = text(saris.get(url(shop, "till_receipts")))
    assert url(shop, "till_receipt", own.id) in page
    assert url(shop, "till_receipt", other.id) not in page
    assert saris.get(url(shop, "till_receipt", other.id)).status_code == 404


def test_a_day_without_receipts_says_where_they_come_from(saris, shop):
    assert "No receipts yet today" in text(saris.get(url(shop, "till_receipts")))
