"""One migrated database for all workers: made once, kept until its sources change, cloned.

Migrating takes half a minute, cloning a twentieth of a second. So the first worker makes the
template while the others wait, later runs find it, and a test that commits costs a clone.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

#: What the tables are made of lies in these packages and in the packages' own migrations.
ROOMS = ("finance", "kkmp", "members", "shops")
SUFFIXES = {".csv", ".json", ".py", ".sql"}
#: Folders without anything that the tables are made of.
ELSEWHERE = {"bench", "demo", "frontend", "locale", "runner", "static"}
#: Files, and folders of files, that only use the tables; not so below ``FLOOR``.
USERS = {
    "admin",
    "api",
    "documents",
    "filters",
    "forms",
    "serializers",
    "services",
    "urls",
    "views",
}
FLOOR = (Path("kkmp/lib"), Path("kkmp/registry"))
#: Bring migrations of their own.
PACKAGES = ("django", "django-allauth")
#: Any number that nobody else uses as a lock in the owner's database.
MAKING = 7_406_250_113


class Databases:
    """The worker's own database, on a server where all workers share the template.

    All of them connect as one application role. Whoever makes the template makes it; its
    rights in the template are copied with every clone, and it owns none of them.
    """

    def __init__(self, worker: str) -> None:
        self._owner = _as_owner()
        base = f"test_{connection.settings_dict['NAME']}"
        self._role = f"{base}_app"
        self._tables = f"{base}_tables"
        self._name = base if worker == "master" else f"{base}_{worker}"

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Connect as the application to a new clone; drop it in the end."""
        kept = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD")}
        connection.close()
        connection.settings_dict.update(USER=self._role, PASSWORD="test")
        self._template = self._made()
        connection.settings_dict.update(NAME=self._name)
        self._clone()
        yield
        connection.close()
        connection.settings_dict.update(kept)
        self._drop(self._name)
        self._owner.close()

    def renew(self) -> None:
        """Put a new clone in the place of the database that a test has written to."""
        connection.close()
        self._clone()

    def _clone(self) -> None:
        self._drop(self._name)
        self._run(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._template}" STRATEGY FILE_COPY')

    def _made(self) -> str:
        """The name of the template; made by the first who asks, the others wait for it."""
        wanted = f"{self._tables}_{key()}"
        if wanted in self._found(f"{self._tables}_%"):
            return wanted
        self._run(f"SELECT pg_advisory_lock({MAKING})")
        try:
            found = self._found(f"{self._tables}_%")
            if wanted not in found:
                for stale in found:
                    self._drop(stale)
                self._make(wanted)
        finally:
            self._run(f"SELECT pg_advisory_unlock({MAKING})")
        return wanted

    def _make(self, template: str) -> None:
        # Under a name that nobody looks for until it is whole.
        half = f"{self._tables}_half"
        self._drop(half)
        self._run(f'CREATE DATABASE "{half}"')
        connection.settings_dict.update(NAME=half)
        call_command("migrate", verbosity=0)
        connection.close()
        # To end the application's sessions, see `_drop`.
        self._run(f'GRANT "{self._role}" TO CURRENT_USER')
        self._run(f'ALTER DATABASE "{half}" RENAME TO "{template}"')

    def _found(self, pattern: str) -> list[str]:
        rows = self._owner.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]
        )
        return [name for (name,) in rows]

    def _drop(self, name: str) -> None:
        # WITH (FORCE) would be refused where a vacuum is just running.
        self._owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = %s",
            [name, self._role],
        )
        self._run(f'DROP DATABASE IF EXISTS "{name}"')

    def _run(self, statement: str) -> None:
        self._owner.execute(statement.encode())


def key() -> str:
    """Changes with anything that the tables are made of."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for file in sources():
        digest.update(f"{file.relative_to(settings.BASE_DIR)}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def sources() -> list[Path]:
    root = Path(settings.BASE_DIR)
    return sorted(
        file
        for room in ROOMS
        for file in (root / room).rglob("*")
        if file.suffix in SUFFIXES and _makes_tables(file.relative_to(root))
    )


def _makes_tables(file: Path) -> bool:
    if ELSEWHERE.intersection(file.parts):
        return False
    if any(file.is_relative_to(floor) for floor in FLOOR):
        return True
    return not USERS.intersection({*file.parts[1:-1], file.stem})


def _as_owner() -> psycopg.Connection:
    """A connection to the owner's own database, from where the others are made."""
    wrapper = connection.copy()
    wrapper.settings_dict.update(settings.OWNER_DATABASE)
    owner = wrapper.get_new_connection(wrapper.get_connection_params())
    owner.autocommit = True
    return owner
