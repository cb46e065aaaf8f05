from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.terms import Period, PriceTier


class Colour(models.TextChoices):
    """The colour of a category's tiles at the till."""

    RED = "red", _("Red")
    ORANGE = "orange", _("Orange")
    YELLOW = "yellow", _("Yellow")
    GREEN = "green", _("Green")
    TEAL = "teal", _("Teal")
    BLUE = "blue", _("Blue")
    PURPLE = "purple", _("Purple")
    GREY = "grey", _("Grey")


class Category(TenantModel):
    """A shelf of goods, as the cooperative itself sorts them; the till's tiles follow it."""

    name = models.CharField(_("name"), max_length=40)
    colour = models.CharField(_("colour"), max_length=6, choices=Colour, default=Colour.GREY)

    class Meta(TenantModel.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(fields=["cooperative", "name"], name="shops_category_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Product(TenantModel):
    """Something a unit of business sells, with its prices for one ``measure`` of it.

    What was sold before keeps its old prices: the lines of a sale carry their own.
    """

    unit = TenantForeignKey("finance.BusinessUnit", verbose_name=_("unit of business"))
    category = TenantForeignKey(Category, verbose_name=_("category"))
    #: Barcode or the shop's own code; many goods of small producers have none.
    code = models.CharField(_("code or barcode"), max_length=32, blank=True)
    name = models.CharField(_("name"), max_length=80)
    #: What one of it is called: ``sak``, ``kg``, ``pcs``.
    measure = models.CharField(_("sold per"), max_length=12)
    #: Sold in parts of a measure, down to a thousandth.
    is_weighed = models.BooleanField(_("weighed"), default=False)
    general_price_idr = models.BigIntegerField(_("general price"))
    member_price_idr = models.BigIntegerField(_("member price"))
    #: None: not sold at a wholesale price.
    wholesale_price_idr = models.BigIntegerField(_("wholesale price"), null=True, blank=True)
    #: For schools, kitchens and other bodies; None: they pay the general price.
    institution_price_idr = models.BigIntegerField(_("institution price"), null=True, blank=True)
    #: Delivery or an agency's commission: it has no stock and no cost.
    is_service = models.BooleanField(_("service"), default=False)
    #: Code of the account that a service earns on.
    income_code = models.CharField(_("account"), max_length=10, blank=True)
    photo = models.FileField(_("photo"), upload_to="products/%Y/", blank=True)
    pack_size = models.PositiveIntegerField(_("in a carton"), null=True, blank=True)
    stock_min = models.DecimalField(_("minimum stock"), max_digits=12, decimal_places=3, default=0)
    expires_on = models.DateField(_("best before"), null=True, blank=True)
    #: Sold for less with the state's money: at wholesale only where a rule in force allows it.
    is_subsidised = models.BooleanField(_("subsidised"), default=False)
    is_active = models.BooleanField(_("for sale"), default=True)
    #: Counts edits, so that two people editing at once notice.
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            *tenant_constraints("unit", "category"),
            models.UniqueConstraint(
                fields=["cooperative", "code"],
                condition=~models.Q(code=""),
                name="shops_product_code",
            ),
            models.UniqueConstraint(fields=["cooperative", "name"], name="shops_product_name"),
            models.CheckConstraint(
                condition=models.Q(
                    general_price_idr__gt=0, member_price_idr__gt=0, wholesale_price_idr__gt=0
                )
                | models.Q(
                    general_price_idr__gt=0, member_price_idr__gt=0, wholesale_price_idr=None
                ),
                name="shops_product_prices_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(member_price_idr__lte=models.F("general_price_idr")),
                name="shops_product_members_pay_no_more",
            ),
            models.CheckConstraint(
                condition=models.Q(wholesale_price_idr=None)
                | models.Q(wholesale_price_idr__lte=models.F("general_price_idr")),
                name="shops_product_wholesale_is_no_more",
            ),
            models.CheckConstraint(
                condition=models.Q(institution_price_idr=None)
                | models.Q(institution_price_idr__gt=0)
                & models.Q(institution_price_idr__lte=models.F("general_price_idr")),
                name="shops_product_institution_is_no_more",
            ),
            models.CheckConstraint(
                condition=models.Q(is_service=False, income_code="")
                | (models.Q(is_service=True) & ~models.Q(income_code="")),
                name="shops_product_service_earns_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(pack_size=None) | models.Q(pack_size__gt=0),
                name="shops_product_pack_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(stock_min__gte=0), name="shops_product_minimum_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "unit", "name"], name="shops_product_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


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
