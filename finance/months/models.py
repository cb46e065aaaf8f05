from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class Month(TenantModel):
    """A month that has been closed: nothing more is dated into it, or into any before it."""

    month = models.DateField(_("month"), help_text=_("its first day"))
    closed_at = models.DateTimeField(_("closed at"), auto_now_add=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        related_name="+",
        verbose_name=_("closed by"),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        constraints = [
            *tenant_constraints(append_only=True),
            models.UniqueConstraint(fields=["cooperative", "month"], name="finance_month_once"),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="finance_month_first_day"
            ),
        ]
