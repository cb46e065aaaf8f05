"""Selling by packs, dated prices, discounts and the rules of subsidised goods, on the tables."""

from datetime import timedelta
from decimal import Decimal

import pytest

from finance.ledger.services.ledger import KeyReused, MonthClosed
from finance.months.services import months
from kkmp.access.models import AuditEvent
from kkmp.lib.identity import parse_nik
from kkmp.lib.ids import new_id
from members.savings.services import savings
from shops.drawers.services import shifts
from shops.goods.services import packs, prices, products, rules
from shops.models import PriceTier, Product, Sale, Stock, StockMovement
from shops.returns.services import returns
from shops.till import queries
from shops.till.services import sales
from shops.till.services.sales import SaleRefused, SoldLine
from shops.till.shelf import till_goods
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, MORNING, open_shift, particulars
from tests.shops.till.test_sales import left, posted

NIK = parse_nik("3374115203900012")
OTHER_NIK = parse_nik("3374110101800034")


@pytest.fixture
def dus(gula, budi):
    """Twelve packs of sugar."""
    contents = packs.Contents(
        name="dus", factor=Decimal(12), code="8990000079996", general_price_idr=205_000
    )
    return packs.add(product=gula, contents=contents, by=budi)


def packed(pack, many, tier=PriceTier.GENERAL, **more):
    return [SoldLine(pack.product_id, Decimal(many), tier, pack.id, **more)]


def refused(words, call):
    with pytest.raises(SaleRefused, match=words):
        call()


# --- Packs and prices ------------------------------------------------------------------------


def test_a_pack_takes_its_measures_from_the_shelf(sell, gula, dus):
    sale = sell(lines=packed(dus, "2"))
    line = queries.lines_of(sale)[0]
    assert (line.quantity, line.pack_name, line.pack_quantity) == (24, "dus", 2)
    assert (line.price_idr, line.total_idr, line.saving_idr) == (205_000, 410_000, 0)
    assert left(gula) == (24, 24 * 16_200)


def test_packs_and_pieces_move_the_shelf_once(sell, gula, dus, in_melati):
    sale = sell(lines=[*packed(dus, "1"), SoldLine(gula.id, Decimal(3))])
    (moved,) = StockMovement.objects.of(in_melati).filter(journal=sale.journal)
    assert (moved.quantity, moved.value_idr) == (-15, -15 * 16_200)
    assert [line.cost_idr for line in queries.lines_of(sale)] == [12 * 16_200, 3 * 16_200]


def test_a_retired_pack_is_refused(sell, dus, budi):
    packs.retire(pack=dus, by=budi)
    refused("no longer sold", lambda: sell(lines=packed(dus, "1")))


def test_a_pack_of_other_goods_is_refused(sell, telur, dus):
    lines = [SoldLine(telur.id, Decimal(1), PriceTier.GENERAL, dus.id)]
    refused("no longer sold", lambda: sell(lines=lines))


@pytest.fixture
def priced(gula, budi):
    def add(price_idr, **terms):
        usual = {"tier": PriceTier.GENERAL, "valid_from": MONDAY}
        return prices.add(
            product=gula,
            terms=prices.Terms(price_idr=price_idr, **usual | terms),
            on=MONDAY,
            by=budi,
        )

    return add


def test_a_price_holds_from_its_quantity_on(sell, gula, priced):
    priced(17_000, min_quantity=Decimal(10))
    assert sell((gula, "9")).total_idr == 9 * 17_500
    assert sell((gula, "10")).total_idr == 170_000


def test_a_price_holds_from_its_first_to_its_last_day(sell, gula, priced):
    priced(18_000, valid_from=MONDAY + timedelta(days=1), valid_until=MONDAY + timedelta(days=2))
    days = [MORNING + timedelta(days=n) for n in range(4)]
    assert [sell((gula, "1"), at=day).total_idr for day in days] == [
        17_500,
        18_000,
        18_000,
        17_500,
    ]


def test_institutions_have_a_price_of_their_own(sell, gula, gerai, budi):
    products.edit(
        on=MONDAY,
        product=gula,
        particulars=particulars(gerai, code=gula.code, institution_price_idr=17_100),
        version=1,
        by=budi,
    )
    sale = sell((gula, "2"), tier=PriceTier.INSTITUTION)
    assert (sale.total_idr, queries.lines_of(sale)[0].saving_idr) == (34_200, 800)
    assert posted(sale)[1] == ("4-1102", 0, 34_200)


# --- Discounts -------------------------------------------------------------------------------


def test_a_discount_needs_the_permission(sell, gula):
    lines = [SoldLine(gula.id, Decimal(1), discount_idr=100)]
    refused("gives no discounts", lambda: sell((gula, "1"), discount_idr=100))
    refused("gives no discounts", lambda: sell(lines=lines))


