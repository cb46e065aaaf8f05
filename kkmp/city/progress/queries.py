"""What the city's pages show: the map, the areas, growth and ranking."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from kkmp.city.figures.models import Series
from kkmp.city.figures.queries import growth, overview, places, ranking
from kkmp.city.figures.queries.places import KelurahanStatus, Totals
from kkmp.city.progress import tiles
from kkmp.registry.models import Kecamatan, Regency, Stage


def city(
    regency: Regency, *, kecamatan: Kecamatan | None, order: ranking.Order, on: date
) -> dict[str, Any]:
    """The whole page of a regency."""
    statuses = places.statuses(regency, on)
    totals = Totals(statuses)
    points = growth.of_regency(
        regency, members=totals.members or 0, capital_idr=totals.capital_idr or 0, on=on
    )
    return map_of(statuses, kecamatan, city_link) | {
        "totals": totals,
        "overview": overview.overview(totals, on),
        "in_several": overview.in_several(
            places.on_several_registers(regency), totals, on, is_public=False
        ),
        "charts": growth.charts(points) if totals.reporting else None,
        "ranking": ranking.rank(statuses, order=order, on=on),
        "orders": ranking.Order,
        "order": order,
        **beside_ours(regency),
        "on": on,
    }


def city_map(regency: Regency, *, kecamatan: Kecamatan | None, on: date) -> dict[str, Any]:
    """The map alone, as htmx asks for it when the kecamatan is changed."""
    return map_of(places.statuses(regency, on), kecamatan, city_link)


def area(kecamatan: Kecamatan, regency: Regency, on: date) -> dict[str, Any]:
    """One kecamatan: its own totals, map and cooperatives."""
    statuses = places.statuses(regency, on)
    own = [s for s in statuses if s.kecamatan == kecamatan]
    return map_of(statuses, kecamatan, city_link) | {
        "statuses": own,
        "overview": overview.overview(Totals(own), on),
        "totals": Totals(own),
        "on": on,
    }


def city_link(status: KelurahanStatus) -> str:
    """A tile leads to its cooperative, and where there is none to its kecamatan."""
    if status.cooperative is None:
        return reverse("city:kecamatan", args=[status.kecamatan.code])
    return reverse("city:cooperative", args=[status.cooperative.code])


def map_of(
    statuses: list[KelurahanStatus],
    kecamatan: Kecamatan | None,
    link: Callable[[KelurahanStatus], str],
) -> dict[str, Any]:
    shown = Totals(in_kecamatan(statuses, kecamatan))
    return {
        "map": tiles.lay_out(statuses, link=link, kecamatan=kecamatan),
        "legend": _legend(shown),
        "shown": shown,
        "areas": places.by_kecamatan(statuses),
        "kecamatan": kecamatan,
    }


def beside_ours(regency: Regency) -> dict[str, Any]:
    """What others published, and of each measure the city's latest number, to stand beside ours."""
    published = places.reported(regency)
    numbers = [f for f in published if f.series == Series.CITY and f.value is not None]
    return {"reported": published, "beside": {f.measure: f for f in reversed(numbers)}}


def _legend(totals: Totals) -> list[dict[str, Any]]:
    """Stages from the highest, each with its count and how many stand above it."""
    lines, above = [], 0
    for stage in reversed(Stage):
        count = totals.by_stage[stage]
        lines.append({"rank": stage.value, "label": stage.label, "count": count, "above": above})
        above += count
    return lines


def in_kecamatan(
    statuses: list[KelurahanStatus], kecamatan: Kecamatan | None
) -> list[KelurahanStatus]:
    return [s for s in statuses if kecamatan in (None, s.kecamatan)]
