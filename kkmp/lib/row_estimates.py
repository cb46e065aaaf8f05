"""A condition that stays cheap where the database knows little of a cooperative yet."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet


def among(field: str, keys: QuerySet[Any]) -> Func:
    """Whether a field is one of the keys, which are looked up first, and once.

    A join would leave it to the database where to begin. Of a cooperative that began since the
    statistics were gathered it believes that it has a single row, and then walks through all of
    one table for each row of the other.

    :param keys: of one column, naming the cooperative
    """
    return Func(
        F(field),
        ArraySubquery(keys),
        template="%(expressions)s)",
        arg_joiner=" = ANY (",
        output_field=BooleanField(),
    )
