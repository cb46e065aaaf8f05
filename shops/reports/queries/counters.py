"""What was sold by day and unit, for the counters of the city and their check."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from kkmp.registry.models import Cooperative
from shops.returns.models import SaleReturn
from shops.till.models import Sale


def figures_by_day(cooperative: Cooperative) -> Iterator[dict[str, Any]]:
    """What the shop's counters must be, by sales and returns: for ``check_figures``.

    One row a business day and unit: ``date``, ``unit`` (its code), ``member_turnover_idr``,
    ``other_turnover_idr``, ``cost_idr``, ``sales``.
    """
    found: defaultdict[tuple[date, str], Counter[str]] = defaultdict(Counter)
    sold = Sale.objects.of(cooperative).order_by().values("date", code=F("unit__code"))
    for row in sold.annotate(sales=Count("id"), **_shares("member")):
        found[row["date"], row["code"]].update(_figures(row) | {"sales": row["sales"]})
    # The sale that it came back of stays counted.
    back = SaleReturn.objects.of(cooperative).order_by().values("date", code=F("sale__unit__code"))
    for less in back.annotate(**_shares("sale__member")):
        found[less["date"], less["code"]].subtract(_figures(less))
    for day, code in sorted(found):
        sums = found[day, code]
        yield {
            "date": day,
            "unit": code,
            "member_turnover_idr": sums["member_turnover_idr"],
            "other_turnover_idr": sums["other_turnover_idr"],
            "cost_idr": sums["goods_cost_idr"],
            "sales": sums["sales"],
        }


def _shares(member: str) -> dict[str, Coalesce]:
    """:param member: the path to whoever bought as a member"""
    return {
        "member_turnover_idr": _sum("total_idr", filter=Q(**{f"{member}__isnull": False})),
        "other_turnover_idr": _sum("total_idr", filter=Q(**{f"{member}__isnull": True})),
        "goods_cost_idr": _sum("cost_idr"),
    }


def _figures(row: Mapping[str, Any]) -> dict[str, int]:
    return {
        name: row[name] for name in ("member_turnover_idr", "other_turnover_idr", "goods_cost_idr")
    }


def _sum(name: str, **options: Any) -> Coalesce:
    return Coalesce(Sum(name, **options), 0)
