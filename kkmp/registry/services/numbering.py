"""Document numbers: one counter row a cooperative and series, never a sequence."""

from django.db import connection

from kkmp.lib.ids import new_id
from kkmp.registry.models import Cooperative

_NEXT = """
    INSERT INTO registry_documentcounter AS counter (cooperative_id, id, series, last)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (cooperative_id, series) DO UPDATE SET last = counter.last + EXCLUDED.last
    RETURNING last
"""


def next_number(*, cooperative: Cooperative, series: str) -> int:
    """Take the next number of a series; it is given back if the transaction fails.

    The counter's row stays locked until then, so ask for it late.
    """
    return take_numbers(cooperative=cooperative, series=series, count=1)[0]


def take_numbers(*, cooperative: Cooperative, series: str, count: int) -> range:
    """Take several numbers of a series at once, lowest first."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [cooperative.pk, new_id(), series, count])
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
