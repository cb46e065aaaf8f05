"""Document numbers: one counter row a cooperative and series, never a sequence."""

from django.db import connection

from kkmp.registry.models import Cooperative


def next_number(*, cooperative: Cooperative, series: str) -> int:
    """Take the next number of a series; it is given back if the transaction fails.

    The counter's row stays locked until then, so ask for it late.
    """
    return take_numbers(cooperative=cooperative, series=series, count=1)[0]


def take_numbers(*, cooperative: Cooperative, series: str, count: int) -> range:
    """Take several numbers of a series at once, lowest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_take_numbers(%s, %s, %s)", [cooperative.pk, series, count])
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
