from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.ids import new_id
from kkmp.registry.models.areas import Kelurahan
from kkmp.registry.tenancy import TenantModel, TenantQuerySet, tenant_constraints


class Cooperative(models.Model):
    """One cooperative, of one kelurahan. It is the tenant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: The kelurahan's code without its dots; it stands in addresses and commands.
    code = models.SlugField(_("code"), max_length=10, unique=True)
    kelurahan = models.OneToOneField(Kelurahan, models.RESTRICT, related_name="cooperative")
    name = models.CharField(_("name"), max_length=120)
    ahu_number = models.CharField(_("AHU number"), max_length=60, blank=True)
    nib = models.CharField(_("NIB"), max_length=13, blank=True)
    npwp = models.CharField(_("NPWP"), max_length=20, blank=True)
    nomor_induk_koperasi = models.CharField(_("Nomor Induk Koperasi"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    opened_on = models.DateField(_("opening day"), null=True, blank=True)

    class Meta:
        verbose_name = _("cooperative")
        verbose_name_plural = _("cooperatives")

    def __str__(self) -> str:
        return self.name


class CooperativeSettingsQuerySet(TenantQuerySet):
    def in_force(self, day: date) -> Self:
        """The settings of ``day`` first; older ones after them."""
        return self.filter(valid_from__lte=day).order_by("-valid_from", "id")


class CooperativeSettings(TenantModel):
    """What the members decided, from a day on. A change is a new row."""

    valid_from = models.DateField(_("valid from"))
    principal_idr = models.BigIntegerField(_("principal savings (Rp)"))
    mandatory_idr = models.BigIntegerField(_("mandatory savings a month (Rp)"))
    member_target = models.PositiveIntegerField(_("member target"), default=500)

    objects = models.Manager.from_queryset(CooperativeSettingsQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("cooperative settings")
        verbose_name_plural = _("cooperative settings")
        constraints = [
            *tenant_constraints(city_reads=True),
            models.UniqueConstraint(
                fields=["cooperative", "valid_from"], name="registry_settings_one_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(principal_idr__gt=0, mandatory_idr__gte=0),
                name="registry_settings_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"
