"""Database rules that Django has no class for, written so that migrations carry them."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.backends.ddl_references import Table as TableReference
from typing_extensions import override

from kkmp.lib.existing import of_kind

#: The cooperative that the running transaction serves; NULL when none is named.
CURRENT_COOPERATIVE = "NULLIF(current_setting('kkmp.cooperative_id', true), '')::uuid"
CITY_SCOPE = "current_setting('kkmp.scope', true) = 'city'"


class _DatabaseRule(models.BaseConstraint):
    """A rule that is one statement of the database; Django checks nothing of it beforehand."""

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: set[str] | None = None,
        using: str | None = None,
    ) -> None:
        """Checks nothing: the rule is the database's alone."""

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Puts nothing into CREATE TABLE; the rule is made once the table is there."""
        table, editor = _given(model, schema_editor)
        editor.deferred_sql.append(self._statement(table, editor))
        return ""

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        return str(self._statement(*_given(model, schema_editor)))

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        table, editor = _given(model, schema_editor)
        return str(_on_table(self._removal(editor), table, editor))

    def _statement(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> Statement:
        return _on_table(self._creation(model, editor), model, editor)

    def _creation(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        """The statement that makes it, with ``%(table)s`` in it."""
        raise NotImplementedError

    def _removal(self, editor: BaseDatabaseSchemaEditor) -> str:
        raise NotImplementedError


class CompositeForeignKey(_DatabaseRule):
    """``(cooperative_id, field)`` must exist together in the other table."""

    def __init__(self, field: str, *, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        return self._clause(*_given(model, schema_editor))

    @override
    def _creation(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        return f"ALTER TABLE %(table)s ADD {self._clause(model, editor)}"

    @override
    def _removal(self, editor: BaseDatabaseSchemaEditor) -> str:
        return f"ALTER TABLE %(table)s DROP CONSTRAINT {editor.quote_name(self.name)}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, _args, options = super().deconstruct()
        return path, (self.field,), options

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CompositeForeignKey):
            return (self.name, self.field) == (other.name, other.field)
        return NotImplemented

    def _clause(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        quote = editor.quote_name
        field = of_kind(models.ForeignKey, model._meta.get_field(self.field))
        target = quote(field.related_model._meta.db_table)
        return (
            f"CONSTRAINT {quote(self.name)} "
            f'FOREIGN KEY ("cooperative_id", {quote(field.column)}) '
            f'REFERENCES {target} ("cooperative_id", "id")'
        )


class RowSecurity(_DatabaseRule):
    """Row-level security: the rows of the transaction's cooperative and no others.

    :param city_reads: whether the city's scope may read every cooperative's rows
    """

    def __init__(self, *, name: str, city_reads: bool = False) -> None:
        super().__init__(name=name)
        self.city_reads = city_reads

    @override
    def _creation(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        own = f"cooperative_id = {CURRENT_COOPERATIVE}"
        sql = (
            "ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY; "
            f"CREATE POLICY own_cooperative ON %(table)s USING ({own}) WITH CHECK ({own})"
        )
        if self.city_reads:
            sql += f"; CREATE POLICY city_reads ON %(table)s FOR SELECT USING ({CITY_SCOPE})"
        return sql

    @override
    def _removal(self, editor: BaseDatabaseSchemaEditor) -> str:
        sql = "DROP POLICY own_cooperative ON %(table)s; "
        if self.city_reads:
            sql += "DROP POLICY city_reads ON %(table)s; "
        return sql + "ALTER TABLE %(table)s DISABLE ROW LEVEL SECURITY"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, options = super().deconstruct()
        return path, args, options | {"city_reads": self.city_reads}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RowSecurity):
            return (self.name, self.city_reads) == (other.name, other.city_reads)
        return NotImplemented


class AppendOnly(_DatabaseRule):
    """Rows are added and read, and never changed or removed again.

    A trigger refuses everybody, the owner too. Beside it, ``migrate`` takes the right to try
    from the application (:func:`kkmp.registry.database.grant_rights`).
    """

    @override
    def _creation(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        return (
            f"CREATE TRIGGER {editor.quote_name(self.name)} BEFORE UPDATE OR DELETE "
            "ON %(table)s FOR EACH ROW EXECUTE FUNCTION registry_refuse_change()"
        )

    @override
    def _removal(self, editor: BaseDatabaseSchemaEditor) -> str:
        return f"DROP TRIGGER {editor.quote_name(self.name)} ON %(table)s"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, AppendOnly):
            return self.name == other.name
        return NotImplemented


def _given(
    model: type[models.Model] | None, editor: BaseDatabaseSchemaEditor | None
) -> tuple[type[models.Model], BaseDatabaseSchemaEditor]:
    """Django always gives both; its types leave them open for constraints without a table."""
    if model is None or editor is None:
        raise TypeError("a rule of the database needs its table")
    return model, editor


def _on_table(sql: str, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> Statement:
    return Statement(sql, table=TableReference(model._meta.db_table, editor.quote_name))
