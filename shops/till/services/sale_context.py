"""What a sale is judged by: read in one statement, which also locks the goods."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from kkmp.lib import postgresql
from kkmp.lib.existing import present
from kkmp.registry.models import Cooperative
from shops.pricing.goods import Goods, PackOf, QuantityPrice, Rule
from shops.pricing.terms import Period


@dataclass(frozen=True, slots=True)
class Unit:
    id: UUID
    code: str
    name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Person:
    """The member who buys."""

    id: UUID
    number: int | None
    name: str
    status: str
    party_id: UUID
    #: Whether the leaving waits for a decision; then nothing is written in this name.
    is_leaving: bool = False


@dataclass(frozen=True, slots=True)
class SaleContext:
    """What a sale is judged by: unit, shift, member, goods, and the step of rounding cash.

    :param before: id and content hash of an earlier sale with the same key
    :param shift_id: the cashier's open shift, at whatever unit
    """

    before: tuple[UUID, str] | None = None
    unit: Unit | None = None
    shift_id: UUID | None = None
    shift_unit_id: UUID | None = None
    step_idr: int = 1
    person: Person | None = None
    goods: dict[UUID, Goods] | None = None

    @property
    def seller(self) -> Unit:
        """The unit of business that sells; ask after a sale of no unit was refused."""
        return present(self.unit, "a sale of no unit is refused")

    @property
    def shelf(self) -> dict[UUID, Goods]:
        """The goods of the sale by id; ask after it was found to be new."""
        return present(self.goods, "a sale that is made anew reads its goods")


def read(
    cooperative: Cooperative,
    *,
    unit_code: str,
    product_ids: Sequence[UUID],
    member_id: UUID | None,
    buyer_hash: bytes | None,
    key: UUID,
    cashier_id: UUID | None,
    day: date,
) -> SaleContext:
    """Lock the goods and read what the sale is judged by; always one statement."""
    request = {
        "unit": unit_code,
        "products": [str(each) for each in product_ids],
        "member": str(member_id) if member_id else None,
        "buyer_hash": buyer_hash.hex() if buyer_hash else None,
        "key": str(key),
        "cashier": str(cashier_id) if cashier_id else None,
        "day": day.isoformat(),
    }
    with postgresql.prepared_cursor() as cursor:
        cursor.execute("SELECT shops_prepare_sale(%s, %s)", [cooperative.pk, json.dumps(request)])
        told = cursor.fetchone()[0]
    told = json.loads(told) if isinstance(told, str) else told
    return _parsed(told)


def _parsed(told: dict[str, Any]) -> SaleContext:
    before = told.get("before")
    if before:
        return SaleContext(before=(UUID(before["id"]), before["hash"]))
    unit, shift, person = told["unit"], told["shift"], told["member"]
    return SaleContext(
        unit=Unit(**unit | {"id": UUID(unit["id"])}) if unit else None,
        shift_id=UUID(shift["id"]) if shift else None,
        shift_unit_id=UUID(shift["unit"]) if shift else None,
        step_idr=told["step_idr"],
        person=_person(person) if person else None,
        goods={each.id: each for each in map(_goods, told["goods"])},
    )


def _person(told: dict[str, Any]) -> Person:
    return Person(
        id=UUID(told["id"]),
        number=told["number"],
        name=told["name"],
        status=told["status"],
        party_id=UUID(told["party"]),
        is_leaving=told["is_leaving"],
    )


def _goods(told: dict[str, Any]) -> Goods:
    stock = told["stock"] or {}
    return Goods(
        id=UUID(told["id"]),
        name=told["name"],
        measure=told["measure"],
        is_weighed=told["is_weighed"],
        is_active=told["is_active"],
        is_service=told["is_service"],
        income_code=told["income_code"],
        unit_id=UUID(told["unit"]),
        prices=told["prices"],
        quantity_prices=tuple(map(_quantity_price, told["quantity_prices"] or ())),
        packs=tuple(map(_pack, told["packs"] or ())),
        rules=tuple(map(_rule, told["rules"] or ())),
        stock_id=UUID(stock["id"]) if stock else None,
        quantity=Decimal(stock.get("quantity", 0)),
        value_idr=stock.get("value_idr", 0),
        pack_size=told["pack_size"],
        is_subsidised=told["is_subsidised"],
        expired_on=date.fromisoformat(told["expired_on"]) if told["expired_on"] else None,
    )


def _quantity_price(told: dict[str, Any]) -> QuantityPrice:
    return QuantityPrice(
        told["tier"],
        Decimal(told["min_quantity"]),
        told["price_idr"],
        date.fromisoformat(told["valid_from"]),
    )


def _pack(told: dict[str, Any]) -> PackOf:
    return PackOf(UUID(told["id"]), told["name"], Decimal(told["factor"]), told["prices"])


def _rule(told: dict[str, Any]) -> Rule:
    most = told["most_quantity"]
    return Rule(
        ceiling_idr=told["ceiling_idr"],
        most_quantity=Decimal(most) if most is not None else None,
        period=Period(told["period"]),
        no_wholesale=told["no_wholesale"],
        needs_identity=told["needs_identity"],
        source=told["source"],
        bought=Decimal(told["bought"]),
    )
