"""SQL files beside the migrations, each with the file that undoes it."""

from pathlib import Path

from django.db import migrations


def run_sql_file(migration: str, name: str) -> migrations.RunSQL:
    """Run ``sql/<name>.sql`` beside a migration, and ``sql/<name>_undo.sql`` backwards.

    :param migration: the migration's ``__file__``
    """
    folder = Path(migration).resolve().parent / "sql"
    return migrations.RunSQL(
        (folder / f"{name}.sql").read_text(encoding="utf-8"),
        (folder / f"{name}_undo.sql").read_text(encoding="utf-8"),
    )
