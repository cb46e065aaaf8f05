"""The two database roles: the owner who migrates, and the application that owns nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg import sql


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner named by ``DATABASE_URL`` for a while, then as before."""
    application = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    owner = settings.OWNER_DATABASE
    assert owner is not None, "only who knows the owner's address may act as the owner"
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


#: Tables whose rows the application may add and read, and never change.
APPEND_ONLY = (
    "finance_journal",
    "finance_line",
    "finance_month",
    "access_auditevent",
    "access_systemevent",
    "imports_batchitem",
    "members_savingsentry",
    "members_receiptprint",
    "members_statuschange",
    "members_consent",
    "members_contact",
    "members_collection",
    "members_collectionentry",
    "members_returnrun",
    "members_returnline",
    "members_exitline",
    "shops_sale",
    "shops_saleline",
    "shops_stockmovement",
    "shops_salepayment",
    "shops_settlement",
    "shops_confirmation",
    "shops_creditpayment",
    "shops_voucherbatch",
    "shops_countedcash",
    "shops_cashmovement",
    "shops_salereturn",
    "shops_returnedline",
    "shops_refund",
    "shops_receiptcopy",
)


#: Tables that the application reaches only through functions of the owner's.
APART = ("registry_identitymark",)

#: The functions that it may call. Those that they call themselves are the owner's alone.
CALLABLE = (
    "registry_identity_keep(bytea[])",
    "registry_identity_clear(bytea[])",
    "registry_identity_own()",
    "registry_identity_elsewhere(bytea[])",
    "registry_identity_count(varchar)",
)


def withhold_changes(role: dict[str, Any]) -> None:
    """Take back from the application what append-only tables must not suffer."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in present.intersection(APPEND_ONLY):
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}")
                .format(sql.Identifier(table), sql.Identifier(role["USER"]))
                .as_string(cursor.connection)
            )


def hold_apart(role: dict[str, Any]) -> None:
    """Take whole tables back from the application, and give it the functions for them."""
    name = sql.Identifier(role["USER"])
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in present.intersection(APART):
            statement = sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), name)
            cursor.execute(statement.as_string(cursor.connection))
        for function in CALLABLE:
            cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [function])
            if cursor.fetchone()[0]:
                statement = sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(
                    sql.SQL(function), name
                )
                cursor.execute(statement.as_string(cursor.connection))
