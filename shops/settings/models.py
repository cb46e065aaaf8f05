"""How a cooperative's tills work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class TillSettings(TenantModel):
    """How a cooperative's tills work; one row, made with the first unit of business."""

    cash_step_idr = models.BigIntegerField(_("cash is rounded to"), default=100)
    #: The text of the static code that the acquirer gave the shop.
    qris_payload = models.CharField(_("QRIS code"), max_length=512, blank=True)
    bank_account = models.CharField(_("bank account for transfers"), max_length=120, blank=True)
    receipt_footer = models.CharField(_("last line of receipts"), max_length=120, blank=True)
    credit_days = models.PositiveSmallIntegerField(_("days to pay a credit"), default=30)
    #: Whoever is later than this buys nothing more on credit.
    overdue_days = models.PositiveSmallIntegerField(
        _("days overdue that stop more credit"), default=7
    )
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        verbose_name = _("settings of the tills")
        verbose_name_plural = _("settings of the tills")
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(fields=["cooperative"], name="shops_tillsettings_one_row"),
            models.CheckConstraint(
                condition=models.Q(cash_step_idr__gt=0), name="shops_tillsettings_step"
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
