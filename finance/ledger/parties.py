from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class PartyKind(models.TextChoices):
    PERSON = "person", _("Person")
    BODY = "body", _("Organisation")


class Party(TenantModel):
    """A person or body that can owe or be owed: the hinge between members, shops and books."""

    kind = models.CharField(_("kind"), max_length=6, choices=PartyKind)
    name = models.CharField(_("name"), max_length=120)

    class Meta(TenantModel.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = tenant_constraints()

    def __str__(self) -> str:
        return self.name
