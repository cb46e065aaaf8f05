from typing import Any

from django.db.backends.postgresql import base, features, operations


class DatabaseFeatures(features.DatabaseFeatures):
    # Where tables are spread, the key alone does not stand for the other columns of a row.
    allows_group_by_selected_pks = False


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "kkmp.lib.postgresql.compiler"

    def date_trunc_sql(self, *args: Any, **options: Any) -> tuple[str, tuple[Any, ...]]:
        """A day and not a moment, which the time zone of another machine would move."""
        sql, params = super().date_trunc_sql(*args, **options)
        return f"({sql})::date", params


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
