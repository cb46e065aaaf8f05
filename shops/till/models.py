from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from shops.pricing.terms import PriceTier

if TYPE_CHECKING:
    from members.register.models import Member
    from shops.payments.models import SalePayment
    from shops.till.services.sale_context import Person
    from shops.till.services.sold_rows import SoldRow


class Sale(Keyed, TenantModel):
    """Goods sold at a till. Like the journal that posts it, a sale never changes.

    The buyer pays ``total_idr + rounding_idr``: the part that is paid in cash is rounded to the
    cooperative's step, such as Rp100.

    ``key`` was made by the till; ``content_hash`` tells a retry of the same sale from another
    sale under the same key.
    """

    number = models.PositiveBigIntegerField(_("receipt number"))
    #: Business day of ``sold_at``.
    date = models.DateField(_("date"))
    sold_at = models.DateTimeField(_("sold at"))
    unit = TenantForeignKey("finance.BusinessUnit", verbose_name=_("unit of business"))
    member = TenantForeignKey("members.Member", null=True, blank=True, verbose_name=_("member"))
    shift = TenantForeignKey("shops.Shift", null=True, blank=True, verbose_name=_("shift"))
    #: Keyed hash of the NIK of a buyer who is no member, where a rule asks who buys.
    buyer_hash = models.BinaryField(null=True)
    #: The sum of the lines, after their discounts.
    total_idr = models.BigIntegerField(_("total"))
    discount_idr = models.BigIntegerField(_("discounts"), default=0)
    rounding_idr = models.BigIntegerField(_("rounding"), default=0)
    cost_idr = models.BigIntegerField(_("cost"))
    #: All that was handed over, whatever the method.
    paid_idr = models.BigIntegerField(_("paid"))
    change_idr = models.BigIntegerField(_("change"))
    #: The name that the device has given itself; empty for programs.
    device = models.CharField(_("device"), max_length=36, blank=True)
    journal = TenantForeignKey("finance.Journal", verbose_name=_("journal"))
    cashier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("cashier")
    )
    #: Not columns: set by the service on a sale it returns, for the receipt and the API.
    sold_lines: "Sequence[SaleLine | SoldRow]" = ()
    paid_by: Sequence["SalePayment"] = ()
    unit_code = ""
    buyer: "Member | Person | None" = None

    class Meta(TenantModel.Meta):
        verbose_name = _("sale")
        verbose_name_plural = _("sales")
        constraints = [
            *tenant_constraints("unit", "member", "shift", "journal", append_only=True),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_sale_key"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="shops_sale_number"),
            models.UniqueConstraint(fields=["cooperative", "journal"], name="shops_sale_journal"),
            models.CheckConstraint(
                condition=models.Q(total_idr__gt=0, cost_idr__gte=0, discount_idr__gte=0),
                name="shops_sale_amounts",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    change_idr__gte=0,
                    paid_idr=models.F("total_idr")
                    + models.F("rounding_idr")
                    + models.F("change_idr"),
                ),
                name="shops_sale_change_fits",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "date", "number"], name="shops_sale_day"),
            models.Index(
                fields=["cooperative", "shift"],
                name="shops_sale_shift",
                condition=models.Q(shift__isnull=False),
            ),
            models.Index(
                fields=["cooperative", "buyer_hash", "date"],
                name="shops_sale_buyer",
                condition=models.Q(buyer_hash__isnull=False),
            ),
            models.Index(
                fields=["cooperative", "member", "date"],
                name="shops_sale_member",
                condition=models.Q(member__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class SaleLine(TenantModel):
    """One product of a sale as it stands on the receipt: name and prices of the time of sale.

    ``quantity`` counts measures. Where packs were sold, ``pack_quantity`` counts packs and the
    price is that of one pack.
    """

    sale = TenantForeignKey(Sale, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = TenantForeignKey("shops.Product", verbose_name=_("product"))
    name = models.CharField(_("name"), max_length=80)
    measure = models.CharField(_("sold per"), max_length=12)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    pack = TenantForeignKey("shops.Pack", null=True, blank=True, verbose_name=_("pack"))
    pack_name = models.CharField(max_length=12, blank=True)
    pack_quantity = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    price_tier = models.CharField(_("price"), max_length=11, choices=PriceTier)
    price_idr = models.BigIntegerField(_("price"))
    #: The line's own discount and its share of the sale's; ``total_idr`` is without them.
    discount_idr = models.BigIntegerField(_("discount"), default=0)
    #: What the quantity would cost at the general price, less ``total_idr``.
    saving_idr = models.BigIntegerField(_("saving"), default=0)
    total_idr = models.BigIntegerField(_("total"))
    cost_idr = models.BigIntegerField(_("cost"))

    class Meta(TenantModel.Meta):
        verbose_name = _("line of a sale")
        verbose_name_plural = _("lines of a sale")
        constraints = [
            *tenant_constraints("sale", "product", "pack", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "sale", "position"], name="shops_saleline_position"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="shops_saleline_quantity"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    price_idr__gt=0,
                    total_idr__gt=0,
                    cost_idr__gte=0,
                    saving_idr__gte=0,
                    discount_idr__gte=0,
                ),
                name="shops_saleline_amounts",
            ),
            models.CheckConstraint(
                condition=models.Q(price_tier__in=PriceTier.values), name="shops_saleline_tier"
            ),
            models.CheckConstraint(
                condition=models.Q(pack=None, pack_quantity=None)
                | models.Q(pack__isnull=False, pack_quantity__isnull=False, pack_quantity__gt=0),
                name="shops_saleline_pack_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "product"], name="shops_saleline_product"),
        ]