def test_discounts_of_lines_and_of_the_whole_lower_what_is_earned(sell, gula, telur):
    lines = [SoldLine(gula.id, Decimal(2), discount_idr=1_000), SoldLine(telur.id, Decimal(1))]
    sale = sell(lines=lines, discount_idr=3_000, may_discount=True)
    assert (sale.total_idr, sale.discount_idr) == (60_000, 4_000)
    assert posted(sale)[:2] == [("1-1102", 60_000, 0), ("4-1102", 0, 60_000)]
    assert [line.discount_idr for line in queries.lines_of(sale)] == [2_619, 1_381]


# --- Services --------------------------------------------------------------------------------


@pytest.fixture
def ongkir(gerai, budi):
    return products.add(
        on=MONDAY,
        cooperative=gerai.cooperative,
        particulars=particulars(
            gerai,
            name="Ongkos kirim",
            measure="kali",
            is_service=True,
            income_code="4-1306",
            general_price_idr=5_000,
            member_price_idr=5_000,
            wholesale_price_idr=None,
        ),
        by=budi,
    )


def test_a_service_earns_on_its_own_account_and_moves_no_stock(sell, gula, ongkir, in_melati):
    sale = sell((gula, "1"), (ongkir, "1"))
    assert posted(sale) == [
        ("1-1102", 22_500, 0),
        ("4-1102", 0, 17_500),
        ("4-1306", 0, 5_000),
        ("5-1102", 16_200, 0),
        ("1-1131", 0, 16_200),
    ]
    assert StockMovement.objects.of(in_melati).filter(journal=sale.journal).count() == 1
    assert Stock.objects.of(in_melati).get(product=ongkir).quantity == 0


def test_a_service_alone_posts_no_cost(sell, ongkir):
    assert posted(sell((ongkir, "2"))) == [("1-1102", 10_000, 0), ("4-1306", 0, 10_000)]


# --- Rules of subsidised goods ---------------------------------------------------------------


@pytest.fixture
def ruled(gula, budi):
    def add(**terms):
        usual = {"source": "SK 1/2026", "valid_from": MONDAY}
        return rules.add(on=MONDAY, product=gula, terms=rules.Terms(**usual | terms), by=budi)

    return add


def test_the_ceiling_holds_from_its_day_on(sell, gula, ruled):
    ruled(ceiling_idr=17_000, valid_from=MONDAY + timedelta(days=1))
    assert sell((gula, "1")).total_idr == 17_500
    refused("at most Rp\xa017,000", lambda: sell((gula, "1"), at=MORNING + timedelta(days=1)))


def test_it_is_never_sold_at_wholesale(sell, gula, ruled):
    ruled(no_wholesale=True)
    refused("never sold at the wholesale", lambda: sell((gula, "1"), tier=PriceTier.WHOLESALE))


def test_the_buyer_is_a_member_or_gives_the_nik(sell, gula, ani, ruled, in_melati):
    ruled(needs_identity=True)
    refused("fill in the buyer's NIK", lambda: sell((gula, "1")))
    assert sell((gula, "1"), member=ani).member_id == ani.id
    sale = sell((gula, "1"), buyer_nik=NIK)
    assert NIK.digits.encode() not in bytes(sale.buyer_hash)
    assert Sale.objects.of(in_melati).exclude(buyer_hash=None).count() == 1


@pytest.mark.parametrize(("period", "free_again"), [("day", 1), ("week", 7), ("month", 8)])
def test_a_buyer_gets_so_much_in_a_period(sell, gula, ruled, period, free_again):
    """The Monday is the 23rd: its week ends on the 29th, its month on the 30th."""
    ruled(most_quantity=Decimal(2), period=period)
    sell((gula, "2"), buyer_nik=NIK)
    before = MORNING + timedelta(days=free_again - 1)
    refused("has had 2", lambda: sell((gula, "1"), buyer_nik=NIK, at=before))
    assert sell((gula, "1"), buyer_nik=OTHER_NIK)
    assert sell((gula, "2"), buyer_nik=NIK, at=MORNING + timedelta(days=free_again))


def test_a_limit_for_a_purchase_counts_only_that(sell, gula, ruled):
    ruled(most_quantity=Decimal(2), period="sale")
    refused("at most 2 bks a purchase", lambda: sell((gula, "3")))
    assert sell((gula, "2"), buyer_nik=NIK)
    assert sell((gula, "2"), buyer_nik=NIK)


def test_a_pack_counts_as_what_is_in_it(sell, gula, dus, ruled):
    ruled(most_quantity=Decimal(12))
    sell(lines=packed(dus, "1"), buyer_nik=NIK)
    refused("has had 12", lambda: sell((gula, "1"), buyer_nik=NIK))


def test_a_member_who_writes_down_her_nik_is_the_same_buyer(sell, gula, ani, ruled):
    ruled(most_quantity=Decimal(2))
    sell((gula, "1"), member=ani)
    sell((gula, "1"), buyer_nik=NIK)
    refused("has had 2", lambda: sell((gula, "1"), member=ani))
    refused("has had 2", lambda: sell((gula, "1"), buyer_nik=NIK))


