"""Payments that another system had recorded, month by month, and that were taken over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class ImportedBill(TenantModel):
    """One month that was paid before, remembered so that the same list adds nothing again.

    It is forgotten when the import that took it over is undone.
    """

    member = TenantForeignKey("members.Member", related_name="imported_bills")
    kind = TenantForeignKey("members.SavingsKind")
    month = models.DateField(_("month"), help_text=_("its first day"))
    amount_idr = models.BigIntegerField(_("amount"))
    #: As the other system had it; the books have the day of the import's balances.
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    entry = TenantForeignKey("members.SavingsEntry", related_name="imported_bills")

    class Meta(TenantModel.Meta):
        verbose_name = _("payment taken over")
        verbose_name_plural = _("payments taken over")
        constraints = [
            *tenant_constraints("member", "kind", "entry"),
            models.UniqueConstraint(
                fields=["cooperative", "member", "month", "kind"], name="members_bill_once"
            ),
            models.UniqueConstraint(fields=["cooperative", "entry"], name="members_bill_entry"),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0), name="members_bill_positive"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="members_bill_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
