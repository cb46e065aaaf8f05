"""Years of sales, made of one day by the database itself.

Each row of the day is written once more for each day that follows it: dates, moments, numbers,
keys and ids move with the day, what it refers to outside of the day stays. So books, drawers, stock
and counters agree in the years as they do in the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from kkmp.lib.ids import new_id
from kkmp.registry import database
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantForeignKey

#: The tables whose rows of a day are written again, each after those that it refers to, with
#: the series of their numbers.
OF_A_DAY = {
    "finance.Journal": "journal",
    "finance.Line": "",
    "shops.Shift": "shift",
    "shops.CountedCash": "",
    "shops.Sale": "sale",
    "shops.SaleLine": "",
    "shops.SalePayment": "",
    "shops.StockMovement": "",
    "shops.SaleReturn": "return",
    "shops.ReturnedLine": "",
    "shops.Refund": "",
    "shops.Settlement": "",
    "shops.CreditPayment": "credit",
    "shops.Confirmation": "",
    "access.AuditEvent": "",
    "registry.DayFigures": "",
    "shops.SalesFigures": "",
    "shops.GoodsFigures": "",
    "shops.PaymentFigures": "",
    "shops.Arrival": "",
}
#: What autovacuum would do within some minutes.
VACUUM = "VACUUM (ANALYZE)"
#: Columns of UUIDs that are no foreign keys and name an act of the day.
_KEYS = {"key", "closing_key", "subject_id"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day's rows.

    :param since: an id that was made before the first of them
    :param numbers: the last number of each series before it
    """

    cooperative: UUID
    on: date
    since: UUID
    numbers: dict[str, int]


def begin(cooperative: Cooperative, on: date) -> Day:
    """Call it before the day, within the cooperative's scope."""
    return Day(cooperative.pk, on, new_id(), _numbers(cooperative.pk))


def multiply(days: Sequence[Day], times: int, today: date) -> None:
    """Write each day again, once for each of the days that follow it.

    :param today: the day on which the services have written it: what says when a row was written
        moves back to the day it tells of
    """
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET work_mem = '256MB'")
        put_back = _undo_guards(cursor)
        for day in days:
            cursor.execute(
                "SELECT set_config('kkmp.cooperative_id', %s, false)", [str(day.cooperative)]
            )
            # A day more, so that the last one differs from the day that the services wrote.
            _one(cursor, day, times, (today - day.on).days + 1)
        for statement in put_back:
            cursor.execute(statement)
        cursor.execute(VACUUM)


def _one(cursor: CursorWrapper, day: Day, times: int, written: int) -> None:
    before = day.numbers
    cursor.execute(
        "SELECT series, last FROM registry_documentcounter WHERE cooperative_id = %s",
        [day.cooperative],
    )
    after = dict(cursor.fetchall())
    for label, series in OF_A_DAY.items():
        a_day = after.get(series, 0) - before.get(series, 0)
        statement = _again(apps.get_model(label), a_day, written)
        cursor.execute(
            statement,
            {"cooperative": day.cooperative, "since": day.since, "on": day.on, "times": times},
        )
    for series, last in after.items():
        cursor.execute(
            "UPDATE registry_documentcounter SET last = %s"
            " WHERE cooperative_id = %s AND series = %s",
            [last + times * (last - before.get(series, 0)), day.cooperative, series],
        )
    for statement in _SUMS:
        cursor.execute(
            statement,
            {"cooperative": day.cooperative, "since": day.since, "on": day.on, "times": times},
        )


def _again(model: type[models.Model], numbers: int, written: int) -> str:
    """The statement that writes a table's rows of the day once more for each day."""
    fields = model._meta.local_concrete_fields
    moving = [field.column for field in fields if _moves(field)]
    table = model._meta.db_table
    # An id's first twelve digits are the moment it was made; the others stay.
    parts = "".join(
        f", ('x' || left(replace(r.\"{name}\"::text, '-', ''), 12))::bit(48)::bigint AS {name}_made"
        f", right(replace(r.\"{name}\"::text, '-', ''), 20) AS {name}_rest"
        for name in moving
    )
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, numbers, written) for field in fields)
    return (
        f"WITH row AS MATERIALIZED (SELECT r.*{parts} FROM {table} r "  # noqa: S608  of models
        f"WHERE r.cooperative_id = %(cooperative)s AND {_of_the_day(model)} ORDER BY r.id) "
        f"INSERT INTO {table} ({columns}) SELECT {values} "
        f"FROM generate_series(1, %(times)s) AS k CROSS JOIN row"
    )


def _of_the_day(model: type[models.Model]) -> str:
    # Counters have random ids, and rows with the last day's date are of this day alone.
    return "r.date = %(on)s" if model._meta.label in _COUNTERS else "r.id > %(since)s"


