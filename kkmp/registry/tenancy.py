"""Tenancy in the model layer: rows of one cooperative, and keys that cannot cross to another.

Three guards, each for where the others fail. Queries begin with ``Model.objects.of(cooperative)``;
foreign keys between tenant tables are composite in the database; and row-level security hides
every row whose cooperative is not the one that :mod:`kkmp.registry.scope` has named.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql.where import WhereNode

from kkmp.lib.existing import of_kind
from kkmp.lib.ids import new_id
from kkmp.registry.constraints import AppendOnly, CompositeForeignKey, RowSecurity

if TYPE_CHECKING:
    from kkmp.registry.models import Cooperative

Row = TypeVar("Row", bound=models.Model, covariant=True)
_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class TenantQuerySet(models.QuerySet[Row]):
    def of(self, cooperative: "Cooperative | UUID") -> Self:
        """Rows of one cooperative: the only way in.

        :param cooperative: a ``Cooperative`` or its id
        """
        return self.filter(cooperative_id=getattr(cooperative, "pk", cooperative))


TenantManager = models.Manager.from_queryset(TenantQuerySet, class_name="TenantManager")


class TenantForeignKey(models.ForeignKey[_Set, _Get]):
    """A key to a row of the same cooperative.

    Every join and every look-up it causes compares the cooperative as well. The database's
    side is a :class:`~kkmp.registry.constraints.CompositeForeignKey` in ``Meta.constraints``.
    """

    def __init__(
        self,
        to: type[models.Model] | str,
        on_delete: Callable[..., None] = models.RESTRICT,
        **options: Any,
    ) -> None:
        options["db_constraint"] = False
        # Indexes start with the cooperative and are named in each table's Meta.
        options["db_index"] = False
        options.setdefault("related_name", "+")
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        options.pop("db_constraint", None)
        options.pop("db_index", None)
        return name, path, args, options

    def get_extra_restriction(self, alias: str, related_alias: str) -> WhereNode:
        theirs = of_kind(models.Field, self.related_model._meta.get_field("cooperative"))
        ours = of_kind(models.Field, self.model._meta.get_field("cooperative"))
        both = Exact(Col(alias, theirs), Col(related_alias, ours))
        return WhereNode([both])  # type: ignore[list-item]  # a lookup is a condition

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, UUID]:
        return {"cooperative_id": instance.__dict__["cooperative_id"]}


class TenantModel(models.Model):
    """A row that belongs to one cooperative and never moves to another."""

    # The tenant key below is its index.
    cooperative = models.ForeignKey(
        "registry.Cooperative", models.RESTRICT, related_name="+", db_index=False
    )
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "id"], name="%(app_label)s_%(class)s_tenant_key"
            ),
            RowSecurity(name="%(app_label)s_%(class)s_rows"),
        ]

    # The stubs describe the Django after ours, which has one argument more.
    def _do_update(self, base_qs: models.QuerySet[Self], *args: Any) -> object:  # type: ignore[override]
        return super()._do_update(base_qs.filter(cooperative_id=self.cooperative_id), *args)

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        if from_queryset is None:
            from_queryset = type(self)._base_manager.filter(
                cooperative_id=self.__dict__["cooperative_id"]
            )
        super().refresh_from_db(using, fields, from_queryset)


def tenant_constraints(
    *keys: str, city_reads: bool = False, append_only: bool = False
) -> list[models.BaseConstraint]:
    """What every tenant table's ``Meta.constraints`` starts with.

    :param keys: names of its ``TenantForeignKey`` fields
    :param city_reads: whether the city's scope may read the rows; never for personal data
    :param append_only: whether what is written stays as it is
    """
    sealed = [AppendOnly(name="%(app_label)s_%(class)s_append_only")] if append_only else []
    return [
        TenantModel.Meta.constraints[0],
        RowSecurity(name="%(app_label)s_%(class)s_rows", city_reads=city_reads),
        *(CompositeForeignKey(key, name=f"%(app_label)s_%(class)s_{key}_tenant") for key in keys),
        *sealed,
    ]
