"""Functions of the database: SQL files that are run again whenever they have changed.

They stand in ``sql/`` of the package that they belong to. Each says CREATE OR REPLACE, so that a
function is changed where it stands and its history is that of a file. Where a function's arguments
change or it goes, a migration drops the old one. Tables, triggers and policies are migrations'.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

#: The functions that triggers call; migrations make the triggers, so these are there before.
TRIGGERS = "triggers.sql"

_KEPT = """
    CREATE TABLE IF NOT EXISTS registry_sqlfile (
        name varchar(200) PRIMARY KEY,
        hash char(64) NOT NULL,
        run_at timestamptz NOT NULL DEFAULT now()
    )
"""
_KEEP = """
    INSERT INTO registry_sqlfile (name, hash) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET hash = EXCLUDED.hash, run_at = now()
"""


def files() -> list[Path]:
    """All of them, in the order of the installed applications, that is from the floor upwards."""
    found = [
        file
        for config in apps.get_app_configs()
        if _is_ours(Path(config.path))
        for file in sorted(Path(config.path).glob("**/sql/*.sql"))
    ]
    return list(dict.fromkeys(found))


@transaction.atomic
def renew(*, triggers: bool) -> list[str]:
    """Run the files that have changed since they were run last; all of them or none.

    :param triggers: those of triggers, or all the others
    :returns: their names
    """
    chosen = [file for file in files() if (file.name == TRIGGERS) == triggers]
    texts = {_name(file): file.read_text(encoding="utf-8") for file in chosen}
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    with connection.cursor() as cursor:
        cursor.execute(_KEPT)
        cursor.execute("SELECT name, hash FROM registry_sqlfile")
        kept = dict(cursor.fetchall())
        changed = [name for name in texts if kept.get(name) != hashes[name]]
        for name in changed:
            cursor.execute(texts[name])
            cursor.execute(_KEEP, [name, hashes[name]])
    return changed


def _is_ours(folder: Path) -> bool:
    return folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts


def _name(file: Path) -> str:
    return file.relative_to(settings.BASE_DIR).as_posix()
