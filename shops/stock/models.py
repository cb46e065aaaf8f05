from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class MovementKind(models.TextChoices):
    OPENING = "opening", _("Opening stock")
    SALE = "sale", _("Sale")
    RETURN = "return", _("Return")


class Stock(TenantModel):
    """What is on the shelf of one product and what it cost; changed with every movement.

    The cost of one measure is ``value_idr / quantity`` (moving average); only the two are kept,
    so that no rupiah is lost to rounding.
    """

    product = TenantForeignKey("shops.Product", related_name="stock", verbose_name=_("product"))
    quantity = models.DecimalField(_("stock"), max_digits=12, decimal_places=3, default=0)
    value_idr = models.BigIntegerField(_("value"), default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints = [
            *tenant_constraints("product"),
            models.UniqueConstraint(fields=["cooperative", "product"], name="shops_stock_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=0, value_idr__gte=0),
                name="shops_stock_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0) | models.Q(value_idr=0),
                name="shops_stock_nothing_is_worth_nothing",
            ),
        ]


class StockMovement(TenantModel):
    """Goods that came (positive) or went (negative), with their cost and the journal of it."""

    product = TenantForeignKey("shops.Product", verbose_name=_("product"))
    kind = models.CharField(_("kind"), max_length=10, choices=MovementKind)
    date = models.DateField(_("date"))
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    value_idr = models.BigIntegerField(_("value"))
    journal = TenantForeignKey("finance.Journal", verbose_name=_("journal"))

    class Meta(TenantModel.Meta):
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        constraints = [
            *tenant_constraints("product", "journal", append_only=True),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, value_idr__gte=0)
                | models.Q(quantity__lt=0, value_idr__lte=0),
                name="shops_movement_value_follows_quantity",
            ),
            models.CheckConstraint(
                # An opening goes off the shelf again where it was written down wrongly.
                condition=models.Q(kind=MovementKind.OPENING)
                | models.Q(kind=MovementKind.RETURN, quantity__gt=0)
                | models.Q(kind=MovementKind.SALE, quantity__lt=0),
                name="shops_movement_direction_fits_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "product", "date"], name="shops_movement_product"),
            models.Index(
                fields=["cooperative", "product"],
                name="shops_movement_opening",
                condition=models.Q(kind="opening"),
            ),
        ]
