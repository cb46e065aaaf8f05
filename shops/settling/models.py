"""Settlements: money of many QRIS payments that came to the bank together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.lib.periods import format_date
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.methods import Method


class Settlement(Keyed, TenantModel):
    """Money of several payments that came to the bank together, less the provider's fee."""

    method = models.CharField(_("method"), max_length=8, choices=Method)
    date = models.DateField(_("date"))
    gross_idr = models.BigIntegerField(_("paid by buyers"))
    fee_idr = models.BigIntegerField(_("fee"), default=0)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    journal = TenantForeignKey("finance.Journal", verbose_name=_("journal"))
    at = models.DateTimeField(_("time"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [
            *tenant_constraints("journal", append_only=True),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_settlement_key"),
            models.CheckConstraint(
                condition=models.Q(gross_idr__gt=0, fee_idr__gte=0)
                & models.Q(fee_idr__lt=models.F("gross_idr")),
                name="shops_settlement_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{format_date(self.date)} {self.reference}".strip()

    @property
    def net_idr(self) -> int:
        """The amount that reached the bank: the payments less the fee."""
        return self.gross_idr - self.fee_idr
