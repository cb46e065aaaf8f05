"""How sales are paid: methods, money that has not arrived yet, credit, and vouchers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.money import format_rupiah
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


class CreditPayment(TenantModel):
    """A member pays what was bought on credit; the oldest is paid first."""

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
    journal = TenantForeignKey("finance.Journal")
    key = models.UUIDField(_("idempotency key"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    #: Set by the service on what it returns: the payment had been taken before.
    was_made_before = False

    @property
    def received_idr(self) -> int:
        """What was handed over."""
        return self.amount_idr + self.rounding_idr

    class Meta(TenantModel.Meta):
        verbose_name = _("payment of a credit")
        verbose_name_plural = _("payments of credits")
        constraints = [
            *tenant_constraints("member", "shift", "journal"),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_creditpayment_key"),
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="shops_creditpayment_number"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0, method__in=["cash", "qris", "transfer"]),
                name="shops_creditpayment_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(rounding_idr=0)
                | models.Q(method="cash", rounding_idr__gt=-models.F("amount_idr")),
                name="shops_creditpayment_rounding",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "member"], name="shops_creditpayment_member"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


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
