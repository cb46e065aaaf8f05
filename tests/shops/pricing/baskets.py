"""Goods and baskets of the pricing tests, without a database."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from shops.models import PriceTier
from shops.pricing import basket
from shops.pricing.basket import Buyer, SoldLine
from shops.pricing.goods import Goods, PackOf

UNIT = UUID(int=1)
DUS = PackOf(UUID(int=40), "dus", Decimal(40), {})
MI = Goods(
    id=UUID(int=2),
    name="Mi Instan",
    measure="bks",
    is_weighed=False,
    is_active=True,
    is_service=False,
    income_code="",
    unit_id=UNIT,
    prices={"general": 3_300, "member": 3_200, "wholesale": 2_950, "institution": 3_100},
    packs=(DUS,),
    quantity=Decimal(400),
    value_idr=1_100_000,
)
TELUR = replace(
    MI,
    id=UUID(int=3),
    name="Telur",
    measure="kg",
    is_weighed=True,
    prices={"general": 29_000, "member": 28_500},
    packs=(),
    quantity=Decimal("87.25"),
    value_idr=2_312_125,
)
ONGKIR = replace(
    MI,
    id=UUID(int=4),
    name="Ongkos kirim",
    measure="kali",
    is_service=True,
    income_code="4-1306",
    prices={"general": 5_000},
    packs=(),
    quantity=Decimal(0),
    value_idr=0,
)
STRANGER = Buyer(is_member=False, is_known=False, may_wholesale=True)
ANI = Buyer(is_member=True, is_known=True, may_wholesale=True)


def line(goods: Goods, many: str, tier: str = "general", pack: PackOf | None = None, off: int = 0):
    return SoldLine(goods.id, Decimal(many), PriceTier(tier), pack.id if pack else None, off)


def priced(*lines: SoldLine, goods=(MI, TELUR, ONGKIR), buyer=STRANGER, discount_idr=0):
    known = {each.id: each for each in goods}
    merged = basket.merged(lines)
    return basket.priced(merged, known, unit_id=UNIT, buyer=buyer, discount_idr=discount_idr)


def totals(*lines: SoldLine, **asked) -> list[int]:
    return [each.total_idr for each in priced(*lines, **asked)]
