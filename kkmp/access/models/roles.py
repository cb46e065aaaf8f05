from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import CITY_ROLES, COOPERATIVE_ROLES, Role
from kkmp.lib.ids import new_id


class RoleHolding(models.Model):
    """Who holds which role where. Several rows a person are normal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="holdings")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    cooperative = models.ForeignKey(
        "registry.Cooperative",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cooperative"),
    )
    regency = models.ForeignKey(
        "registry.Regency",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("regency"),
    )

    class Meta:
        verbose_name = _("role holding")
        verbose_name_plural = _("role holdings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "cooperative", "regency"],
                name="access_holding_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(
                    role__in=sorted(COOPERATIVE_ROLES), cooperative__isnull=False, regency=None
                )
                | models.Q(role__in=sorted(CITY_ROLES), cooperative=None, regency__isnull=False)
                | models.Q(role=Role.ADMINISTRATOR, cooperative=None, regency=None),
                name="access_holding_place_fits_role",
            ),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)
