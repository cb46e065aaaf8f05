"""Counters for the city, written by whoever causes the change, in the same transaction."""

from datetime import date
from typing import Any

from django.db import connection

from kkmp.lib.ids import new_id
from kkmp.registry.models import Cooperative
from kkmp.registry.models.figures import MEASURES

_COLUMNS = ", ".join(MEASURES)
_VALUES = ", ".join(["%s"] * len(MEASURES))


def _added(alias: str) -> str:
    return ", ".join(f"{name} = {alias}.{name} + EXCLUDED.{name}" for name in MEASURES)


# Both tables in one round trip: the day first, then the standing row.
_ADD = f"""
    WITH day AS (
        INSERT INTO registry_dayfigures AS d (cooperative_id, id, date, unit, {_COLUMNS})
        VALUES (%s, %s, %s, %s, {_VALUES})
        ON CONFLICT (cooperative_id, date, unit) DO UPDATE SET {_added("d")}
    )
    INSERT INTO registry_cooperativefigures AS f
        (cooperative_id, id, last_sale_on, {_COLUMNS})
    VALUES (%s, %s, %s, {_VALUES})
    ON CONFLICT (cooperative_id) DO UPDATE SET
        last_sale_on = GREATEST(f.last_sale_on, EXCLUDED.last_sale_on), {_added("f")}
"""


def add(*, cooperative: Cooperative, on: date, unit: str = "", **changes: int) -> None:
    """Add changes to a cooperative's counters of one business day.

    :param unit: code of the unit of business, empty for membership and savings
    :param changes: measure names of :data:`~kkmp.registry.models.figures.MEASURES` with
        what is added, which may be negative
    """
    unknown = changes.keys() - set(MEASURES)
    assert not unknown, f"no such measure: {unknown}"
    values: list[Any] = [changes.get(name, 0) for name in MEASURES]
    last_sale_on = on if changes.get("sales", 0) > 0 else None
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            [
                *(cooperative.pk, new_id(), on, unit, *values),
                *(cooperative.pk, new_id(), last_sale_on, *values),
            ],
        )
