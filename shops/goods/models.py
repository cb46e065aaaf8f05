from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class Colour(models.TextChoices):
    """Of a shelf's tiles at the till."""

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
