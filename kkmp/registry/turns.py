"""Whoever does the same waits for the other, then looks: so that an expected race raises nothing.

A refusal by a unique index would do as well for the answer, but PostgreSQL writes it into its log,
with the row that was refused.
"""

from uuid import UUID

from django.db import connection

from kkmp.registry.models import Cooperative


def take(cooperative: Cooperative | UUID, *names: object) -> None:
    """Hold these names within a cooperative until the transaction ends.

    Taken before one looks whether something is there already. The name of an act is its key; it is
    the same turn that a sale takes in the database.
    """
    of = str(getattr(cooperative, "pk", cooperative))
    with connection.cursor() as cursor:
        for name in sorted(f"{of}{name}" for name in names):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
