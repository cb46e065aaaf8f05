"""What was sold, counted by day while it is sold: reports add up these and never the sales.

The database keeps them itself, by triggers of sales, returns and what belongs to them, in the
transaction that writes those. A sale counts on its own day, however late it comes.
"""

from django.conf import settings
from django.db import models

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.methods import Method


class SalesFigures(TenantModel):
    """Sales and returns of one day, unit, shift, cashier, hour and kind of buyer.

    A return is counted in the shift and the hour in which money went back, and under the cashier
    and the buyer of its sale.
    """

    date = models.DateField()
    unit = TenantForeignKey("finance.BusinessUnit")
    shift = TenantForeignKey("shops.Shift", null=True)
    cashier = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    hour = models.PositiveSmallIntegerField()
    is_member = models.BooleanField()
    sales = models.BigIntegerField(default=0)
    sold_idr = models.BigIntegerField(default=0)
    returns = models.BigIntegerField(default=0)
    returned_idr = models.BigIntegerField(default=0)
    #: Of both: what was sold less what came back.
    cost_idr = models.BigIntegerField(default=0)
    rounding_idr = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("unit", "shift"),
            models.UniqueConstraint(
                fields=["cooperative", "date", "unit", "shift", "cashier", "hour", "is_member"],
                nulls_distinct=False,
                name="shops_salesfigures_one_row",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "shift"], name="shops_salesfigures_shift"),
            models.Index(fields=["cooperative", "cashier"], name="shops_salesfigures_cashier"),
        ]


class GoodsFigures(TenantModel):
    """What of one product was sold and came back on one day.

    ``receipts`` are those on which it stood, however many of their lines are of it.
    """

    date = models.DateField()
    unit = TenantForeignKey("finance.BusinessUnit")
    product = TenantForeignKey("shops.Product")
    receipts = models.BigIntegerField(default=0)
    sold = models.DecimalField(max_digits=15, decimal_places=3, default=0)
    sold_idr = models.BigIntegerField(default=0)
    returned = models.DecimalField(max_digits=15, decimal_places=3, default=0)
    returned_idr = models.BigIntegerField(default=0)
    #: Of both: what was sold less what came back.
    cost_idr = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("unit", "product"),
            models.UniqueConstraint(
                fields=["cooperative", "date", "unit", "product"],
                name="shops_goodsfigures_one_row",
            ),
        ]


class PaymentFigures(TenantModel):
    """What was paid and paid back by one method on one day."""

    date = models.DateField()
    unit = TenantForeignKey("finance.BusinessUnit")
    method = models.CharField(max_length=8, choices=Method)
    receipts = models.BigIntegerField(default=0)
    paid_idr = models.BigIntegerField(default=0)
    back_idr = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("unit"),
            models.UniqueConstraint(
                fields=["cooperative", "date", "unit", "method"],
                name="shops_paymentfigures_one_row",
            ),
        ]
