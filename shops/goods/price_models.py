"""Packs, prices that depend on quantity and day, rules of subsidised goods, unknown codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.terms import Period, PriceTier


class Pack(TenantModel):
    """Several measures sold as one, with a barcode of its own: a carton of 40 packets."""

    product = TenantForeignKey("shops.Product", related_name="packs")
    name = models.CharField(_("name"), max_length=12, help_text=_("dus, bal, renteng"))
    #: How many measures are in it.
    factor = models.DecimalField(_("holds"), max_digits=12, decimal_places=3)
    code = models.CharField(_("code or barcode"), max_length=32, blank=True)
    # None: as many times the price of one measure.
    general_price_idr = models.BigIntegerField(_("general price"), null=True, blank=True)
    member_price_idr = models.BigIntegerField(_("member price"), null=True, blank=True)
    wholesale_price_idr = models.BigIntegerField(_("wholesale price"), null=True, blank=True)
    institution_price_idr = models.BigIntegerField(_("institution price"), null=True, blank=True)
    is_active = models.BooleanField(_("for sale"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("pack")
        verbose_name_plural = _("packs")
        constraints = [
            *tenant_constraints("product"),
            models.UniqueConstraint(
                fields=["cooperative", "product", "name"], name="shops_pack_name"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "code"], condition=~models.Q(code=""), name="shops_pack_code"
            ),
            models.CheckConstraint(
                condition=models.Q(factor__gt=0), name="shops_pack_holds_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Price(TenantModel):
    """A price of one measure from a quantity and from a day on; it goes before the product's own.

    Of several that fit, the one from the largest quantity holds, then the latest.
    """

    product = TenantForeignKey("shops.Product", related_name="prices")
    tier = models.CharField(_("price"), max_length=11, choices=PriceTier)
    min_quantity = models.DecimalField(
        _("from a quantity of"), max_digits=12, decimal_places=3, default=1
    )
    price_idr = models.BigIntegerField(_("price"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [
            *tenant_constraints("product"),
            models.UniqueConstraint(
                fields=["cooperative", "product", "tier", "min_quantity", "valid_from"],
                name="shops_price_once",
            ),
            models.CheckConstraint(
                condition=models.Q(price_idr__gt=0, min_quantity__gt=0),
                name="shops_price_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="shops_price_ends_after",
            ),
        ]


class GoodsRule(TenantModel):
    """What the state asks of whoever sells a subsidised product, with its source."""

    product = TenantForeignKey("shops.Product", related_name="rules")
    #: Ceiling of the retail price (HET) of one measure; None: none.
    ceiling_idr = models.BigIntegerField(_("ceiling price"), null=True, blank=True)
    #: What one buyer may get in a period; None: any.
    most_quantity = models.DecimalField(
        _("most for each buyer"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    period = models.CharField(_("in"), max_length=5, choices=Period, default=Period.DAY)
    no_wholesale = models.BooleanField(_("never at wholesale"), default=True)
    needs_identity = models.BooleanField(_("the buyer must be known"), default=False)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta(TenantModel.Meta):
        verbose_name = _("rule for a product")
        verbose_name_plural = _("rules for products")
        constraints = [
            *tenant_constraints("product"),
            models.UniqueConstraint(
                fields=["cooperative", "product", "valid_from"], name="shops_rule_once"
            ),
            models.CheckConstraint(
                condition=(models.Q(ceiling_idr=None) | models.Q(ceiling_idr__gt=0))
                & (models.Q(most_quantity=None) | models.Q(most_quantity__gt=0)),
                name="shops_rule_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="shops_rule_ends_after",
            ),
        ]


class UnknownCode(TenantModel):
    """A barcode that the till did not know, noted for whoever keeps the list of goods."""

    code = models.CharField(_("code or barcode"), max_length=32)
    note = models.CharField(_("note"), max_length=120, blank=True)
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)
    noted_by = models.ForeignKey("access.User", models.RESTRICT, related_name="+")
    is_done = models.BooleanField(_("done"), default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("unknown code")
        verbose_name_plural = _("unknown codes")
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(
                fields=["cooperative", "code"],
                condition=models.Q(is_done=False),
                name="shops_unknowncode_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.code
