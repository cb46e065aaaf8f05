from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints

if TYPE_CHECKING:
    from finance.ledger.services.ledger import Entry


class AccountKind(models.TextChoices):
    ASSET = "asset", _("Asset")
    LIABILITY = "liability", _("Liability")
    EQUITY = "equity", _("Equity")
    INCOME = "income", _("Income")
    EXPENSE = "expense", _("Expense")


class Account(TenantModel):
    """An account of one cooperative's chart, copied from ``finance/ledger/data``."""

    code = models.CharField(_("code"), max_length=10)
    kind = models.CharField(_("kind"), max_length=9, choices=AccountKind)
    #: A deduction from its group, as accumulated depreciation is from assets.
    is_contra = models.BooleanField(_("contra account"), default=False)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)

    class Meta(TenantModel.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(fields=["cooperative", "code"], name="finance_account_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def debit_increases(self) -> bool:
        """Whether its balance normally stands on the debit side."""
        return (self.kind in (AccountKind.ASSET, AccountKind.EXPENSE)) != self.is_contra


class PartyKind(models.TextChoices):
    PERSON = "person", _("Person")
    BODY = "body", _("Organisation")


class Party(TenantModel):
    """A person or body that can owe or be owed: a member, a donor, whoever buys vouchers."""

    kind = models.CharField(_("kind"), max_length=6, choices=PartyKind)
    name = models.CharField(_("name"), max_length=120)

    class Meta(TenantModel.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = tenant_constraints()

    def __str__(self) -> str:
        return self.name


class BusinessUnit(TenantModel):
    """A unit of business (unit usaha). Lines name it, so that no account is needed per unit."""

    code = models.SlugField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("unit of business")
        verbose_name_plural = _("units of business")
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(fields=["cooperative", "code"], name="finance_unit_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Journal(Keyed, TenantModel):
    """One posted entry. It never changes; a mistake is corrected by a reversal.

    ``key`` was made by the page or till that asked for it; ``content_hash`` tells a retry of
    the same act from another act under the same key. ``amount_idr`` is the sum of each side,
    so that no line can be added later.
    """

    number = models.PositiveBigIntegerField(_("number"))
    date = models.DateField(_("date"))
    #: What caused it, dotted: ``savings.deposit``, ``sale``, ``opening.stock``.
    kind = models.CharField(_("kind"), max_length=40)
    memo = models.CharField(_("description"), max_length=200)
    #: The sum of its debits, which is the sum of its credits.
    amount_idr = models.BigIntegerField(_("amount"))
    reverses = TenantForeignKey("self", null=True, blank=True, verbose_name=_("reverses"))
    posted_at = models.DateTimeField(_("posted at"), auto_now_add=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        related_name="+",
        verbose_name=_("posted by"),
    )

    #: The lines to post; only while the journal is prepared and not yet saved.
    entries: "Sequence[Entry]" = ()

    class Meta(TenantModel.Meta):
        verbose_name = _("journal")
        verbose_name_plural = _("journals")
        constraints = [
            *tenant_constraints("reverses", append_only=True),
            models.UniqueConstraint(fields=["cooperative", "key"], name="finance_journal_key"),
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="finance_journal_number"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "reverses"],
                condition=models.Q(reverses__isnull=False),
                name="finance_journal_reversed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0), name="finance_journal_moves_something"
            ),
            models.CheckConstraint(
                condition=~models.Q(reverses=models.F("id")), name="finance_journal_not_its_own"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "date", "number"], name="finance_journal_date"),
            # Sales are most of them; whoever looks for another kind passes none.
            models.Index(
                fields=["cooperative", "kind", "date", "number"],
                name="finance_journal_kind",
                condition=~models.Q(kind="sale"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Line(TenantModel):
    """One side of a journal: a positive debit or a positive credit, in whole rupiah.

    ``date`` repeats the journal's, so that a statement reads one table.
    """

    journal = TenantForeignKey(Journal, related_name="lines")
    position = models.PositiveSmallIntegerField()
    date = models.DateField()
    account = TenantForeignKey("finance.Account")
    party = TenantForeignKey("finance.Party", null=True, blank=True)
    unit = TenantForeignKey("finance.BusinessUnit", null=True, blank=True)
    debit_idr = models.BigIntegerField(_("debit"), default=0)
    credit_idr = models.BigIntegerField(_("credit"), default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        constraints = [
            *tenant_constraints("journal", "account", "party", "unit", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "journal", "position"], name="finance_line_position"
            ),
            models.CheckConstraint(
                condition=models.Q(debit_idr__gt=0, credit_idr=0)
                | models.Q(debit_idr=0, credit_idr__gt=0),
                name="finance_line_one_positive_side",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "account", "date"], name="finance_line_account"),
            models.Index(
                fields=["cooperative", "party", "date"],
                name="finance_line_party",
                condition=models.Q(party__isnull=False),
            ),
        ]


class Balance(TenantModel):
    """What moved on one account in one month; kept in step with the lines.

    A statement adds these up and reads lines of the running month only.
    """

    month = models.DateField()
    account = TenantForeignKey("finance.Account")
    debit_idr = models.BigIntegerField(default=0)
    credit_idr = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("account"),
            models.UniqueConstraint(
                fields=["cooperative", "month", "account"], name="finance_balance_once"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="finance_balance_first_day"
            ),
            models.CheckConstraint(
                condition=models.Q(debit_idr__gte=0, credit_idr__gte=0),
                name="finance_balance_not_negative",
            ),
        ]


class JournalCount(TenantModel):
    """How many journals are dated into one month; kept by a trigger of journals."""

    month = models.DateField()
    journals = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(
                fields=["cooperative", "month"], name="finance_journalcount_once"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="finance_journalcount_first_day"
            ),
        ]
