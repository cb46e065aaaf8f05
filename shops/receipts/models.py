"""Copies of receipts that were printed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class ReceiptCopy(TenantModel):
    """A sale's receipt that was printed: the first is the original, all later ones are copies."""

    sale = TenantForeignKey("shops.Sale", related_name="prints")
    #: 0 is the original, 1 the first copy.
    copy = models.PositiveSmallIntegerField()
    printed_at = models.DateTimeField(auto_now_add=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("printed receipt")
        verbose_name_plural = _("printed receipts")
        constraints = [
            *tenant_constraints("sale", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "sale", "copy"], name="shops_receiptcopy_once"
            ),
        ]
