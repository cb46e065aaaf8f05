"""A shop at Melati: a unit of business, three products with opening stock, and a member."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import transaction
from django.utils.translation import override

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import BusinessUnit
from kkmp.access.models import User
from kkmp.lib.identity import parse_nik
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member, SavingsKind
from members.pins.services.pins import Proof
from members.register.services import membership
from members.savings.services import savings
from shops.drawers.services import shifts
from shops.goods.services import products
from shops.goods.services.particulars import Particulars
from shops.models import PriceTier, Product, Sale, SaleReturn, Shift
from shops.returns.services import returns
from shops.stock.services import stock
from shops.till.services import sales
from shops.units.services import units
from tests import databases
from tests.cast import House
from tests.conftest import MONDAY
from tests.shops.pages import english

#: Ten in the morning of the Monday, in Semarang.
MORNING = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
OPENED_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEY = UUID("019a0000-0000-7000-8000-00000000000a")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Refusals are compared in the language of the source."""
    with override("en"):
        yield


@pytest.fixture
def budis(client_of, budi):
    """The chair's browser, in English."""
    return english(client_of(budi))


@pytest.fixture
def saris(client_of, sari):
    """The cashier's browser, in English."""
    return english(client_of(sari))


def particulars(unit: BusinessUnit, **changes) -> Particulars:
    return Particulars(
        **{
            "unit": unit,
            "category": "Sembako",
            "name": "Gula Pasir 1 kg",
            "measure": "bks",
            "general_price_idr": 17_500,
            "member_price_idr": 17_300,
            "wholesale_price_idr": 16_800,
        }
        | changes
    )


def stocked(product: Product, quantity: str, cost_idr: int, by: User) -> Product:
    stock.take_opening(
        cooperative=product.cooperative,
        lines=[stock.OpeningLine(product, Decimal(quantity), cost_idr)],
        key=new_id(),
        on=MONDAY,
        by=by,
    )
    return product


def open_gerai(cooperative: Cooperative, by: User) -> BusinessUnit:
    return units.open_unit(cooperative=cooperative, name="Gerai sembako", code="gerai", by=by)


def stock_gula(unit: BusinessUnit, by: User) -> Product:
    """48 packs at Rp16.200."""
    product = products.add(
        on=MONDAY,
        cooperative=unit.cooperative,
        particulars=particulars(unit, code="8990000070030", stock_min=Decimal(12)),
        by=by,
    )
    return stocked(product, "48", 16_200, by)


def stock_telur(unit: BusinessUnit, by: User) -> Product:
    """87,25 kg at Rp26.500, weighed, and not sold wholesale."""
    product = products.add(
        on=MONDAY,
        cooperative=unit.cooperative,
        particulars=particulars(
            unit,
            name="Telur Ayam",
            measure="kg",
            is_weighed=True,
            general_price_idr=29_000,
            member_price_idr=28_500,
            wholesale_price_idr=None,
        ),
        by=by,
    )
    return stocked(product, "87.25", 26_500, by)


def enrol_ani(cooperative: Cooperative, by: User, nik: str = "3374115203900012") -> Member:
    """A member who has paid her principal savings."""
    member = membership.register(
        cooperative=cooperative,
        particulars=membership.Particulars(
            name="Ani Lestari (rekaan)",
            nik=parse_nik(nik),
            phone="+6281897825707",
        ),
        on=MONDAY,
        by=by,
    )
    kind = SavingsKind.objects.of(cooperative).get(code="pokok")
    savings.deposit(member=member, kind=kind, amount_idr=100_000, key=new_id(), on=MONDAY, by=by)
    member.refresh_from_db()
    return member


def fill_cash_box(cooperative: Cooperative, amount_idr: int) -> None:
    """Money that was in the main cash box before the story begins."""
    ledger.post(
        cooperative=cooperative,
        kind="manual",
        memo="Isi kas besar (rekaan)",
        entries=[
            ledger.debit(Code.CASH, amount_idr),
            ledger.credit(Code.OPENING_CLEARING, amount_idr),
        ],
        key=new_id(),
        on=MONDAY,
        by=None,
    )


def open_shift(
    unit: BusinessUnit, by: User, *, drawer: str = "", float_idr: int = 0, **changes
) -> Shift:
    """A drawer of one's own, with no float unless one is asked for; the float is in the books."""
    if float_idr > 0:
        fill_cash_box(unit.cooperative, float_idr)
    given = {"key": new_id(), "at": MORNING} | changes
    return shifts.open_shift(
        cooperative=unit.cooperative,
        unit=unit,
        drawer=drawer or f"Laci {by.username}",
        float_idr=float_idr,
        by=by,
        **given,
    )


@dataclass
class Shop:
    """Melati's shop, for tests that stand outside of its scope, as a browser does."""

    cooperative: Cooperative
    unit: BusinessUnit
    gula: Product
    telur: Product
    ani: Member

    def sell(self, by: User, *goods: tuple[Product, str], member: Member | None = None, **changes):
        with scope.cooperative(self.cooperative.pk):
            return sold(self.unit, by, *goods, member=member, **changes)

    def open_shift(self, by: User, **changes) -> Shift:
        with scope.cooperative(self.cooperative.pk):
            return open_shift(self.unit, by, **changes)

    def undone_day(self, by: User, approver: User) -> None:
        """A shift with a float of Rp50.000, one sale that is undone, and a right count."""
        shift = self.open_shift(by, float_idr=50_000)
        with scope.cooperative(self.cooperative.pk):
            sale = self.sell(by, (self.gula, "1"), needs_shift=True)
            returned(sale, shift, approver)
            shifts.close(
                shift=shift,
                counted=shifts.Counted({50_000: 1}),
                note="",
                key=new_id(),
                at=MORNING,
                by=by,
            )


