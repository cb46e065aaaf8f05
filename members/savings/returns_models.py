"""The monthly return on savings of the members, and the tax on it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class ReturnRun(TenantModel):
    """One month's return, credited to all members at once; once a month, and append-only."""

    month = models.DateField(_("month"), help_text=_("its first day"))
    date = models.DateField(_("date"))
    members = models.PositiveIntegerField(_("members"))
    gross_idr = models.BigIntegerField(_("return"))
    tax_idr = models.BigIntegerField(_("tax"))
    key = models.UUIDField(_("idempotency key"))
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
