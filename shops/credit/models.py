"""Member credit (bon): its limits and its payments."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.lib.money import format_rupiah
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.methods import Method


class CreditTerms(TenantModel):
    """How much a member may owe the shop, and for how long."""

    member = TenantForeignKey("members.Member", related_name="+")
    limit_idr = models.BigIntegerField(_("limit"))
    due_days = models.PositiveSmallIntegerField(_("days to pay"), default=30)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        verbose_name = _("credit of a member")
        verbose_name_plural = _("credits of members")
        constraints = [
            *tenant_constraints("member"),
            models.UniqueConstraint(
                fields=["cooperative", "member"], name="shops_credit_one_a_member"
            ),
            models.CheckConstraint(condition=models.Q(limit_idr__gte=0), name="shops_credit_limit"),
        ]

    def __str__(self) -> str:
        return format_rupiah(self.limit_idr)


class CreditReceiptCopy(TenantModel):
    """A receipt of a credit that was printed: the first is the original, all later ones copies."""

    payment = TenantForeignKey("shops.CreditPayment", related_name="prints")
    #: 0 is the original, 1 the first copy.
    copy = models.PositiveSmallIntegerField()
    printed_at = models.DateTimeField(auto_now_add=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("printed receipt")
        verbose_name_plural = _("printed receipts")
        constraints = [
            *tenant_constraints("payment", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "payment", "copy"], name="shops_creditreceiptcopy_once"
            ),
        ]


class CreditPayment(Keyed, TenantModel):
    """A member pays what was bought on credit; the oldest is paid first.

    Below zero, the shop pays out what it owes the member, or a payment is undone.
    """

    member = TenantForeignKey("members.Member", related_name="+")
    number = models.PositiveBigIntegerField(_("number"))
    date = models.DateField(_("date"))
    method = models.CharField(_("method"), max_length=8, choices=Method)
    #: What the member owes less from now on.
    amount_idr = models.BigIntegerField(_("amount"))
    #: What rounding adds to the cash, or takes off where it is negative.
    rounding_idr = models.BigIntegerField(_("rounding"), default=0)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    shift = TenantForeignKey("shops.Shift", null=True, blank=True)
    #: The payment that this one undoes.
    reverses = TenantForeignKey("self", null=True, blank=True, verbose_name=_("corrects"))
    journal = TenantForeignKey("finance.Journal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    @property
    def received_idr(self) -> int:
        """What was handed over."""
        return self.amount_idr + self.rounding_idr

    class Meta(TenantModel.Meta):
        verbose_name = _("payment of a credit")
        verbose_name_plural = _("payments of credits")
        constraints = [
            *tenant_constraints("member", "shift", "reverses", "journal", append_only=True),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_creditpayment_key"),
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="shops_creditpayment_number"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "reverses"],
                condition=models.Q(reverses__isnull=False),
                name="shops_creditpayment_undone_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0, method__in=["cash", "qris", "transfer"])
                | models.Q(amount_idr__lt=0, method__in=["cash", "transfer"]),
                name="shops_creditpayment_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(rounding_idr=0)
                | models.Q(
                    method="cash", amount_idr__gt=0, rounding_idr__gt=-models.F("amount_idr")
                )
                | models.Q(
                    method="cash", amount_idr__lt=0, rounding_idr__lt=-models.F("amount_idr")
                ),
                name="shops_creditpayment_rounding",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "member"], name="shops_creditpayment_member"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
