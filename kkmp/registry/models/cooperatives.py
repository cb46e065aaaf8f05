from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.ids import new_id
from kkmp.registry.models.areas import Kelurahan
from kkmp.registry.tenancy import TenantManager, TenantModel, TenantQuerySet, tenant_constraints

#: The category of members that has amounts of its own; all others pay the ordinary ones.
EXTRAORDINARY = "extraordinary"


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


class CooperativeSettingsQuerySet(TenantQuerySet["CooperativeSettings"]):
    def in_force(self, day: date) -> Self:
        """The settings of ``day`` first; older ones after them."""
        return self.filter(valid_from__lte=day).order_by("-valid_from", "id")


class CooperativeSettings(TenantModel):
    """What the members decided, from a day on. A change is a new row."""

    valid_from = models.DateField(_("valid from"))
    principal_idr = models.BigIntegerField(_("principal savings (Rp)"))
    mandatory_idr = models.BigIntegerField(_("mandatory savings a month (Rp)"))
    member_target = models.PositiveIntegerField(_("member target"), default=500)
    #: None: extraordinary members pay what members pay.
    extraordinary_principal_idr = models.BigIntegerField(
        _("principal savings of extraordinary members (Rp)"), null=True, blank=True
    )
    extraordinary_mandatory_idr = models.BigIntegerField(
        _("mandatory savings of extraordinary members a month (Rp)"), null=True, blank=True
    )
    allows_instalments = models.BooleanField(_("principal savings in instalments"), default=True)
    #: PP 15/2009: return on savings is free of tax up to this much a month and member,
    #: and above it the whole of it is taxed.
    return_tax_free_idr = models.BigIntegerField(
        _("return on savings free of tax a month (Rp)"), default=240_000
    )
    return_tax_percent = models.DecimalField(
        _("tax on the return above it (%)"), max_digits=5, decimal_places=2, default=10
    )

    objects: ClassVar = TenantManager.from_queryset(CooperativeSettingsQuerySet)()

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
            models.CheckConstraint(
                condition=models.Q(extraordinary_principal_idr=None)
                | models.Q(extraordinary_principal_idr__gt=0),
                name="registry_settings_extraordinary_principal",
            ),
            models.CheckConstraint(
                condition=models.Q(extraordinary_mandatory_idr=None)
                | models.Q(extraordinary_mandatory_idr__gte=0),
                name="registry_settings_extraordinary_mandatory",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    return_tax_free_idr__gte=0,
                    return_tax_percent__gte=0,
                    return_tax_percent__lte=100,
                ),
                name="registry_settings_return_tax",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"

    def principal_of(self, category: str) -> int:
        """Principal savings of a category of members, whole rupiah."""
        own_idr = self.extraordinary_principal_idr if category == EXTRAORDINARY else None
        return self.principal_idr if own_idr is None else own_idr

    def mandatory_of(self, category: str) -> int:
        """Mandatory savings of a category of members, whole rupiah a month."""
        own_idr = self.extraordinary_mandatory_idr if category == EXTRAORDINARY else None
        return self.mandatory_idr if own_idr is None else own_idr
