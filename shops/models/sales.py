from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class PriceTier(models.TextChoices):
    """Which of a product's prices was asked for."""

    GENERAL = "general", _("General")
    MEMBER = "member", _("Member")
    WHOLESALE = "wholesale", _("Wholesale")


class Sale(TenantModel):
    """Goods sold for cash at a till. It never changes, as the journal that posts it.

    ``key`` was made by the till; ``content_hash`` tells a retry of the same sale from another
    sale under the same key.
    """

    number = models.PositiveBigIntegerField(_("receipt number"))
    #: Business day of ``sold_at``.
    date = models.DateField(_("date"))
    sold_at = models.DateTimeField(_("sold at"))
    unit = TenantForeignKey("finance.BusinessUnit", verbose_name=_("unit of business"))
    member = TenantForeignKey("members.Member", null=True, blank=True, verbose_name=_("member"))
    total_idr = models.BigIntegerField(_("total"))
    cost_idr = models.BigIntegerField(_("cost"))
    paid_idr = models.BigIntegerField(_("paid"))
    change_idr = models.BigIntegerField(_("change"))
    key = models.UUIDField(_("idempotency key"))
    content_hash = models.CharField(max_length=64, editable=False)
    journal = TenantForeignKey("finance.Journal", verbose_name=_("journal"))
    cashier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("cashier")
    )

    #: Set by the service on what it returns: the sale had been made before.
    was_made_before = False

    class Meta(TenantModel.Meta):
        verbose_name = _("sale")
        verbose_name_plural = _("sales")
        constraints = [
            *tenant_constraints("unit", "member", "journal"),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_sale_key"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="shops_sale_number"),
            models.UniqueConstraint(fields=["cooperative", "journal"], name="shops_sale_journal"),
            models.CheckConstraint(
                condition=models.Q(total_idr__gt=0, cost_idr__gte=0),
                name="shops_sale_amounts",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    change_idr__gte=0, paid_idr=models.F("total_idr") + models.F("change_idr")
                ),
                name="shops_sale_change_fits",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "date", "number"], name="shops_sale_day"),
            models.Index(
                fields=["cooperative", "member", "date"],
                name="shops_sale_member",
                condition=models.Q(member__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class SaleLine(TenantModel):
    """One product of a sale, as it stood on the receipt: name and prices are of that moment."""

    sale = TenantForeignKey(Sale, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = TenantForeignKey("shops.Product", verbose_name=_("product"))
    name = models.CharField(_("name"), max_length=80)
    measure = models.CharField(_("sold per"), max_length=12)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    price_tier = models.CharField(_("price"), max_length=10, choices=PriceTier)
    price_idr = models.BigIntegerField(_("price"))
    #: What the quantity would have cost at the general price, less what it did.
    saving_idr = models.BigIntegerField(_("saving"), default=0)
    total_idr = models.BigIntegerField(_("total"))
    cost_idr = models.BigIntegerField(_("cost"))

    class Meta(TenantModel.Meta):
        verbose_name = _("line of a sale")
        verbose_name_plural = _("lines of a sale")
        constraints = [
            *tenant_constraints("sale", "product"),
            models.UniqueConstraint(
                fields=["cooperative", "sale", "position"], name="shops_saleline_position"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="shops_saleline_quantity"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    price_idr__gt=0, total_idr__gt=0, cost_idr__gte=0, saving_idr__gte=0
                ),
                name="shops_saleline_amounts",
            ),
            models.CheckConstraint(
                condition=models.Q(price_tier__in=PriceTier.values), name="shops_saleline_tier"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "product"], name="shops_saleline_product"),
        ]
