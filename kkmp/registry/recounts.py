"""Tables that triggers keep, told again from the rows they tell of: compared, or written anew.

Run within :func:`kkmp.registry.scope.cooperative`: one transaction, one cooperative.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from kkmp.registry.models import Cooperative

_COMPARE = """
    SELECT date, count(*) FILTER (WHERE side > 0), count(*) FILTER (WHERE side < 0)
    FROM (
        SELECT {columns}, sum(side) AS side
        FROM (
            SELECT counted.*, 1 FROM ({counted}) counted
            UNION ALL
            SELECT {columns}, -1 FROM {table} WHERE cooperative_id = %(cooperative)s
        ) both_sides ({columns}, side)
        GROUP BY {columns}
        HAVING sum(side) <> 0
    ) found
    GROUP BY date ORDER BY date
"""
_FORGET = "DELETE FROM {table} WHERE cooperative_id = %(cooperative)s"
_WRITE = """
    INSERT INTO {table} (cooperative_id, {made}{columns})
    SELECT %(cooperative)s, {new}counted.* FROM ({counted}) counted
    ON CONFLICT (cooperative_id, id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Recount:
    """A table of a cooperative's rows, each of a ``date``, and the statement that tells them.

    :param columns: with commas between; where ``id`` is none of them, rows are given a new one
    :param counted: the same columns of the rows that there should be, by ``%(cooperative)s``
    """

    table: str
    columns: str
    counted: str

    def statement(self, text: str) -> str:
        has_id = "id" in self.columns.split(", ")
        made, new = ("", "") if has_id else ("id, ", "gen_random_uuid(), ")
        return text.format(
            table=self.table, columns=self.columns, counted=self.counted, made=made, new=new
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A day on which a table is not what the rows come to.

    :param counted: rows that there should be and are not so
    :param kept: rows that there are and should not be so
    """

    table: str
    day: date
    counted: int
    kept: int


def differences(cooperative: Cooperative, recounts: Iterable[Recount]) -> list[Difference]:
    """Each table is compared in one statement, so that an act meanwhile is in both or in none."""
    found = []
    with connection.cursor() as cursor:
        for one in recounts:
            cursor.execute(one.statement(_COMPARE), {"cooperative": cooperative.pk})
            found += [
                Difference(one.table, day, int(missing), int(wrong))
                for day, missing, wrong in cursor.fetchall()
            ]
    return found


@transaction.atomic
def rebuild(cooperative: Cooperative, recounts: Iterable[Recount]) -> None:
    """Write all of them anew; the caller keeps everybody from writing meanwhile."""
    with connection.cursor() as cursor:
        for one in recounts:
            for text in (_FORGET, _WRITE):
                cursor.execute(one.statement(text), {"cooperative": cooperative.pk})
