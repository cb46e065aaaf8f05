"""Goods that came back, and the money that went out for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class ReturnKind(models.TextChoices):
    #: The whole of a sale, as if it had not been made.
    VOID = "void", _("Void")
    RETURN = "return", _("Return")


class SaleReturn(Keyed, TenantModel):
    """Goods taken back and money paid back, at the sale's own prices and costs; never changes."""

    sale = TenantForeignKey("shops.Sale", related_name="returns")
    kind = models.CharField(_("kind"), max_length=6, choices=ReturnKind)
    number = models.PositiveBigIntegerField(_("number"))
    date = models.DateField(_("date"))
    returned_at = models.DateTimeField(_("time"))
    reason = models.CharField(_("reason"), max_length=120)
    #: Who got what could not go back the way it came.
    receiver = models.CharField(_("paid to"), max_length=120, blank=True)
    shift = TenantForeignKey("shops.Shift", null=True, blank=True)
    total_idr = models.BigIntegerField(_("total"))
    rounding_idr = models.BigIntegerField(_("rounding"), default=0)
    cost_idr = models.BigIntegerField(_("cost"))
    journal = TenantForeignKey("finance.Journal")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("cashier")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("approved by")
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [
            *tenant_constraints("sale", "shift", "journal", append_only=True),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_return_key"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="shops_return_number"),
            models.UniqueConstraint(fields=["cooperative", "journal"], name="shops_return_journal"),
            models.UniqueConstraint(
                fields=["cooperative", "sale"],
                condition=models.Q(kind="void"),
                name="shops_return_voided_once",
            ),
            models.CheckConstraint(
                condition=models.Q(total_idr__gte=0, cost_idr__gte=0), name="shops_return_amounts"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "sale"], name="shops_return_of_sale"),
            models.Index(fields=["cooperative", "date"], name="shops_return_day"),
            models.Index(fields=["cooperative", "shift"], name="shops_return_shift"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class ReturnedLine(TenantModel):
    """How much of one line of the sale came back, at its price and cost."""

    returned = TenantForeignKey(SaleReturn, related_name="lines")
    line = TenantForeignKey("shops.SaleLine", related_name="returned")
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    total_idr = models.BigIntegerField(_("total"))
    cost_idr = models.BigIntegerField(_("cost"))

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("returned", "line", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "returned", "line"], name="shops_returnedline_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, total_idr__gte=0, cost_idr__gte=0),
                name="shops_returnedline_amounts",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "line"], name="shops_returnedline_line"),
        ]
