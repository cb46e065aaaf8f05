"""Database rules that Django has no class for, written so that migrations carry them."""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.backends.ddl_references import Table as TableReference

#: The cooperative that the running transaction serves; NULL when none is named.
CURRENT_COOPERATIVE = "NULLIF(current_setting('kkmp.cooperative_id', true), '')::uuid"
CITY_SCOPE = "current_setting('kkmp.scope', true) = 'city'"


class CompositeForeignKey(models.BaseConstraint):
    """``(cooperative_id, field)`` must exist together in the other table."""

    def __init__(self, field: str, *, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def constraint_sql(self, model: type[models.Model], schema_editor: Any) -> str:
        return (
            f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._body(model, schema_editor)}"
        )

    def create_sql(self, model: type[models.Model], schema_editor: Any) -> Statement:
        return Statement(
            f"ALTER TABLE %(table)s ADD {self.constraint_sql(model, schema_editor)}",
            table=TableReference(model._meta.db_table, schema_editor.quote_name),
        )

    def remove_sql(self, model: type[models.Model], schema_editor: Any) -> Statement:
        return Statement(
            f"ALTER TABLE %(table)s DROP CONSTRAINT {schema_editor.quote_name(self.name)}",
            table=TableReference(model._meta.db_table, schema_editor.quote_name),
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Only the database checks it."""

    def deconstruct(self) -> tuple[str, tuple, dict]:
        path, _args, options = super().deconstruct()
        return path, (self.field,), options

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CompositeForeignKey):
            return (self.name, self.field) == (other.name, other.field)
        return NotImplemented

    def _body(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        field = model._meta.get_field(self.field)
        target = quote(field.related_model._meta.db_table)
        return (
            f'FOREIGN KEY ("cooperative_id", {quote(field.column)}) '
            f'REFERENCES {target} ("cooperative_id", "id")'
        )


class RowSecurity(models.BaseConstraint):
    """Row-level security: the rows of the transaction's cooperative and no others.

    :param city_reads: whether the city's scope may read every cooperative's rows
    """

    def __init__(self, *, name: str, city_reads: bool = False) -> None:
        super().__init__(name=name)
        self.city_reads = city_reads

    def constraint_sql(self, model: type[models.Model], schema_editor: Any) -> None:
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: type[models.Model], schema_editor: Any) -> Statement:
        own = f"cooperative_id = {CURRENT_COOPERATIVE}"
        sql = (
            "ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY; "
            f"CREATE POLICY own_cooperative ON %(table)s USING ({own}) WITH CHECK ({own})"
        )
        if self.city_reads:
            sql += f"; CREATE POLICY city_reads ON %(table)s FOR SELECT USING ({CITY_SCOPE})"
        return Statement(sql, table=TableReference(model._meta.db_table, schema_editor.quote_name))

    def remove_sql(self, model: type[models.Model], schema_editor: Any) -> Statement:
        sql = "DROP POLICY own_cooperative ON %(table)s; "
        if self.city_reads:
            sql += "DROP POLICY city_reads ON %(table)s; "
        return Statement(
            sql + "ALTER TABLE %(table)s DISABLE ROW LEVEL SECURITY",
            table=TableReference(model._meta.db_table, schema_editor.quote_name),
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Only the database checks it."""

    def deconstruct(self) -> tuple[str, tuple, dict]:
        path, args, options = super().deconstruct()
        return path, args, options | {"city_reads": self.city_reads}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RowSecurity):
            return (self.name, self.city_reads) == (other.name, other.city_reads)
        return NotImplemented


class AppendOnly(models.BaseConstraint):
    """Rows are added and read, and never changed or removed again.

    A trigger refuses everybody, the owner too. Beside it, ``migrate`` takes the right to try
    from the application (:func:`kkmp.registry.database.grant_rights`).
    """

    def constraint_sql(self, model: type[models.Model], schema_editor: Any) -> None:
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: type[models.Model], schema_editor: Any) -> Statement:
        return Statement(
            f"CREATE TRIGGER {schema_editor.quote_name(self.name)} BEFORE UPDATE OR DELETE "
            "ON %(table)s FOR EACH ROW EXECUTE FUNCTION registry_refuse_change()",
            table=TableReference(model._meta.db_table, schema_editor.quote_name),
        )

    def remove_sql(self, model: type[models.Model], schema_editor: Any) -> Statement:
        return Statement(
            f"DROP TRIGGER {schema_editor.quote_name(self.name)} ON %(table)s",
            table=TableReference(model._meta.db_table, schema_editor.quote_name),
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Only the database checks it."""

    def __eq__(self, other: object) -> bool:
        if isinstance(other, AppendOnly):
            return self.name == other.name
        return NotImplemented