def _moves(field: models.Field[Any, Any]) -> bool:
    """Whether it is the id of something that is written anew for each day."""
    if isinstance(field, TenantForeignKey):
        return field.related_model._meta.label in OF_A_DAY
    return field.primary_key or field.name in _KEYS


def _value(field: models.Field[Any, Any], numbers: int, written: int) -> str:
    column = f'row."{field.column}"'
    if _moves(field):
        made = f"(row.{field.column}_made + (k - {written}) * {_DAY_MS}) & {_MOST_MS}"
        moved = f"lpad(to_hex({made}), 12, '0') || row.{field.column}_rest"
        return f"({moved})::uuid{'::text' if field.name == 'subject_id' else ''}"
    if isinstance(field, models.DateTimeField):
        days = f"k - {written}" if field.auto_now_add else "k"
        return f"{column} + make_interval(days => {days})"
    if isinstance(field, models.DateField):
        return f"{column} + k"
    if field.name == "number":
        return f"{column} + k * {numbers}::bigint"
    return column


_DAY_MS, _MOST_MS = "86400000::bigint", 2**48 - 1
#: Their rows are found by the day: their ids are random.
_COUNTERS = {
    "registry.DayFigures",
    "shops.SalesFigures",
    "shops.GoodsFigures",
    "shops.PaymentFigures",
}

_SUMS = (
    # The balances of the months: the day's own, once for each of its days.
    """
    INSERT INTO finance_balance AS b (cooperative_id, id, month, account_id, debit_idr, credit_idr)
    SELECT %(cooperative)s, gen_random_uuid(), m.month, l.account_id, m.days * sum(l.debit_idr),
           m.days * sum(l.credit_idr)
    FROM (
        SELECT date_trunc('month', %(on)s::date + k)::date AS month, count(*) AS days
        FROM generate_series(1, %(times)s) AS k GROUP BY 1
    ) m
    CROSS JOIN finance_line l
    WHERE l.cooperative_id = %(cooperative)s AND l.id > %(since)s AND l.date = %(on)s
    GROUP BY m.month, m.days, l.account_id
    ON CONFLICT (cooperative_id, month, account_id) DO UPDATE
    SET debit_idr = b.debit_idr + EXCLUDED.debit_idr,
        credit_idr = b.credit_idr + EXCLUDED.credit_idr
    """,
    """
    INSERT INTO finance_journalcount AS c (cooperative_id, id, month, journals)
    SELECT %(cooperative)s, gen_random_uuid(), date_trunc('month', %(on)s::date + k)::date,
           count(*) * (
               SELECT count(*) FROM finance_journal j
               WHERE j.cooperative_id = %(cooperative)s AND j.id > %(since)s AND j.date = %(on)s
           )
    FROM generate_series(1, %(times)s) AS k
    GROUP BY 3
    ON CONFLICT (cooperative_id, month) DO UPDATE SET journals = c.journals + EXCLUDED.journals
    """,
    """
    UPDATE shops_stock s
    SET quantity = s.quantity + m.quantity, value_idr = s.value_idr + m.value_idr
    FROM (
        SELECT product_id, sum(quantity) * %(times)s AS quantity,
               sum(value_idr) * %(times)s AS value_idr
        FROM shops_stockmovement
        WHERE cooperative_id = %(cooperative)s AND date = %(on)s AND id > %(since)s
        GROUP BY product_id
    ) m
    WHERE s.cooperative_id = %(cooperative)s AND s.product_id = m.product_id
    """,
    """
    UPDATE registry_cooperativefigures f
    SET member_turnover_idr = f.member_turnover_idr + %(times)s * d.member_turnover_idr,
        other_turnover_idr = f.other_turnover_idr + %(times)s * d.other_turnover_idr,
        cost_idr = f.cost_idr + %(times)s * d.cost_idr,
        sales = f.sales + %(times)s * d.sales,
        last_sale_on = %(on)s::date + %(times)s
    FROM registry_dayfigures d
    WHERE f.cooperative_id = %(cooperative)s AND d.cooperative_id = %(cooperative)s
      AND d.date = %(on)s AND d.unit <> ''
    """,
)


def _undo_guards(cursor: CursorWrapper) -> list[str]:
    """Take off triggers and foreign keys, which nothing here can break and each row would pay for.

    :returns: what puts them back
    """
    tables = [apps.get_model(label)._meta.db_table for label in OF_A_DAY]
    put_back = []
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])",
        [tables],
    )
    for table, name, definition in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        valid = definition if definition.endswith("NOT VALID") else f"{definition} NOT VALID"
        put_back.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {valid}")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        put_back.append(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return put_back


def _numbers(cooperative: UUID) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT series, last FROM registry_documentcounter WHERE cooperative_id = %s",
            [cooperative],
        )
        return dict(cursor.fetchall())
