"""One migrated database for all workers: made once, kept until its sources change, cloned.

Migrating takes seconds, cloning a twentieth of one. So the first worker makes the
template while the others wait, later runs find it, and a test that commits costs a clone.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests import cast

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


#: What a test finds in its database beside the reference data; in the shop the cast is too.
EMPTY, CAST, SHOP = "empty", "cast", "shop"
#: Fixtures that together are all of the shop.
ALL_OF_THE_SHOP = {"gula", "telur", "ani"}
#: The files that make what stands in the databases of the cast and of the shop.
MAKERS = ("tests/cast.py", "tests/conftest.py", "tests/shops/conftest.py")


class Databases:
    """The worker's own databases, on a server where all workers share the templates.

    There are three of them: without the cast, with it, and with a shop of theirs; a test is in
    one. Everybody connects as one application role. Its rights are copied with each clone, and
    it owns nothing.
    """

    def __init__(self, worker: str) -> None:
        base = f"test_{connection.settings_dict['NAME']}"
        self._role = f"{base}_app"
        self._templates = {EMPTY: f"{base}_tables", CAST: f"{base}_cast", SHOP: f"{base}_shop"}
        own = f"{base}_{worker}" if worker else base
        self._names = {EMPTY: f"{own}_empty", CAST: own, SHOP: f"{own}_shop"}
        self._house = CAST
        self._made: dict[str, str] = {}
        self._whole: set[str] = set()

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Connect as the application to new clones; drop them in the end."""
        kept = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD")}
        connection.close()
        self._owner = _as_owner()
        connection.settings_dict.update(USER=self._role, PASSWORD="test")
        self._made = {EMPTY: self._template(EMPTY, key(), self._migrate)}
        self._made[CAST] = self._template(CAST, key(everything=True), self._fill)
        self._made[SHOP] = self._template(SHOP, key(everything=True), self._open_shop)
        self.enter(self._house)
        yield
        connection.close()
        connection.settings_dict.update(kept)
        for name in self._names.values():
            self._drop(name)
        self._owner.close()

    def enter(self, house: str) -> None:
        """Go to the house of the next test; before there is a connection, remember it."""
        if self._made and (self._house != house or house not in self._whole):
            connection.close()
            if house not in self._whole:
                self._clone(self._made[house], self._names[house])
                self._whole.add(house)
            connection.settings_dict.update(NAME=self._names[house])
        self._house = house

    def renew(self) -> None:
        """Put a new clone in the place of the database that a test has written to."""
        connection.close()
        self._clone(self._made[self._house], self._names[self._house])

    def _clone(self, template: str, name: str) -> None:
        self._drop(name)
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        # What a database allows is not copied with its tables.
        self._run(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC')

    def _template(self, house: str, key: str, make: Callable[[str], None]) -> str:
        """The name of the template; made by the first who asks, the others wait for it."""
        base = self._templates[house]
        wanted = f"{base}_{key}"
        if wanted in self._found(base):
            return wanted
        self._run(f"SELECT pg_advisory_lock({MAKING})")
        try:
            found = self._found(base)
            if wanted not in found:
                for stale in found:
                    self._drop(stale)
                # Under a name that nobody looks for until it is whole.
                half = f"{base}_half"
                self._drop(half)
                connection.settings_dict.update(NAME=half)
                make(half)
                connection.close()
                self._run(f'ALTER DATABASE "{half}" RENAME TO "{wanted}"')
        finally:
            self._run(f"SELECT pg_advisory_unlock({MAKING})")
        return wanted

    def _migrate(self, name: str) -> None:
        self._run(f'CREATE DATABASE "{name}"')
        call_command("migrate", verbosity=0)
        # To end the application's sessions, see `_drop`.
        self._run(f'GRANT "{self._role}" TO CURRENT_USER')

    def _fill(self, name: str) -> None:
        self._clone(self._made[EMPTY], name)
        cast.make_everybody()

    def _open_shop(self, name: str) -> None:
        # It imports the fixtures of all tests, and these import this module.
        from tests.shops.conftest import make_shop

        self._clone(self._made[CAST], name)
        make_shop()

    def _found(self, base: str) -> list[str]:
        rows = self._owner.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{base}_"]
        )
        return [name for (name,) in rows]

    def _drop(self, name: str) -> None:
        # WITH (FORCE) would be refused where a vacuum is just running.
        self._owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename IN (%s, CURRENT_USER)",
            [name, self._role],
        )
        self._run(f'DROP DATABASE IF EXISTS "{name}"')

    def _run(self, statement: str) -> None:
        self._owner.execute(statement.encode())


def house_of(item: Any) -> str:
    """Which database a test is in: by its mark, by the fixtures it asks for, else the cast's."""
    if item.get_closest_marker("empty_house"):
        return EMPTY
    asked = set(item.fixturenames)
    return SHOP if "shop" in asked or asked >= ALL_OF_THE_SHOP else CAST


def key(*, everything: bool = False) -> str:
    """Changes with anything that the tables are made of, or that makes cast and shop.

    `make mutants` tries changes that make no table in the database of the unchanged tree, and
    names that tree.
    """
    root = Path(os.environ.get("TEMPLATES_OF") or settings.BASE_DIR)
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for file in sources(root, everything=everything):
        digest.update(f"{file.relative_to(root)}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def sources(root: Path = Path(settings.BASE_DIR), *, everything: bool = False) -> list[Path]:
    """The files that the tables are made of, or all that may have a part in cast and shop."""
    files = sorted(
        file
        for room in ROOMS
        for file in (root / room).rglob("*")
        if file.suffix in SUFFIXES
        and not ELSEWHERE.intersection(file.relative_to(root).parts)
        and (everything or _makes_tables(file.relative_to(root)))
    )
    return [*files, *(root / name for name in MAKERS)] if everything else files


def _makes_tables(file: Path) -> bool:
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
