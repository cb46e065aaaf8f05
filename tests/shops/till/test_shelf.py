"""What a till knows of the goods of its unit."""

from shops.goods.services import products
from shops.models import PriceTier
from shops.till import shelf
from tests.conftest import MONDAY
from tests.shops.conftest import particulars


def test_a_till_knows_the_goods_of_its_unit_in_thousandths(gula, telur, gerai, in_melati, budi):
    retired = products.add(
        on=MONDAY, cooperative=in_melati, particulars=particulars(gerai, name="Garam"), by=budi
    )
    products.retire(product=retired, by=budi)
    goods = shelf.till_goods(in_melati, gerai, on=MONDAY)
    assert [(each["name"], each["stock_thousandths"]) for each in goods] == [
        ("Gula Pasir 1 kg", 48_000),
        ("Telur Ayam", 87_250),
    ]
    assert goods[0]["category"] == "Sembako"
    assert goods[1]["wholesale_price_idr"] is None


def test_every_tier_is_a_price_of_the_till(gula, gerai, in_melati):
    goods = shelf.till_goods(in_melati, gerai, on=MONDAY)[0]
    assert all(f"{tier}_price_idr" in goods for tier in PriceTier)
