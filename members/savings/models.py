from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.lib.periods import business_day
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class SavingsRole(models.TextChoices):
    """How a kind of savings behaves (UU 25/1992 art. 41, and the practice of cooperatives)."""

    PRINCIPAL = "principal", _("Principal")
    MANDATORY = "mandatory", _("Mandatory")
    VOLUNTARY = "voluntary", _("Voluntary")


class PaidBy(models.TextChoices):
    """How the money of a deposit or withdrawal went between the member and the cooperative."""

    CASH = "cash", _("Cash")
    TRANSFER = "transfer", _("Bank transfer")
    QRIS = "qris", _("QRIS")


#: Nobody at the desk sees whether these have arrived; they are matched with the bank.
TO_MATCH = (PaidBy.TRANSFER, PaidBy.QRIS)


class SavingsKind(TenantModel):
    """A kind of savings that a cooperative keeps, and the account that holds it."""

    code = models.SlugField(_("code"), max_length=20)
    role = models.CharField(_("role"), max_length=10, choices=SavingsRole)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60)
    account_code = models.CharField(_("account"), max_length=10)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    min_deposit_idr = models.BigIntegerField(_("least deposit"), default=0)
    #: What has to stay while somebody is a member.
    min_balance_idr = models.BigIntegerField(_("least balance"), default=0)
    most_withdrawal_idr = models.BigIntegerField(_("most at once"), null=True, blank=True)
    withdrawals_a_month = models.PositiveSmallIntegerField(
        _("withdrawals a month"), null=True, blank=True
    )
    #: Nothing may be withdrawn before this day, as of savings for a holiday.
    locked_until = models.DateField(_("locked until"), null=True, blank=True)
    return_percent = models.DecimalField(
        _("return in percent a year"), max_digits=5, decimal_places=2, default=0
    )
    #: Counts edits, so that two people editing at once notice.
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        verbose_name = _("kind of savings")
        verbose_name_plural = _("kinds of savings")
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(fields=["cooperative", "code"], name="members_kind_code"),
            models.CheckConstraint(
                condition=models.Q(min_deposit_idr__gte=0, min_balance_idr__gte=0)
                & (models.Q(most_withdrawal_idr=None) | models.Q(most_withdrawal_idr__gt=0))
                & (models.Q(withdrawals_a_month=None) | models.Q(withdrawals_a_month__gt=0)),
                name="members_kind_limits",
            ),
            models.CheckConstraint(
                condition=models.Q(return_percent__gte=0, return_percent__lte=100),
                name="members_kind_return",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def is_withdrawable(self) -> bool:
        """Principal and mandatory savings stay until the member leaves."""
        return self.role == SavingsRole.VOLUNTARY


class SavingsBalance(TenantModel):
    """What one member holds of one kind; kept in step with the entries."""

    member = TenantForeignKey("members.Member", related_name="savings_balances")
    kind = TenantForeignKey(SavingsKind)
    balance_idr = models.BigIntegerField(_("balance"), default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("member", "kind"),
            models.UniqueConstraint(
                fields=["cooperative", "member", "kind"], name="members_balance_once"
            ),
            models.CheckConstraint(
                condition=models.Q(balance_idr__gte=0), name="members_balance_not_negative"
            ),
        ]


class SavingsEntry(TenantModel):
    """One deposit (positive) or withdrawal (negative), with the journal that posts it.

    It never changes; ``reverses`` points from a correction to the entry that it undoes.
    """

    member = TenantForeignKey("members.Member", related_name="savings_entries")
    kind = TenantForeignKey(SavingsKind)
    journal = TenantForeignKey("finance.Journal")
    reverses = TenantForeignKey("self", null=True, blank=True, verbose_name=_("corrects"))
    #: Rises in the order of posting, which is also the order of the running balance.
    number = models.PositiveBigIntegerField(_("number of the savings receipt"))
    date = models.DateField(_("date"))
    amount_idr = models.BigIntegerField(_("amount"))
    balance_after_idr = models.BigIntegerField(_("balance after"))
    #: Empty where no money changed hands: taken over, credited, spent at the till.
    method = models.CharField(_("method"), max_length=8, choices=PaidBy, blank=True)
    #: What the member's bank or wallet calls it.
    reference = models.CharField(_("reference"), max_length=60, blank=True)

    #: Set by the services on what they return: the act had been recorded before.
    is_repeat = False

    class Meta(TenantModel.Meta):
        verbose_name = _("savings entry")
        verbose_name_plural = _("savings entries")
        constraints = [
            *tenant_constraints("member", "kind", "journal", "reverses", append_only=True),
            models.CheckConstraint(
                condition=~models.Q(amount_idr=0), name="members_entry_not_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(balance_after_idr__gte=0),
                name="members_entry_after_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(method__in=["", *PaidBy.values]), name="members_entry_method"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "journal", "member", "kind"],
                name="members_entry_once_a_journal",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="members_entry_number_once"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "reverses"],
                condition=models.Q(reverses__isnull=False),
                name="members_entry_reversed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "member", "number"], name="members_entry_member"),
            models.Index(fields=["cooperative", "date"], name="members_entry_date"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def recorded_later(self) -> bool:
        """Whether it was written down after the day it counts for; with the journal in hand."""
        return business_day(self.journal.posted_at) > self.date

    @property
    def to_match(self) -> bool:
        """Whether somebody has to see the money arrive."""
        return self.method in TO_MATCH and self.amount_idr > 0 and self.reverses_id is None

    @property
    def is_of_a_sale(self) -> bool:
        """Whether it paid for goods, or came back with them; ask it with the journal in hand."""
        return self.journal.kind in OF_SALES


#: Kinds of journals of the shop that savings pay in.
OF_SALES = ("sale", "sale.return")


class Paper(models.TextChoices):
    """What a receipt is printed on."""

    ROLL = "58mm", _("58 mm roll")
    WIDE_ROLL = "80mm", _("80 mm roll")
    A4 = "a4", _("A4")
    #: The page itself, by the browser's own printing.
    BROWSER = "browser", _("Browser")


class ReceiptPrint(TenantModel):
    """A receipt that was printed: the first is the original, all later ones are copies."""

    entry = TenantForeignKey(SavingsEntry, related_name="prints")
    paper = models.CharField(max_length=7, choices=Paper)
    #: 0 is the original, 1 the first copy.
    copy = models.PositiveSmallIntegerField()
    printed_at = models.DateTimeField(auto_now_add=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("printed receipt")
        verbose_name_plural = _("printed receipts")
        constraints = [
            *tenant_constraints("entry", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "entry", "copy"], name="members_print_copy_once"
            ),
        ]


class ReturnRun(Keyed, TenantModel):
    """One month's return, credited to all members at once; once a month, and append-only."""

    month = models.DateField(_("month"), help_text=_("its first day"))
    date = models.DateField(_("date"))
    members = models.PositiveIntegerField(_("members"))
    gross_idr = models.BigIntegerField(_("return"))
    tax_idr = models.BigIntegerField(_("tax"))
    run_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("return of a month")
        verbose_name_plural = _("returns of months")
        constraints = [
            *tenant_constraints(append_only=True),
            models.UniqueConstraint(fields=["cooperative", "month"], name="members_return_once"),
            models.UniqueConstraint(fields=["cooperative", "key"], name="members_return_key"),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="members_return_first_day"
            ),
            models.CheckConstraint(
                condition=models.Q(gross_idr__gt=0, tax_idr__gte=0)
                & models.Q(tax_idr__lte=models.F("gross_idr")),
                name="members_return_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ReturnLine(TenantModel):
    """A member's return on one kind of savings; the entry credits it less its tax."""

    run = TenantForeignKey(ReturnRun, related_name="lines")
    member = TenantForeignKey("members.Member")
    kind = TenantForeignKey("members.SavingsKind")
    #: Lowest balance of the month.
    base_idr = models.BigIntegerField(_("on"))
    percent = models.DecimalField(_("percent a year"), max_digits=5, decimal_places=2)
    gross_idr = models.BigIntegerField(_("return"))
    tax_idr = models.BigIntegerField(_("tax"))
    entry = TenantForeignKey("members.SavingsEntry", related_name="return_lines")

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("run", "member", "kind", "entry", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "run", "member", "kind"], name="members_returnline_once"
            ),
            models.CheckConstraint(
                condition=models.Q(gross_idr__gt=0, tax_idr__gte=0)
                & models.Q(tax_idr__lt=models.F("gross_idr")),
                name="members_returnline_amounts",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "member"], name="members_returnline_member"),
        ]

    @property
    def net_idr(self) -> int:
        """What the entry credits."""
        return self.gross_idr - self.tax_idr
