from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class AccountKind(models.TextChoices):
    ASSET = "asset", _("Asset")
    LIABILITY = "liability", _("Liability")
    EQUITY = "equity", _("Equity")
    INCOME = "income", _("Income")
    EXPENSE = "expense", _("Expense")


class Account(TenantModel):
    """An account of one cooperative's chart, laid down from ``finance/ledger/data``."""

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
