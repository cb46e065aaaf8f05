"""Vouchers, and the batches they are issued in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.methods import Method


class VoucherBatch(Keyed, TenantModel):
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
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("batch of vouchers")
        verbose_name_plural = _("batches of vouchers")
        constraints = [
            *tenant_constraints("journal", "party", append_only=True),
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
        """The value of all vouchers of the batch together."""
        return self.value_idr * self.count


class PostingKind(models.TextChoices):
    PAID = "paid", _("Paid by the buyer")
    ENDED = "ended", _("Ended unspent")


class VoucherPosting(TenantModel):
    """Money that a buyer who pays later has paid, or the ending of what nobody spent.

    It is undone by a reversal of its journal; issuing is undone by one of the batch's.
    """

    batch = TenantForeignKey(VoucherBatch, related_name="postings")
    kind = models.CharField(_("kind"), max_length=5, choices=PostingKind)
    #: How the buyer paid; empty for an ending.
    method = models.CharField(_("method"), max_length=8, choices=Method, blank=True)
    amount_idr = models.BigIntegerField(_("amount"))
    date = models.DateField(_("date"))
    journal = TenantForeignKey("finance.Journal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("posting of vouchers")
        verbose_name_plural = _("postings of vouchers")
        constraints = [
            *tenant_constraints("batch", "journal", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "journal"], name="shops_voucherposting_journal"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="paid", method__in=["cash", "transfer"])
                | models.Q(kind="ended", method=""),
                name="shops_voucherposting_method",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0), name="shops_voucherposting_amount"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "batch"], name="shops_voucherposting_batch"),
        ]

    def __str__(self) -> str:
        return str(PostingKind(self.kind).label)


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
