"""Folders, keys and environment of the development and the test system."""

import base64
import os
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import environ
import psycopg
from psycopg.conninfo import make_conninfo

from kkmp.runner.errors import CannotGoOn
from kkmp.runner.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
OLDEST_POSTGRESQL = 16

#: What tells the settings that this is no real installation; see ``kkmp.lib.real_installation``.
DEVELOPMENT = {"KKMP_DEVELOPMENT": "1"}
#: Known to everybody and good for nothing but tests.
TEST_ENVIRONMENT = {
    **DEVELOPMENT,
    "KKMP_ENV_FILE": os.devnull,
    "SECRET_KEY": "test-secret-key-not-for-production-0123456789abcdefghij",
    "NIK_ENCRYPTION_KEYS": "a2ttcC10ZXN0LWtleS1uZXZlci1pbi1wcm9kdWN0aW8=",
    "NIK_HASH_KEY": "test-nik-hash-key-not-for-production-0123456789",
    "DEBUG": "0",
    "SECURE": "0",
}


def var_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of everything this system writes; made if missing."""
    var = Path(environment.get("VAR_DIR") or ROOT / "var").resolve()
    var.mkdir(parents=True, exist_ok=True)
    return var


def development_cluster(var: Path) -> Cluster:
    return Cluster(var / "postgres", settings={"shared_buffers": "256MB", "max_wal_size": "2GB"})


def test_cluster(var: Path) -> Cluster:
    """Fast and forgetful: a power cut may ruin it, and it is made anew then."""
    return Cluster(
        var / "test-postgres",
        settings={
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            # No database lives long enough; and it would be in the way of who drops one.
            "autovacuum": "off",
            "max_connections": "200",
        },
        owner_may="CREATEROLE CREATEDB",
        disposable=True,
    )


def bench_cluster(var: Path) -> Cluster:
    """A cluster as careful as the development one, for databases that are made and removed."""
    return Cluster(
        var / "bench-postgres",
        settings={"shared_buffers": "256MB", "max_wal_size": "2GB"},
        owner_may="CREATEROLE CREATEDB",
        disposable=True,
    )


@contextmanager
def empty_database(url: str, name: str) -> Iterator[str]:
    """Make a database on the server of an address for the block; yields its own address."""
    _drop_database(url, name)
    with _connect(url) as connection:
        connection.autocommit = True
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield re.sub(r"/[^/?]+(?=\?|$)", f"/{name}", url, count=1)
    finally:
        _drop_database(url, name)


def _drop_database(url: str, name: str, patience: float = 15) -> None:
    """Drop it once the last of its sessions, which may be just ending, has gone.

    The owner may not end them: they belong to the application's role.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            with _connect(url) as connection:
                connection.autocommit = True
                connection.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
            return
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def load_env_file(var: Path) -> None:
    """Read the env file into ``os.environ`` (what is set already wins); write it the first time.

    Whoever is started with it is told that this is development.

    :raises CannotGoOn: the file is gone but the database it holds the keys of is not
    """
    named = os.environ.get("KKMP_ENV_FILE")
    file = Path(named) if named else var / "kkmp.env"
    if not named and not file.exists():
        if (var / "postgres").exists():
            raise CannotGoOn(
                f"{file} is gone, and {var / 'postgres'} holds data encrypted with its keys: "
                "put it back, or `make reset` to begin anew."
            )
        write_env_file(file)
    if not named:
        file.chmod(0o600)  # an older one, or a copy, may be anybody's to read
    environ.Env.read_env(str(file))
    os.environ |= DEVELOPMENT


def write_env_file(file: Path) -> None:
    """Write new keys, readable by their owner alone; all of the file appears or nothing."""
    values = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "NIK_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "NIK_HASH_KEY": secrets.token_urlsafe(32),
        "DEBUG": "0",
        "SECURE": "0",
    }
    half = file.with_name(f"{file.name}.new")
    half.unlink(missing_ok=True)
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as lines:
        lines.write("# Made by `make run`. The keys open what the database of this folder holds.\n")
        lines.writelines(f"{name}={value}\n" for name, value in values.items())
    half.replace(file)


def real_environment() -> dict[str, str]:
    """What the README tells a real installation to set, with secrets of its own; no database."""
    return {
        "DATABASE_URL": "postgresql://kkmp@localhost/kkmp",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "NIK_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "NIK_HASH_KEY": secrets.token_urlsafe(50),
        "SECURE": "1",
        "ALLOWED_HOSTS": "koperasi.semarang.invalid",
        "VAR_DIR": "/srv/kkmp-files",
    }


@contextmanager
def database(cluster: Cluster) -> Iterator[str]:
    """Yield the owner's DATABASE_URL: the given one, else that of the embedded cluster."""
    if given := os.environ.get("DATABASE_URL"):
        check_server(given)
        yield given
    else:
        with cluster.running() as url:
            yield url


def check_server(url: str) -> None:
    """:raises CannotGoOn: no PostgreSQL of a version we know answers at the address"""
    try:
        with _connect(url) as connection:
            major = connection.info.server_version // 10000
    except psycopg.Error as error:
        raise CannotGoOn(f"DATABASE_URL: {' '.join(str(error).split())}") from error
    if major < OLDEST_POSTGRESQL:
        raise CannotGoOn(
            f"DATABASE_URL is a PostgreSQL {major}; {OLDEST_POSTGRESQL} or newer is needed."
        )


def is_demo(url: str) -> bool:
    """Whether the database is marked as one of invented people."""
    try:
        with _connect(url) as connection:
            row = connection.execute("SELECT max(is_demo::int) FROM registry_installation")
            return row.fetchone() == (1,)
    except psycopg.Error:
        return False


#: A row, where somebody may enter the administration.
ADMINISTRATOR = (
    "SELECT FROM access_roleholding JOIN access_user ON access_user.id = user_id"
    " WHERE role = 'administrator' AND is_active LIMIT 1"
)


def has_administrator(url: str) -> bool:
    """Whether somebody may enter the administration."""
    with _connect(url) as connection:
        return connection.execute(ADMINISTRATOR).rowcount == 1


def _connect(url: str) -> psycopg.Connection:
    """Connect as Django would: its reading of the address is not in all cases libpq's."""
    parts = environ.Env.db_url_config(url)
    names = ("NAME", "dbname"), ("USER", "user"), ("PASSWORD", "password"), ("HOST", "host")
    given = {theirs: parts[ours] for ours, theirs in (*names, ("PORT", "port")) if parts.get(ours)}
    return psycopg.connect(make_conninfo(**given, **parts.get("OPTIONS", {})), connect_timeout=10)
