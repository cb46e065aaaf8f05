"""How each sale was paid, and whether money that the cashier cannot see has arrived."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.periods import format_date
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.methods import Method


class SalePayment(TenantModel):
    """One of the ways a sale was paid, without the change; it never changes."""

    sale = TenantForeignKey("shops.Sale", related_name="payments")
    position = models.PositiveSmallIntegerField()
    method = models.CharField(_("method"), max_length=8, choices=Method)
    amount_idr = models.BigIntegerField(_("amount"))
    #: What the buyer's bank or wallet calls it.
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    voucher = TenantForeignKey("shops.Voucher", null=True, blank=True)
    entry = TenantForeignKey("members.SavingsEntry", null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            *tenant_constraints("sale", "voucher", "entry", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "sale", "position"], name="shops_payment_position"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0), name="shops_payment_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(method__in=Method.values), name="shops_payment_method"
            ),
            models.CheckConstraint(
                condition=models.Q(method="voucher", voucher__isnull=False)
                | (~models.Q(method="voucher") & models.Q(voucher=None)),
                name="shops_payment_voucher",
            ),
            models.CheckConstraint(
                condition=models.Q(method="savings", entry__isnull=False)
                | (~models.Q(method="savings") & models.Q(entry=None)),
                name="shops_payment_savings",
            ),
            models.CheckConstraint(
                condition=models.Q(method="credit", due_on__isnull=False)
                | (~models.Q(method="credit") & models.Q(due_on=None)),
                name="shops_payment_credit",
            ),
        ]
        indexes = [
            # What a member has put on credit is found without what others paid in cash.
            models.Index(
                fields=["cooperative", "sale"],
                name="shops_payment_on_credit",
                condition=models.Q(method="credit"),
            ),
        ]


class Confirmation(TenantModel):
    """Somebody saw a payment arrive, or found that it never came; the last one holds.

    It is of a sale's payment, of a payment of credit or of a deposit of savings. What was wrong is
    put right by another one, in the order of ``position``.
    """

    payment = TenantForeignKey(SalePayment, null=True, blank=True, related_name="confirmations")
    credit = TenantForeignKey(
        "shops.CreditPayment", null=True, blank=True, related_name="confirmations"
    )
    savings = TenantForeignKey(
        "members.SavingsEntry", null=True, blank=True, related_name="confirmations"
    )
    position = models.PositiveSmallIntegerField(default=1)
    has_arrived = models.BooleanField(_("arrived"))
    #: With whose money it reached the bank; None where it was only seen.
    settlement = TenantForeignKey(
        "shops.Settlement", null=True, blank=True, related_name="confirmations"
    )
    #: Where saying so moved money between accounts: it never came, or came after all.
    journal = TenantForeignKey("finance.Journal", null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    on = models.DateField(_("date"))
    at = models.DateTimeField(_("time"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("confirmation of a payment")
        verbose_name_plural = _("confirmations of payments")
        constraints = [
            *tenant_constraints(
                "payment", "credit", "savings", "settlement", "journal", append_only=True
            ),
            models.UniqueConstraint(
                fields=["cooperative", "payment", "position"],
                condition=models.Q(payment__isnull=False),
                name="shops_confirmation_position",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "credit", "position"],
                condition=models.Q(credit__isnull=False),
                name="shops_confirmation_credit_position",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "savings", "position"],
                condition=models.Q(savings__isnull=False),
                name="shops_confirmation_savings_position",
            ),
            models.CheckConstraint(
                condition=models.Q(payment__isnull=False, credit=None, savings=None)
                | models.Q(payment=None, credit__isnull=False, savings=None)
                | models.Q(payment=None, credit=None, savings__isnull=False),
                name="shops_confirmation_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(has_arrived=True)
                | models.Q(settlement=None, journal__isnull=False),
                name="shops_confirmation_missing_is_posted",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "settlement"], name="shops_confirmation_settled"),
        ]

    def __str__(self) -> str:
        return format_date(self.on)


class PaidAs(models.TextChoices):
    """How money goes back that cannot go back the way it came."""

    CASH = "cash", _("In cash, to whoever brings the goods")
    KEPT = "kept", _("Kept for them by name, to be paid later")


class Refund(TenantModel):
    """What went back of one payment, by the method it had come or another way.

    Savings and credit of somebody who has left, and vouchers that have expired, take nothing
    back: then ``paid_as`` says where it went.
    """

    returned = TenantForeignKey("shops.SaleReturn", related_name="refunds")
    payment = TenantForeignKey("shops.SalePayment", related_name="refunds")
    amount_idr = models.BigIntegerField(_("amount"))
    entry = TenantForeignKey("members.SavingsEntry", null=True, blank=True)
    paid_as = models.CharField(_("paid as"), max_length=4, choices=PaidAs, blank=True)
    #: What rounding adds to cash that is paid instead, or takes off where it is negative.
    rounding_idr = models.BigIntegerField(_("rounding"), default=0)

    @property
    def handed_idr(self) -> int:
        """What was paid out or kept."""
        return self.amount_idr + self.rounding_idr

    @property
    def went(self) -> str:
        """The method by which it went back; ``kept`` where it waits for somebody."""
        return self.paid_as or self.payment.method

    @property
    def went_label(self) -> str:
        return str(
            PaidAs(self.paid_as).label if self.paid_as else self.payment.get_method_display()
        )

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("returned", "payment", "entry", append_only=True),
            models.CheckConstraint(
                condition=models.Q(paid_as="") | models.Q(paid_as__in=["cash", "kept"], entry=None),
                name="shops_refund_paid_as",
            ),
            models.CheckConstraint(
                condition=models.Q(rounding_idr=0)
                | models.Q(paid_as="cash", rounding_idr__gte=-models.F("amount_idr")),
                name="shops_refund_rounding",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "returned", "payment"], name="shops_refund_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0), name="shops_refund_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "payment"], name="shops_refund_payment"),
        ]


class Arrival(TenantModel):
    """How far the money of a payment by QRIS or transfer has come, under the payment's own id.

    Of a sale, of credit or of savings, kept by triggers of these, of confirmations and of refunds:
    so that whoever looks for what is awaited reads that, and not all that was ever paid.
    ``state`` is one of ``settling.queries.State``.
    """

    date = models.DateField()
    #: The moment of paying; None where only the day is known.
    at = models.DateTimeField(null=True)
    cashier = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    method = models.CharField(max_length=8, choices=Method)
    state = models.CharField(max_length=8)
    #: Its amount less what went back to the buyer.
    left_idr = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints(),
            models.CheckConstraint(
                condition=models.Q(left_idr__gte=0), name="shops_arrival_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "date", "id"], name="shops_arrival_state"),
            models.Index(
                fields=["cooperative", "cashier", "state", "date"], name="shops_arrival_cashier"
            ),
            models.Index(fields=["cooperative", "date", "id"], name="shops_arrival_day"),
        ]
