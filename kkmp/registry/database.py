"""The two database roles: the owner who migrates, and the application that owns nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from kkmp.lib.existing import present
from kkmp.registry.constraints import AppendOnly


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner named by ``DATABASE_URL`` for a while, then as before."""
    application = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    owner = present(settings.OWNER_DATABASE, "only who knows the owner's address acts as the owner")
    connection.close()
    connection.settings_dict.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(application)


def prepare_application_role(role: dict[str, Any]) -> None:
    """Make the application's role, or renew its password, and give it the tables' rows.

    Called as the owner, before the first migration; tables made later are covered too.

    :param role: ``USER`` and ``PASSWORD`` of the application
    """
    name = sql.Identifier(role["USER"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role["USER"]])
        # A new role is neither superuser nor exempt from row security unless it is told so.
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        statements = [
            sql.SQL("{verb} ROLE {name} LOGIN PASSWORD {password}").format(
                verb=verb, name=name, password=sql.Literal(role["PASSWORD"])
            ),
            sql.SQL("GRANT USAGE ON SCHEMA public TO {name}").format(name=name),
            *_walls(),
            *_quiet_log(cursor, name),
            sql.SQL(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
                "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}"
            ).format(name=name),
            sql.SQL(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {name}"
            ).format(name=name),
        ]
        for statement in statements:
            cursor.execute(statement.as_string(cursor.connection))


def _walls() -> list[sql.Composable]:
    """Take from everybody what could shadow our tables: tables of a session, or of one's own."""
    database = sql.Identifier(str(connection.settings_dict["NAME"]))
    return [
        sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
    ]


#: What keeps values out of PostgreSQL's own log: no statement with what was refused, none of its
#: details ("Key (…) already exists", "Failing row contains (…)"), no parameters.
QUIET_LOG = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


def _quiet_log(cursor: CursorWrapper, role: sql.Identifier) -> list[sql.Composable]:
    """Settings of the role, as far as the owner may make them; the server's may be so already."""
    cursor.execute(
        "SELECT name FROM unnest(%s::text[]) name WHERE has_parameter_privilege(name, 'SET')",
        [list(QUIET_LOG)],
    )
    return [
        sql.SQL("ALTER ROLE {} SET {} = {}").format(
            role, sql.Identifier(name), sql.Literal(QUIET_LOG[name])
        )
        for (name,) in cursor.fetchall()
    ]


#: Tables without a model: the application reaches one only through functions of the owner's,
#: and has no business in the other.
APART = ("registry_identitymark", "registry_sqlfile")

#: Of functions that act with their caller's rights, and of those that act with the owner's where
#: their comment says so. What triggers call, the application may not call.
_FUNCTIONS = """
    SELECT oid::regprocedure::text,
           prorettype <> 'trigger'::regtype AND (
               NOT prosecdef OR obj_description(oid, 'pg_proc') = 'for the application'
           )
    FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
"""


@transaction.atomic
def grant_rights(role: dict[str, Any]) -> None:
    """Leave to the application what models and functions say, and take the rest from it.

    Called as the owner, after the last migration. All at once: tills go on selling meanwhile, and
    whoever asked between taking and giving would be refused.

    :param role: ``USER`` of the application
    """
    name = sql.Identifier(role["USER"])
    withheld = dict.fromkeys(append_only_tables(), "UPDATE, DELETE, TRUNCATE")
    withheld |= dict.fromkeys(APART, "ALL")
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
        statements = [
            sql.SQL("REVOKE {} ON {} FROM {}").format(
                sql.SQL(withheld[table]), sql.Identifier(table), name
            )
            for table in present
            if table in withheld
        ]
        cursor.execute(_FUNCTIONS)
        for function, is_for_application in cursor.fetchall():
            revoke = "REVOKE ALL ON FUNCTION {} FROM PUBLIC, {}"
            statements.append(sql.SQL(revoke).format(sql.SQL(function), name))
            if is_for_application:
                grant = "GRANT EXECUTE ON FUNCTION {} TO {}"
                statements.append(sql.SQL(grant).format(sql.SQL(function), name))
        for statement in statements:
            cursor.execute(statement.as_string(cursor.connection))


def append_only_tables() -> list[str]:
    """The tables whose rows the application may add and read, and never change."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(each, AppendOnly) for each in model._meta.constraints)
    ]