def test_what_came_back_is_free_again(sell, gula, ruled, gerai, sari, budi):
    ruled(most_quantity=Decimal(2))
    shift = open_shift(gerai, sari, float_idr=20_000)
    sale = sell((gula, "2"), buyer_nik=NIK)
    returns.take_back(
        sale=sale,
        quantities={queries.lines_of(sale)[0].id: Decimal(1)},
        reason="Salah ambil",
        key=new_id(),
        at=MORNING,
        approved=returns.Approved(sari, budi, shift),
    )
    refused("has had 1", lambda: sell((gula, "2"), buyer_nik=NIK))
    assert sell((gula, "1"), buyer_nik=NIK)


def test_a_rule_that_was_ended_asks_for_nothing(sell, gula, ruled, budi):
    rules.end(rule=ruled(needs_identity=True), on=MONDAY, by=budi)
    assert sell((gula, "1"))


# --- Shifts, keys and months -----------------------------------------------------------------


def test_a_till_sells_into_the_cashiers_shift(sell, gula, gerai, sari):
    refused("Open your shift first", lambda: sell((gula, "1"), needs_shift=True))
    shift = open_shift(gerai, sari)
    assert sell((gula, "1"), needs_shift=True).shift_id == shift.id


def test_a_shift_at_another_unit_does_not_count(sell, gula, in_melati, sari, budi):
    from shops.units.services import units

    apotek = units.open_unit(cooperative=in_melati, name="Apotek", by=budi)
    open_shift(apotek, sari)
    with pytest.raises(sales.NoShift):
        sell((gula, "1"), needs_shift=True)


def test_a_closed_shift_sells_nothing(sell, gula, gerai, sari):
    shift = open_shift(gerai, sari)
    shifts.close(
        shift=shift, counted=shifts.Counted({}), note="", key=new_id(), at=MORNING, by=sari
    )
    with pytest.raises(sales.NoShift):
        sell((gula, "1"), needs_shift=True)


def test_a_key_of_something_else_is_not_sold_under(sell, gula, ani, budi, in_melati):
    from members.models import SavingsKind

    kind = SavingsKind.objects.of(in_melati).get(code="sukarela")
    savings.deposit(member=ani, kind=kind, amount_idr=5_000, key=KEY, on=MONDAY, by=budi)
    with pytest.raises(KeyReused):
        sell((gula, "1"), key=KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"discount_idr": 100},
        {"buyer_nik": NIK},
        {"payments": [sales.Tender(sales.Method.QRIS, 35_000)]},
    ],
)
def test_another_discount_buyer_or_payment_is_other_content(sell, gula, change):
    sell((gula, "2"), key=KEY, may_discount=True)
    with pytest.raises(KeyReused):
        sell((gula, "2"), key=KEY, may_discount=True, **change)


def test_nothing_is_sold_into_a_closed_month(sell, gula, budi, in_melati):
    months.close(
        cooperative=in_melati, month=MONDAY.replace(day=1), on=MONDAY + timedelta(days=30), by=budi
    )
    with pytest.raises(MonthClosed):
        sell((gula, "1"))


# --- Past their date -------------------------------------------------------------------------


def dated(product, on):
    Product.objects.of(product.cooperative).filter(id=product.id).update(expires_on=on)


@pytest.mark.parametrize("days", [0, 1, 400])
def test_goods_whose_date_has_come_are_not_sold(sell, gula, days):
    dated(gula, MONDAY - timedelta(days=days))
    refused("Gula Pasir 1 kg is not sold any more: best before", lambda: sell((gula, "1")))
    assert left(gula) == (48, 48 * 16_200)


def test_goods_are_sold_up_to_their_date(sell, gula):
    dated(gula, MONDAY + timedelta(days=1))
    assert sell((gula, "1")).total_idr == 17_500


def test_the_till_is_told_of_goods_past_their_date(gerai, gula, telur):
    dated(gula, MONDAY)
    dated(telur, MONDAY + timedelta(days=1))
    told = till_goods(gerai.cooperative, gerai, on=MONDAY)
    assert {row["name"]: row["expired_on"] for row in told} == {
        "Gula Pasir 1 kg": MONDAY.isoformat(),
        "Telur Ayam": None,
    }


def test_whoever_keeps_the_list_puts_the_date_right_on_record(sell, gula, budi):
    dated(gula, MONDAY)
    gula.refresh_from_db()
    products.edit(
        on=MONDAY,
        product=gula,
        particulars=particulars(
            gula.unit,
            code=gula.code,
            stock_min=Decimal(12),
            expires_on=MONDAY + timedelta(days=90),
        ),
        version=gula.version,
        by=budi,
    )
    assert sell((gula, "1")).total_idr == 17_500
    events = AuditEvent.objects.of(gula.cooperative).filter(action="product.edit")
    changes = events.latest("id").details
    assert "expires_on" in str(changes)
