"""What everybody may see of the city."""

from datetime import date
from typing import Any

from kkmp.city.figures.queries import overview, places
from kkmp.city.figures.queries.places import KelurahanStatus, Totals
from kkmp.city.progress.queries import beside_ours, in_kecamatan, map_of
from kkmp.registry.models import Kecamatan, Regency


def public(regency: Regency, *, kecamatan: Kecamatan | None, on: date) -> dict[str, Any]:
    """The page for everybody: totals and stages, and nothing about few people."""
    statuses = places.statuses(regency, on)
    totals = Totals(statuses)
    return map_of(statuses, kecamatan, public_link) | {
        "totals": totals,
        "overview": overview.public(totals, on),
        "listed": [
            (s, overview.shown_members(s.members)) for s in in_kecamatan(statuses, kecamatan)
        ],
        **beside_ours(regency),
        "on": on,
    }


def public_link(status: KelurahanStatus) -> str:
    """A tile leads to its line in the list of its kecamatan."""
    return f"?kecamatan={status.kecamatan.code}#{status.anchor}"