def sold(
    unit: BusinessUnit,
    by: User,
    *goods: tuple[Product, str],
    member: Member | None = None,
    tier: PriceTier | None = None,
    paid_idr: int = 5_000_000,
    at: datetime = MORNING,
    may_discount: bool = False,
    may_wholesale: bool = True,
    needs_shift: bool = False,
    **changes,
) -> Sale:
    """A sale for cash, at the member's price if one buys; whatever else is asked by keyword.

    A member who buys has typed the right PIN, unless ``proof`` says otherwise.
    """
    usual = PriceTier.MEMBER if member else PriceTier.GENERAL
    request = {
        "unit_code": unit.code,
        "lines": [sales.SoldLine(each.id, Decimal(many), tier or usual) for each, many in goods],
        "payments": [sales.Tender(sales.Method.CASH, paid_idr)] if paid_idr else [],
        "key": new_id(),
        "member_id": member.id if member else None,
        "proof": Proof(member.id) if member else None,
    } | changes
    with transaction.atomic():
        return sales.sell(
            cooperative=unit.cooperative,
            request=sales.SaleRequest(**request),
            at=at,
            by=by,
            may_discount=may_discount,
            may_wholesale=may_wholesale,
            needs_shift=needs_shift,
        )


def make_shop() -> None:
    """What ``shop`` finds, made on the Monday before anybody sells."""
    house = House()
    with transaction.atomic(), patch("django.utils.timezone.now", lambda: OPENED_AT):
        melati, budi = house.cooperative("melati"), house.person("budi")
        with scope.cooperative(melati.pk):
            unit = open_gerai(melati, budi)
            stock_gula(unit, budi)
            stock_telur(unit, budi)
            enrol_ani(melati, budi)


def find_shop(melati: Cooperative) -> Shop:
    with scope.cooperative(melati.pk):
        unit = BusinessUnit.objects.of(melati).get()
        kept = Product.objects.of(melati).select_related("unit", "category")
        goods = {product.measure: product for product in kept}
        for row in (unit, *goods.values()):
            row.cooperative = melati
        return Shop(melati, unit, goods["bks"], goods["kg"], Member.objects.of(melati).get())


@pytest.fixture
def shop(melati: Cooperative) -> Shop:
    """It stands in the database of each test that asks for it (tests/databases.py)."""
    return find_shop(melati)


@pytest.fixture
def shared_shop(request: pytest.FixtureRequest, in_melati: Cooperative) -> Shop | None:
    """The shop, where a test asks for all of it; else each part is made when it is asked for."""
    return find_shop(in_melati) if databases.house_of(request.node) == databases.SHOP else None


@pytest.fixture
def gerai(shared_shop: Shop | None, in_melati: Cooperative, budi: User) -> BusinessUnit:
    return shared_shop.unit if shared_shop else open_gerai(in_melati, budi)


@pytest.fixture
def gula(shared_shop: Shop | None, gerai: BusinessUnit, budi: User) -> Product:
    return shared_shop.gula if shared_shop else stock_gula(gerai, budi)


@pytest.fixture
def telur(shared_shop: Shop | None, gerai: BusinessUnit, budi: User) -> Product:
    return shared_shop.telur if shared_shop else stock_telur(gerai, budi)


@pytest.fixture
def ani(shared_shop: Shop | None, in_melati: Cooperative, budi: User) -> Member:
    return shared_shop.ani if shared_shop else enrol_ani(in_melati, budi)


@pytest.fixture
def sell(gerai: BusinessUnit, sari: User):
    """Sell as Sari does: ``sell((gula, "2"), paid_idr=40_000)``."""

    def do(*goods, **changes):
        return sold(gerai, sari, *goods, **changes)

    return do


@pytest.fixture
def shift(gerai: BusinessUnit, sari: User) -> Shift:
    """Sari's drawer, open since the morning."""
    return shifts.open_shift(
        cooperative=gerai.cooperative,
        unit=gerai,
        drawer="Laci 1",
        float_idr=0,
        key=new_id(),
        at=MORNING,
        by=sari,
    )


def returned(
    sale: Sale, shift: Shift, approver: User, *, at: datetime = MORNING, **quantities: str
) -> SaleReturn:
    """Goods of a sale that come back, by the position of their line; all of it without any.

    ``returned(sale, shift, budi, line_1="2")``
    """
    lines = {f"line_{line.position}": line.id for line in sale.sold_lines}
    asked = {lines[name]: Decimal(many) for name, many in quantities.items()}
    return returns.take_back(
        sale=sale,
        quantities=asked or None,
        reason="salah ambil",
        key=new_id(),
        at=at,
        approved=returns.Approved(by=shift.cashier, approver=approver, shift=shift),
    )


@pytest.fixture
def monday(sell, gula, telur, ani):
    """A member buys two packs, a stranger one and half a kilogram; the day before, one more."""
    sell((gula, "2"), member=ani)
    sell((gula, "1"), (telur, "0.5"))
    sell((gula, "1"), at=MORNING - timedelta(days=1))
