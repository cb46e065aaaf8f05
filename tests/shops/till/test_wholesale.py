"""Who gives the wholesale price, to how much, and never of what the state subsidises."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.goods.presets import is_known_subsidised
from shops.goods.services import packs, prices, products, rules
from shops.models import GoodsRule, PriceTier, Product, Sale
from shops.till.services.sales import SaleRefused, SoldLine
from shops.till.shelf import till_goods
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift, particulars, stocked
from tests.shops.pages import english

WHOLESALE = PriceTier.WHOLESALE


def refused(words, call):
    with pytest.raises(SaleRefused, match=words):
        call()


@pytest.fixture
def sphp(gerai, budi):
    """Subsidised rice as it came with a list of goods: nobody has written its rule."""
    told = particulars(
        gerai, name="Beras SPHP Bulog 5 kg", general_price_idr=62_500, member_price_idr=60_000,
        wholesale_price_idr=58_500, pack_size=10,
    )  # fmt: skip
    product = products.add(cooperative=gerai.cooperative, particulars=told, on=MONDAY, by=budi)
    return stocked(product, "100", 57_000, budi)


def rule(product, by, **terms):
    told = rules.Terms(source="SK 1/2026", valid_from=MONDAY, **terms)
    return rules.add(product=product, terms=told, on=MONDAY, by=by)


# --- Quantity and permission -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["api-sales", "api-sales-batch"])
@pytest.mark.parametrize("many", ["1", "47"])
def test_a_cashiers_program_gets_no_wholesale_price_by_asking_for_it(
    api_of, sari, shop, name, many
):
    with scope.cooperative(shop.cooperative.pk):
        open_shift(shop.unit, sari)
    body = {
        "key": str(new_id()),
        "unit": "gerai",
        "payments": [{"method": "cash", "amount_idr": 1_000_000}],
        "lines": [{"product": str(shop.gula.id), "quantity": many, "price_tier": "wholesale"}],
    }
    many_asked = name.endswith("batch")
    answer = english(api_of(sari, shop.cooperative)).post(
        reverse(name), [body] if many_asked else body, format="json"
    )
    told = (
        answer.json()[0] if many_asked else {"status": answer.status_code, "error": answer.json()}
    )
    assert told["status"] == 422
    assert "no quantity is set for its wholesale price" in told["error"]["message"]
    with scope.cooperative(shop.cooperative.pk):
        assert not Sale.objects.of(shop.cooperative).exists()


def test_the_chair_gives_it_to_any_quantity(sell, gula):
    assert sell((gula, "1"), tier=WHOLESALE, may_wholesale=True).total_idr == 16_800
    refused("only the chair", lambda: sell((gula, "1"), tier=WHOLESALE, may_wholesale=False))


def test_a_carton_or_a_quantity_with_a_price_of_its_own_is_wholesale(sell, gula, budi):
    Product.objects.of(gula.cooperative_id).filter(id=gula.id).update(pack_size=20)
    asked = {"tier": WHOLESALE, "may_wholesale": False}
    refused("is for 20 bks or more", lambda: sell((gula, "19"), **asked))
    assert sell((gula, "20"), **asked).total_idr == 20 * 16_800
    terms = prices.Terms(
        tier=WHOLESALE, min_quantity=Decimal(6), price_idr=16_500, valid_from=MONDAY
    )
    prices.add(product=gula, terms=terms, on=MONDAY, by=budi)
    refused("is for 6 bks or more", lambda: sell((gula, "5"), **asked))
    assert sell((gula, "6"), **asked).total_idr == 6 * 16_500


def test_a_price_from_one_measure_on_is_no_quantity(sell, gula, budi):
    terms = prices.Terms(
        tier=WHOLESALE, min_quantity=Decimal(1), price_idr=16_500, valid_from=MONDAY
    )
    prices.add(product=gula, terms=terms, on=MONDAY, by=budi)
    refused("only the chair", lambda: sell((gula, "1"), tier=WHOLESALE, may_wholesale=False))


def test_a_pack_with_a_wholesale_price_is_wholesale(sell, gula, budi):
    contents = packs.Contents(name="dus", factor=Decimal(12), wholesale_price_idr=199_000)
    dus = packs.add(product=gula, contents=contents, by=budi)
    line = SoldLine(gula.id, Decimal(1), WHOLESALE, dus.id)
    assert sell(lines=[line], may_wholesale=False).total_idr == 199_000


# --- What the state subsidises ---------------------------------------------------------------


def test_subsidised_rice_without_a_rule_is_not_sold_wholesale(sell, sphp):
    assert sphp.is_subsidised
    refused("no rule in force", lambda: sell((sphp, "10"), tier=WHOLESALE, may_wholesale=True))
    refused("no rule in force", lambda: sell((sphp, "10"), tier=WHOLESALE, may_wholesale=False))
    assert sell((sphp, "10")).total_idr == 10 * 62_500


def test_only_a_rule_in_force_that_allows_it_lets_it_be_sold(sell, sphp, budi):
    ends = MONDAY + timedelta(days=1)
    rule(sphp, budi, needs_identity=False, ceiling_idr=70_000, valid_until=ends)
    assert sell((sphp, "10"), tier=WHOLESALE).total_idr == 585_000
    after = MORNING + timedelta(days=2)
    refused("no rule in force", lambda: sell((sphp, "10"), tier=WHOLESALE, at=after))


def test_goods_with_a_rule_stay_subsidised_when_it_ends(sell, gula, gerai, budi):
    rules.end(rule=rule(gula, budi, no_wholesale=True), on=MONDAY, by=budi)
    refused("no rule in force", lambda: sell((gula, "1"), tier=WHOLESALE))
    held = rule(gula, budi, no_wholesale=True)
    gula.refresh_from_db()
    told = particulars(gerai, name="Gula lain", is_subsidised=False)
    products.edit(product=gula, particulars=told, version=gula.version, on=MONDAY, by=budi)
    rules.end(rule=held, on=MONDAY + timedelta(days=1), by=budi)
    after = MORNING + timedelta(days=1)
    refused("no rule in force", lambda: sell((gula, "1"), tier=WHOLESALE, at=after))


@pytest.mark.parametrize("tampered", ["rule gone", "rule against it", "product marked"])
def test_the_database_refuses_what_no_rule_allows(sell, sphp, gula, budi, tampered):
    """A sale that says it is allowed, and the rows that say otherwise when it is committed."""
    rule(sphp, budi, ceiling_idr=70_000)
    product = gula if tampered == "product marked" else sphp
    of_sphp = GoodsRule.objects.of(sphp.cooperative_id).filter(product=sphp)

    def commit():
        sell((product, "10"), tier=WHOLESALE)
        if tampered == "rule gone":
            of_sphp.delete()
        elif tampered == "rule against it":
            of_sphp.update(no_wholesale=True)
        else:
            Product.objects.of(gula.cooperative_id).filter(id=gula.id).update(is_subsidised=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with (
        pytest.raises(IntegrityError, match="wholesale price that no rule allows"),
        transaction.atomic(),
    ):
        commit()


def test_the_till_offers_the_quantity_at_which_it_may_be_sold(sphp, gula, gerai):
    def offered(**may):
        goods = till_goods(gerai.cooperative, gerai, on=MONDAY, **may)
        return {
            one["id"]: (one["wholesale_from_thousandths"], one["is_subsidised"]) for one in goods
        }

    assert offered() == {sphp.id: (10_000, True), gula.id: (None, False)}
    assert offered(may_wholesale=True) == {sphp.id: (0, True), gula.id: (0, False)}


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Beras SPHP Bulog 5 kg", True),
        ("MINYAKITA 1 L", True),
        ("Minyak Kita pouch", True),
        ("LPG 3 kg", True),
        ("Gas elpiji 3kg", True),
        ("Elpiji melon", True),
        ("Pupuk bersubsidi Urea", True),
        ("Solar subsidi", True),
        ("LPG 5,5 kg", False),
        ("LPG 12 kg nonsubsidi", False),
        ("Pupuk non-subsidi", False),
        ("Semangka 3 kg", False),
        ("Beras Premium 5 kg", False),
    ],
)
def test_the_usual_subsidised_goods_are_known_by_their_names(name, known):
    assert is_known_subsidised(name) is known
