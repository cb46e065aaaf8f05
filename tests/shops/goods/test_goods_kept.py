"""Packs, dated prices, rules, shelves and the tills' settings, as the clerk keeps them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kkmp.access.models import AuditEvent
from shops.goods import presets
from shops.goods import queries as goods_queries
from shops.goods.services import categories, packs, prices, products, rules
from shops.goods.services.particulars import ProductRefused
from shops.models import Category, Colour, GoodsRule, Pack, Price, PriceTier, TillSettings
from shops.pricing.terms import MAX_PRICE_IDR
from shops.settings.queries import settings_of
from shops.settings.services import till_settings
from shops.settings.services.till_settings import Choices, SettingsConflict, SettingsRefused
from shops.stock.services.stock import StockRefused
from shops.till import shelf
from tests.conftest import MONDAY
from tests.shops.conftest import particulars, stocked

TOMORROW = MONDAY + timedelta(days=1)


def refused(error, words, call, field=None):
    with pytest.raises(error, match=words) as refusal:
        call()
    if field:
        assert field in refusal.value.fields


def actions(cooperative, prefix):
    rows = AuditEvent.objects.of(cooperative).filter(action__startswith=prefix).order_by("id")
    return [event.action for event in rows]


# --- Packs -----------------------------------------------------------------------------------


@pytest.fixture
def pack(gula, budi):
    return packs.add(product=gula, contents=contents(), by=budi)


def contents(**changes):
    given = {"name": "dus", "factor": Decimal(12), "code": "8990000079996"}
    return packs.Contents(**given | changes)


def test_a_pack_is_added_changed_retired_and_sold_again(gula, in_melati, budi):
    pack = packs.add(product=gula, contents=contents(name=" dus ", code=" 899 1"), by=budi)
    assert (pack.name, pack.code, pack.is_active) == ("dus", "8991", True)
    changed = packs.change(
        pack=pack, contents=contents(code="8991", general_price_idr=200_000), by=budi
    )
    assert changed.general_price_idr == 200_000
    assert not packs.retire(pack=pack, by=budi).is_active
    assert packs.retire(pack=pack, by=budi)
    assert packs.restore(pack=pack, by=budi).is_active
    assert actions(in_melati, "pack.") == ["pack.add", "pack.change", "pack.retire", "pack.restore"]
    event = AuditEvent.objects.of(in_melati).get(action="pack.change")
    assert event.details["changed"] == {"general_price_idr": ["None", "200000"]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 13}, "name"),
        ({"factor": Decimal(0)}, "factor"),
        ({"factor": Decimal("1.5")}, "factor"),
        ({"factor": Decimal("0.0001")}, "factor"),
        ({"factor": Decimal(10) ** 9}, "factor"),
        ({"general_price_idr": 0}, "general_price_idr"),
        ({"general_price_idr": MAX_PRICE_IDR + 1}, "general_price_idr"),
        ({"general_price_idr": 200_000, "member_price_idr": 200_001}, "member_price_idr"),
        ({"wholesale_price_idr": 12 * 17_500 + 1}, "wholesale_price_idr"),
        ({"code": "8990000070030"}, "code"),
    ],
)
def test_a_pack_makes_sense(gula, budi, changes, field):
    refused(
        ProductRefused,
        None,
        lambda: packs.add(product=gula, contents=contents(**changes), by=budi),
        field,
    )


def test_what_is_weighed_comes_in_packs_of_any_weight(telur, budi):
    pack = packs.add(product=telur, contents=contents(factor=Decimal("2.5")), by=budi)
    assert pack.factor == Decimal("2.5")


def test_a_pack_has_one_name_within_its_product(gula, telur, pack, budi):
    again = contents(name="DUS", code="")
    refused(
        ProductRefused,
        "named DUS already",
        lambda: packs.add(product=gula, contents=again, by=budi),
        "name",
    )
    assert packs.add(product=telur, contents=again, by=budi)
    assert packs.change(pack=pack, contents=contents(), by=budi) == pack


def test_a_code_names_one_product_or_one_pack(gula, telur, pack, gerai, budi, in_melati):
    refused(
        ProductRefused,
        "dus of Gula Pasir 1 kg has this code",
        lambda: packs.add(product=telur, contents=contents(), by=budi),
        "code",
    )
    refused(
        ProductRefused,
        "dus of Gula Pasir 1 kg has this code",
        lambda: products.add(
            on=MONDAY,
            cooperative=in_melati,
            particulars=particulars(gerai, name="X", code=pack.code),
            by=budi,
        ),
        "code",
    )
    assert list(
        goods_queries.matching(in_melati, goods_queries.products(in_melati), pack.code)
    ) == [gula]


def test_a_list_of_goods_skips_the_code_of_a_pack(pack, in_melati, budi):
    from kkmp.lib.ids import new_id
    from shops.goods.services.particulars import ListedProduct

    row = ListedProduct(
        category="Sembako",
        name="Lain",
        measure="bks",
        general_price_idr=1_000,
        member_price_idr=1_000,
        code=pack.code,
        unit="Gerai sembako",
    )
    added = products.add_many(cooperative=in_melati, rows=[row], key=new_id(), on=MONDAY, by=budi)
    assert (added.products, len(added.skipped)) == ([], 1)


# --- Services --------------------------------------------------------------------------------


@pytest.fixture
def ongkir(gerai, budi):
    given = particulars(
        gerai,
        name="Ongkir",
        is_service=True,
        income_code="4-1306",
        pack_size=3,
        stock_min=Decimal(5),
        expires_on=MONDAY,
    )
    return products.add(on=MONDAY, cooperative=gerai.cooperative, particulars=given, by=budi)


def test_a_service_keeps_nothing_of_a_shelf(ongkir, in_melati):
    assert (ongkir.pack_size, ongkir.stock_min, ongkir.expires_on) == (None, 0, None)
    assert not goods_queries.below_minimum(goods_queries.products(in_melati))


def test_goods_earn_on_no_account_of_a_service(gerai, budi):
    given = particulars(gerai, name="Garam", income_code="4-1306")
    made = products.add(on=MONDAY, cooperative=gerai.cooperative, particulars=given, by=budi)
    assert made.income_code == ""


@pytest.mark.parametrize("code", ["", "4-1101"])
def test_a_service_says_what_it_earns(gerai, budi, code):
    given = particulars(gerai, name="Ongkir", is_service=True, income_code=code)
    refused(
        ProductRefused,
        "what this service earns",
        lambda: products.add(on=MONDAY, cooperative=gerai.cooperative, particulars=given, by=budi),
        "income_code",
    )


def test_a_service_has_no_stock_and_no_packs(ongkir, budi):
    refused(StockRefused, "is a service", lambda: stocked(ongkir, "5", 100, budi))
    refused(
        ProductRefused,
        "not sold by the pack",
        lambda: packs.add(product=ongkir, contents=contents(), by=budi),
    )


def test_what_was_sold_stays_goods_or_a_service(gula, ongkir, gerai, sell, budi):
    service = {"is_service": True, "income_code": "4-1302"}
    refused(
        ProductRefused,
        "sold or stocked already",
        lambda: products.edit(
            on=MONDAY, product=gula, particulars=particulars(gerai, **service), version=1, by=budi
        ),
        "is_service",
    )
    other = particulars(gerai, name="Ongkir", **service)
    assert products.edit(
        on=MONDAY, product=ongkir, particulars=other, version=1, by=budi
    ).income_code
    sell((ongkir, "1"))
    back = particulars(gerai, name="Ongkir")
    refused(
        ProductRefused,
        "sold or stocked already",
        lambda: products.edit(on=MONDAY, product=ongkir, particulars=back, version=2, by=budi),
    )


def test_institutions_pay_no_more_than_everybody(gerai, budi):
    given = particulars(gerai, name="Garam", institution_price_idr=17_501)
    refused(
        ProductRefused,
        "above the general price",
        lambda: products.add(on=MONDAY, cooperative=gerai.cooperative, particulars=given, by=budi),
        "institution_price_idr",
    )


# --- Prices ----------------------------------------------------------------------------------


def terms(**changes):
    given = {"tier": PriceTier.GENERAL, "price_idr": 17_000, "valid_from": MONDAY}
    return prices.Terms(**given | changes)


def test_a_price_for_any_quantity_begins_at_the_least(gula, telur, budi):
    made = [prices.add(product=goods, terms=terms(), on=MONDAY, by=budi) for goods in (gula, telur)]
    assert [price.min_quantity for price in made] == [1, Decimal("0.001")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price_idr": 0}, "price_idr"),
        ({"price_idr": MAX_PRICE_IDR + 1}, "price_idr"),
        ({"min_quantity": Decimal(-1)}, "min_quantity"),
        ({"min_quantity": Decimal("1.5")}, "min_quantity"),
        ({"min_quantity": Decimal(10) ** 9}, "min_quantity"),
        ({"valid_from": MONDAY - timedelta(days=1)}, "valid_from"),
        ({"valid_until": MONDAY - timedelta(days=1)}, "valid_until"),
    ],
)
def test_a_price_makes_sense(gula, budi, changes, field):
    refused(
        prices.PriceRefused,
        None,
        lambda: prices.add(product=gula, terms=terms(**changes), on=MONDAY, by=budi),
        field,
    )


def test_the_same_price_is_added_once(gula, budi):
    prices.add(product=gula, terms=terms(), on=MONDAY, by=budi)
    refused(
        prices.PriceRefused,
        "such a price",
        lambda: prices.add(product=gula, terms=terms(price_idr=1), on=MONDAY, by=budi),
        "valid_from",
    )


def test_a_price_ends_at_once_and_a_later_one_is_taken_away(gula, in_melati, budi):
    held = prices.add(product=gula, terms=terms(), on=MONDAY, by=budi)
    prices.add(product=gula, terms=terms(valid_from=TOMORROW), on=MONDAY, by=budi)
    assert len(goods_queries.prices_of(gula, on=MONDAY)) == 2
    prices.end(price=held, on=TOMORROW, by=budi)
    prices.end(price=held, on=TOMORROW, by=budi)
    held.refresh_from_db()
    assert held.valid_until == MONDAY
    (other,) = goods_queries.prices_of(gula, on=TOMORROW)
    prices.end(price=other, on=TOMORROW, by=budi)
    assert list(Price.objects.of(in_melati)) == [held]
    assert actions(in_melati, "price.") == ["price.add"] * 2 + ["price.end"] * 2


# --- Rules -----------------------------------------------------------------------------------


def rule_terms(**changes):
    given = {"source": "SK 1/2026", "valid_from": MONDAY, "ceiling_idr": 17_500}
    return rules.Terms(**given | changes)


def test_a_rule_ends_the_one_before_it(gula, in_melati, budi):
    first = rules.add(on=MONDAY, product=gula, terms=rule_terms(valid_from=MONDAY), by=budi)
    rules.add(
        on=MONDAY, product=gula, terms=rule_terms(valid_from=TOMORROW, source=" SK  2 "), by=budi
    )
    first.refresh_from_db()
    assert first.valid_until == MONDAY
    assert [rule.source for rule in goods_queries.rules(in_melati)] == ["SK 2", "SK 1/2026"]


def test_a_rule_of_before_ends_where_the_next_begins(gula, budi):
    rules.add(on=MONDAY, product=gula, terms=rule_terms(valid_from=TOMORROW), by=budi)
    assert rules.add(on=MONDAY, product=gula, terms=rule_terms(), by=budi).valid_until == MONDAY
    earlier = rule_terms(valid_from=MONDAY - timedelta(days=9), valid_until=TOMORROW)
    assert rules.add(
        on=MONDAY, product=gula, terms=earlier, by=budi
    ).valid_until == MONDAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": "  "}, "source"),
        ({"source": "x" * 201}, "source"),
        ({"ceiling_idr": 0}, "ceiling_idr"),
        ({"most_quantity": Decimal(0)}, "most_quantity"),
        ({"ceiling_idr": 10**9 + 1}, "ceiling_idr"),
        ({"valid_until": MONDAY - timedelta(days=1)}, "valid_until"),
        ({"valid_from": date(2027, 11, 24)}, "valid_from"),
        ({"valid_from": date(1976, 11, 22)}, "valid_from"),
        ({"valid_until": date(2036, 11, 24)}, "valid_until"),
        ({"ceiling_idr": None}, None),
    ],
)
def test_a_rule_makes_sense(gula, budi, changes, field):
    refused(
        rules.RuleRefused,
        None,
        lambda: rules.add(on=MONDAY, product=gula, terms=rule_terms(**changes), by=budi),
        field,
    )


def test_one_rule_from_a_day(gula, budi):
    rules.add(on=MONDAY, product=gula, terms=rule_terms(), by=budi)
    refused(
        rules.RuleRefused,
        "from this day on already",
        lambda: rules.add(on=MONDAY, product=gula, terms=rule_terms(), by=budi),
        "valid_from",
    )


def test_a_rule_ends_and_stays_on_record(gula, in_melati, budi):
    rule = rules.add(on=MONDAY, product=gula, terms=rule_terms(), by=budi)
    rules.end(rule=rule, on=TOMORROW, by=budi)
    rules.end(rule=rule, on=TOMORROW, by=budi)
    rule.refresh_from_db()
    assert rule.valid_until == MONDAY
    assert not goods_queries.rules_of(gula, on=TOMORROW)
    assert actions(in_melati, "rule.") == ["rule.add", "rule.end"]


def test_presets_say_that_they_are_to_be_checked():
    assert {each.code for each in presets.PRESETS} == {
        "lpg-3kg",
        "sphp-5kg",
        "sphp-kg",
        "minyakita",
    }
    assert all("perlu dicek" in each.source for each in presets.PRESETS)
    assert presets.preset("lpg-3kg").ceiling_idr == 18_000
    assert presets.preset("lain") is None


def test_a_preset_is_a_rule(gula, budi, in_melati):
    for number, each in enumerate(presets.PRESETS):
        day = MONDAY + timedelta(days=number)
        rules.add(
            on=MONDAY, product=gula, terms=rules.Terms(valid_from=day, **each.initial()), by=budi
        )
    assert GoodsRule.objects.of(in_melati).count() == 4


# --- Shelves ---------------------------------------------------------------------------------


def test_a_shelf_gets_a_name_and_a_colour(gula, in_melati, budi):
    shelf = categories.change(
        category=gula.category, name=" Bahan  pokok ", colour=Colour.GREEN, by=budi
    )
    assert (shelf.name, shelf.colour) == ("Bahan pokok", "green")
    assert actions(in_melati, "category.") == ["category.change"]


def test_a_shelf_has_a_name_of_its_own(gula, in_melati, budi):
    Category.objects.create(cooperative=in_melati, name="Minuman")
    for name in ("", "x" * 41, "MINUMAN"):
        refused(
            categories.CategoryRefused,
            None,
            lambda name=name: categories.change(
                category=gula.category, name=name, colour=Colour.RED, by=budi
            ),
            "name",
        )


def test_shelves_know_how_much_stands_on_them(gula, telur, in_melati):
    Category.objects.create(cooperative=in_melati, name="Kosong")
    rows = goods_queries.categories_with_goods(in_melati)
    assert [(shelf.name, shelf.goods) for shelf in rows] == [("Kosong", 0), ("Sembako", 2)]


# --- Settings --------------------------------------------------------------------------------

QRIS = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204541153033605802ID5913KKMP GEDAWANG"
    "6008SEMARANG61055026662070703A0163047C52"
)


def change(cooperative, by, version=1, **choices):
    given = {"cash_step_idr": 500} | choices
    return till_settings.change(
        cooperative=cooperative, choices=Choices(**given), version=version, by=by
    )


def test_the_tills_follow_the_settings(sell, gula, in_melati, budi):
    assert settings_of(in_melati).cash_step_idr == 100
    kept = change(in_melati, budi, receipt_footer=" Terima  kasih ", qris_payload=f"{QRIS}\n")
    assert (kept.receipt_footer, kept.qris_payload, kept.version) == ("Terima kasih", QRIS, 2)
    assert sell((gula, "1"), discount_idr=200, may_discount=True).rounding_idr == 200
    assert actions(in_melati, "till.") == ["till.settings"]


def test_settings_that_stay_the_same_are_no_change(in_melati, budi):
    change(in_melati, budi)
    assert change(in_melati, budi, version=2).version == 2
    assert actions(in_melati, "till.") == ["till.settings"]


def test_two_people_who_change_them_notice(in_melati, budi, tono):
    change(in_melati, budi)
    refused(SettingsConflict, "Somebody else", lambda: change(in_melati, tono, credit_days=7))
    assert TillSettings.objects.of(in_melati).get().credit_days == 30


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        ({"cash_step_idr": 30}, "cash_step_idr"),
        ({"credit_days": 0}, "credit_days"),
        ({"credit_days": 366}, "credit_days"),
        ({"overdue_days": 366}, "overdue_days"),
        ({"receipt_footer": "x" * 121}, "receipt_footer"),
        ({"bank_account": "x" * 121}, "bank_account"),
        ({"qris_payload": QRIS[:-1] + "3"}, "qris_payload"),
    ],
)
def test_settings_make_sense(in_melati, budi, choices, field):
    refused(SettingsRefused, None, lambda: change(in_melati, budi, **choices), field)


def test_packs_prices_and_rules_of_the_day_reach_the_till(gula, pack, gerai, in_melati, budi):
    prices.add(product=gula, terms=terms(min_quantity=Decimal(10)), on=MONDAY, by=budi)
    rules.add(on=MONDAY, product=gula, terms=rule_terms(most_quantity=Decimal(2)), by=budi)
    (told,) = shelf.till_goods(in_melati, gerai, on=MONDAY)
    assert told["packs"][0]["factor_thousandths"] == 12_000
    assert told["prices"] == [{"tier": "general", "from_thousandths": 10_000, "price_idr": 17_000}]
    assert (told["rules"][0]["most_thousandths"], told["rules"][0]["source"]) == (
        2_000,
        "SK 1/2026",
    )
    assert Pack.objects.of(in_melati).get().product == gula
