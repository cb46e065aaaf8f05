"""The goods that a till sells, with their packs, prices and rules."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet

from finance.ledger.models import BusinessUnit
from kkmp.registry.models import Cooperative
from shops.goods.models import GoodsRule, Pack, Price, Product
from shops.pricing.goods import least_wholesale
from shops.pricing.terms import PriceTier

Term = TypeVar("Term", Price, GoodsRule)


def till_goods(
    cooperative: Cooperative, unit: BusinessUnit, *, on: date, may_wholesale: bool = False
) -> list[dict[str, Any]]:
    """The active goods of a unit for its till, in values that JSON knows.

    Quantities are whole thousandths, so that the till counts without fractions. Prices by
    quantity and rules are those in force on the day. How much a buyer has bought already is not
    among them: the server looks when it sells.

    :param may_wholesale: whether whoever sells may give the wholesale price to any quantity
    """
    columns = ("id", "code", "name", "measure", "is_weighed", "is_service", "is_subsidised",
               "general_price_idr", "member_price_idr", "wholesale_price_idr",
               "institution_price_idr")  # fmt: skip
    rows = (
        Product.objects.of(cooperative)
        .filter(unit=unit, is_active=True)
        .values(
            *columns,
            "photo",
            shelf=F("category__name"),
            colour=F("category__colour"),
            held=F("stock__quantity"),
            best_before=F("expires_on"),
            carton=F("pack_size"),
        )
        .order_by("name", "id")
    )
    packs, prices, rules = _packs(cooperative), _prices(cooperative, on), _rules(cooperative, on)
    return [
        {name: row[name] for name in columns}
        | {
            "category": row["shelf"],
            "colour": row["colour"],
            "has_photo": bool(row["photo"]),
            "expired_on": _expired_on(row["best_before"], on),
            "stock_thousandths": _thousandths(row["held"]),
            "packs": packs.get(row["id"], []),
            "prices": prices.get(row["id"], []),
            "rules": rules.get(row["id"], []),
            "wholesale_from_thousandths": 0
            if may_wholesale
            else _wholesale_from(
                row["carton"], prices.get(row["id"], []), packs.get(row["id"], [])
            ),
        }
        for row in rows
    ]


def _expired_on(best_before: date | None, on: date) -> str | None:
    return best_before.isoformat() if best_before and best_before <= on else None


def _wholesale_from(
    carton: int | None, prices: list[dict[str, Any]], packs: list[dict[str, Any]]
) -> int | None:
    """The measures from which a cashier gives the wholesale price, as the rules count them."""
    priced = (one["from_thousandths"] for one in prices if one["tier"] == PriceTier.WHOLESALE)
    packed = (one["factor_thousandths"] for one in packs if one["wholesale_price_idr"] is not None)
    least = least_wholesale(
        carton, (Decimal(one) / 1000 for one in priced), (Decimal(one) / 1000 for one in packed)
    )
    return None if least is None else _thousandths(least)


def _packs(cooperative: Cooperative) -> dict[Any, list[dict[str, Any]]]:
    columns = ("id", "name", "code", "general_price_idr", "member_price_idr",
               "wholesale_price_idr", "institution_price_idr")  # fmt: skip
    rows = Pack.objects.of(cooperative).filter(is_active=True).order_by("factor", "id")
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.values(*columns, "product_id", "factor"):
        told = {name: row[name] for name in columns}
        found[row["product_id"]].append(told | {"factor_thousandths": _thousandths(row["factor"])})
    return found


def _prices(cooperative: Cooperative, on: date) -> dict[Any, list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for price in _in_force(Price.objects.of(cooperative), on).order_by("valid_from", "id"):
        found[price.product_id].append(
            {
                "tier": price.tier,
                "from_thousandths": _thousandths(price.min_quantity),
                "price_idr": price.price_idr,
            }
        )
    return found


def _rules(cooperative: Cooperative, on: date) -> dict[Any, list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for rule in _in_force(GoodsRule.objects.of(cooperative), on).order_by("valid_from", "id"):
        most = rule.most_quantity
        found[rule.product_id].append(
            {
                "ceiling_idr": rule.ceiling_idr,
                "most_thousandths": None if most is None else _thousandths(most),
                "period": rule.period,
                "no_wholesale": rule.no_wholesale,
                "needs_identity": rule.needs_identity,
                "source": rule.source,
            }
        )
    return found


def _in_force(rows: QuerySet[Term], on: date) -> QuerySet[Term]:
    return rows.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gte=on))


def _thousandths(quantity: Decimal | None) -> int:
    return int((quantity or 0) * 1000)
