from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class BusinessUnit(TenantModel):
    """A unit of business (unit usaha): a dimension on lines instead of doubled accounts."""

    code = models.SlugField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("unit of business")
        verbose_name_plural = _("units of business")
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(fields=["cooperative", "code"], name="finance_unit_code"),
        ]

    def __str__(self) -> str:
        return self.name
