"""How sales are paid: methods, money that has not arrived yet, credit, and vouchers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.periods import format_date
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.methods import Method


class Settlement(TenantModel):
    """Money of several payments that came to the bank together, less the provider's fee."""

    method = models.CharField(_("method"), max_length=8, choices=Method)
    date = models.DateField(_("date"))
    gross_idr = models.BigIntegerField(_("paid by buyers"))
    fee_idr = models.BigIntegerField(_("fee"), default=0)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    journal = TenantForeignKey("finance.Journal", verbose_name=_("journal"))
    key = models.UUIDField(_("idempotency key"))
    at = models.DateTimeField(_("time"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [
            *tenant_constraints("journal"),
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
        """What reached the bank."""
        return self.gross_idr - self.fee_idr


class VoucherBatch(TenantModel):
    """Vouchers or donation packages that somebody paid for, to be handed out."""

    #: Who paid: an institution, a donor.
    buyer = models.CharField(_("paid by"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=120, blank=True)
    beneficiaries = models.PositiveIntegerField(_("beneficiaries"), default=0)
    value_idr = models.BigIntegerField(_("value of one"))
    count = models.PositiveIntegerField(_("vouchers"))
    valid_until = models.DateField(_("valid until"))
    method = models.CharField(_("method"), max_length=8, choices=Method)
    #: Of a buyer who pays later: what is owed stands in the books under it.
    party = TenantForeignKey("finance.Party", null=True, blank=True)
    date = models.DateField(_("date"))
    journal = TenantForeignKey("finance.Journal")
    key = models.UUIDField(_("idempotency key"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("batch of vouchers")
        verbose_name_plural = _("batches of vouchers")
        constraints = [
            *tenant_constraints("journal", "party"),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_voucherbatch_key"),
            models.CheckConstraint(
                condition=models.Q(method__in=["cash", "transfer"], party=None)
                | models.Q(method="credit", party__isnull=False),
                name="shops_voucherbatch_paid",
            ),
            models.CheckConstraint(
                condition=models.Q(value_idr__gt=0, count__gt=0), name="shops_voucherbatch_amounts"
            ),
        ]

    def __str__(self) -> str:
        return self.buyer

    @property
    def total_idr(self) -> int:
        """Of all vouchers together."""
        return self.value_idr * self.count


class Voucher(TenantModel):
    """One voucher, spent in one or several purchases."""

    batch = TenantForeignKey(VoucherBatch, related_name="vouchers")
    code = models.CharField(_("code"), max_length=16)
    value_idr = models.BigIntegerField(_("value"))
    left_idr = models.BigIntegerField(_("left"))

    class Meta(TenantModel.Meta):
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        constraints = [
            *tenant_constraints("batch"),
            models.UniqueConstraint(fields=["cooperative", "code"], name="shops_voucher_code"),
            models.CheckConstraint(
                condition=models.Q(left_idr__gte=0, left_idr__lte=models.F("value_idr")),
                name="shops_voucher_left",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "batch"], name="shops_voucher_batch")]

    def __str__(self) -> str:
        return self.code
