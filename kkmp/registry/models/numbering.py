from django.db import models

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class DocumentCounter(TenantModel):
    """The last number given out in one series of a cooperative's documents."""

    series = models.CharField(max_length=20)
    last = models.PositiveBigIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(
                fields=["cooperative", "series"], name="registry_counter_series"
            ),
        ]
