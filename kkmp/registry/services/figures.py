"""Counters for the city, written by whoever causes the change, in the same transaction."""

import json
from datetime import date

from django.db import connection

from kkmp.lib.errors import insist
from kkmp.registry.models import Cooperative
from kkmp.registry.models.figures import MEASURES


def add(*, cooperative: Cooperative, on: date, unit: str = "", **changes: int) -> None:
    """Add changes to a cooperative's counters of one business day.

    :param unit: code of the unit of business, empty for membership and savings
    :param changes: measure names of :data:`~kkmp.registry.models.figures.MEASURES` with
        what is added, which may be negative
    """
    unknown = changes.keys() - set(MEASURES)
    insist(not unknown, f"no such measure: {unknown}")
    last_sale_on = on if changes.get("sales", 0) > 0 else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT registry_add_figures(%s, %s, %s, %s, %s)",
            [cooperative.pk, on, unit, last_sale_on, json.dumps(changes)],
        )
