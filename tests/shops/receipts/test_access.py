"""Who may open the pages of a receipt."""

from django.urls import reverse

from kkmp.lib.ids import new_id
from tests.shops.pages import url


def test_sales_of_another_cooperative_are_not_there(client_of, joko, mawar, sari, shop):
    sale = shop.sell(sari, (shop.gula, "1"))
    client = client_of(joko)
    for name in ("sale", "till_receipt", "till_receipt_escpos", "sale_escpos"):
        address = reverse(f"shops:{name}", args=[mawar.code, sale.id])
        assert client.get(address).status_code == 404
    for name in ("sale_print", "till_receipt_print"):
        address = reverse(f"shops:{name}", args=[mawar.code, sale.id])
        assert client.post(address).status_code == 404


def test_an_unknown_sale_is_not_there(budis, shop):
    assert budis.get(url(shop, "sale", new_id())).status_code == 404
