"""What no day and no amount of the database goes beyond, whoever writes it.

One constraint for each table, of all its columns with a day, a moment or rupiah. `migrate` keeps it
in step with the models, so that a new column cannot forget it. The services refuse far less, in
words; this is for what slips past them.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models

#: A birth, a lease and a card lie within.
FIRST_DAY, LAST_DAY = "1900-01-01", "2199-12-31"
#: A hundred times what is read as an amount (:data:`kkmp.lib.money.MAX_IDR`), for sums; sums of
#: these still fit into 64 bits.
MOST_IDR = 10**17

_KEPT = """
    SELECT c.conname, obj_description(c.oid, 'pg_constraint') FROM pg_constraint c
    WHERE c.connamespace = 'public'::regnamespace AND c.conname LIKE '%%\\_bounds'
"""


def keep() -> list[str]:
    """Give each table the bounds of its columns, as the owner; the names of those that changed.

    Rows that are there are looked at while others write.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEPT)
        kept = dict(cursor.fetchall())
        present = set(connection.introspection.table_names(cursor))
        changed = []
        for model in ours():
            table, conditions = model._meta.db_table, bounds_of(model)
            if table not in present or not conditions:
                continue
            text = " AND ".join(conditions)
            name, mark = f"{table}_bounds", hashlib.sha256(text.encode()).hexdigest()
            if kept.get(name) == mark:
                continue
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"')
            cursor.execute(
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" CHECK ({text}) NOT VALID'
            )
            cursor.execute(f'ALTER TABLE "{table}" VALIDATE CONSTRAINT "{name}"')
            cursor.execute(f'COMMENT ON CONSTRAINT "{name}" ON "{table}" IS \'{mark}\'')
            changed.append(name)
    return changed


def ours() -> list[type[models.Model]]:
    """The models of our own packages."""
    here = Path(settings.BASE_DIR)
    return [
        model
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(here) and "site-packages" not in config.path
        for model in config.get_models()
    ]


def bounds_of(model: type[models.Model]) -> list[str]:
    """Conditions in SQL, one for each column that has bounds."""
    found = []
    for field in model._meta.concrete_fields:
        column = f'"{field.column}"'
        if isinstance(field, models.DateTimeField):
            last = f"TIMESTAMPTZ '{LAST_DAY} 23:59:59+00'"
            found.append(f"{column} BETWEEN TIMESTAMPTZ '{FIRST_DAY} 00:00+00' AND {last}")
        elif isinstance(field, models.DateField):
            found.append(f"{column} BETWEEN DATE '{FIRST_DAY}' AND DATE '{LAST_DAY}'")
        elif isinstance(field, models.BigIntegerField) and field.name.endswith("_idr"):
            found.append(f"{column} BETWEEN {-MOST_IDR} AND {MOST_IDR}")
    return found
