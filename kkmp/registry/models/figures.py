"""Counters of each cooperative, kept in the transaction that causes them.

The city reads these and never a member's row: one row a cooperative for how things stand,
one row a cooperative, day and unit for how they moved.
"""

from django.db import models

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class Measures(models.Model):
    """What is counted. Amounts are whole rupiah; a day's row holds the change of that day."""

    active_members = models.BigIntegerField(default=0)
    principal_idr = models.BigIntegerField(default=0)
    mandatory_idr = models.BigIntegerField(default=0)
    voluntary_idr = models.BigIntegerField(default=0)
    member_turnover_idr = models.BigIntegerField(default=0)
    other_turnover_idr = models.BigIntegerField(default=0)
    cost_idr = models.BigIntegerField(default=0)
    sales = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


#: Names of the counted columns, in the order of declaration.
MEASURES = tuple(field.name for field in Measures._meta.local_fields)


class CooperativeFigures(TenantModel, Measures):
    """How a cooperative stands: the sum of all its days."""

    last_sale_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints(city_reads=True),
            models.UniqueConstraint(fields=["cooperative"], name="registry_figures_one_row"),
        ]


class DayFigures(TenantModel, Measures):
    """How a cooperative moved on one business day.

    ``unit`` is the code of the unit of business that caused it, empty for membership and savings.
    """

    date = models.DateField()
    unit = models.CharField(max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints(city_reads=True),
            models.UniqueConstraint(
                fields=["cooperative", "date", "unit"], name="registry_dayfigures_one_row"
            ),
        ]
        indexes = [models.Index(fields=["date"], name="registry_dayfigures_date")]
