"""What `manage.py check --database default` asks of the database that the application works in."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from kkmp.registry.database import QUIET_LOG

_TEMPORARY = """
    SELECT has_database_privilege(current_database(), 'TEMPORARY')
    FROM pg_database
    WHERE datname = current_database() AND NOT pg_has_role(datdba, 'USAGE')
"""


@register(Tags.database)
def keeps_to_itself(databases: Sequence[str] | None = None, **_given: Any) -> list[CheckMessage]:
    """Whether the application can shadow its tables, and whether the server logs their rows."""
    if not databases or "default" not in databases:
        return []
    found: list[CheckMessage] = []
    with connections["default"].cursor() as cursor:
        cursor.execute(_TEMPORARY)
        told = cursor.fetchone()
        if told is None:
            # The owner asks, who may do all of it.
            return []
        if told[0]:
            found.append(
                Warning(
                    "The application's role may make temporary tables, which shadow ours.",
                    hint="Run `manage.py migrate` as the owner of the database.",
                    id="registry.W001",
                )
            )
        for name, wanted in QUIET_LOG.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            (value,) = cursor.fetchone()
            if value != wanted:
                found.append(
                    Warning(
                        f"PostgreSQL's own log may hold members' data: {name} is {value}.",
                        hint=f"Set {name} = {wanted} for the server, or let the owner set it.",
                        id="registry.W002",
                    )
                )
    return found
