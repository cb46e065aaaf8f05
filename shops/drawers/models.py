"""A cashier's shift at a drawer: opened with a float, counted, closed with a difference."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints

#: Notes and coins in circulation, whole rupiah, largest first.
DENOMINATIONS = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50)
#: More than any drawer holds: a typing mistake, or a barcode scanned into the field.
MOST_IN_DRAWER_IDR = 100_000_000


class Shift(Keyed, TenantModel):
    """One drawer and one cashier, from opening to closing. A closed one never changes."""

    number = models.PositiveBigIntegerField(_("number"))
    unit = TenantForeignKey("finance.BusinessUnit", verbose_name=_("unit of business"))
    drawer = models.CharField(_("drawer"), max_length=30)
    cashier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("cashier")
    )
    opened_at = models.DateTimeField(_("opened at"))
    float_idr = models.BigIntegerField(_("float"))
    opening = TenantForeignKey("finance.Journal", null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    expected_idr = models.BigIntegerField(_("should be in the drawer"), null=True, blank=True)
    counted_idr = models.BigIntegerField(_("counted"), null=True, blank=True)
    closing = TenantForeignKey("finance.Journal", null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    closing_key = models.UUIDField(null=True, blank=True, editable=False)
    #: Hash of the content of the closing that the key stands for.
    closing_hash = models.CharField(max_length=64, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            *tenant_constraints("unit", "opening", "closing"),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_shift_key"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="shops_shift_number"),
            models.UniqueConstraint(
                fields=["cooperative", "closing_key"], name="shops_shift_closing_key"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "cashier"],
                condition=models.Q(closed_at=None),
                name="shops_shift_one_a_cashier",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "unit", "drawer"],
                condition=models.Q(closed_at=None),
                name="shops_shift_one_a_drawer",
            ),
            models.CheckConstraint(condition=models.Q(float_idr__gte=0), name="shops_shift_float"),
            models.CheckConstraint(
                condition=models.Q(
                    closed_at=None, closed_by=None, expected_idr=None, counted_idr=None
                )
                | models.Q(
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    expected_idr__isnull=False,
                    counted_idr__isnull=False,
                    counted_idr__gte=0,
                ),
                name="shops_shift_closed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "-opened_at"], name="shops_shift_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def difference_idr(self) -> int | None:
        """Counted less expected; None while it is open."""
        if self.counted_idr is None or self.expected_idr is None:
            return None
        return self.counted_idr - self.expected_idr

    @property
    def recounted_idr(self) -> int:
        """What corrections of the count came to, of a row by ``queries.with_last_counts``."""
        return int(getattr(self, "corrections_idr", 0))

    @property
    def last_counted_idr(self) -> int | None:
        """What there was by the last word on it; the sheet keeps what was counted and signed."""
        return None if self.counted_idr is None else self.counted_idr + self.recounted_idr

    @property
    def last_difference_idr(self) -> int | None:
        """What is still too much, or missing where it is negative."""
        first_idr = self.difference_idr
        return None if first_idr is None else first_idr + self.recounted_idr


class CountedCash(TenantModel):
    """How many of one note or coin were counted at closing."""

    shift = TenantForeignKey(Shift, related_name="counts")
    denomination_idr = models.BigIntegerField(_("note or coin"))
    pieces = models.PositiveIntegerField(_("pieces"))

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("shift", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "shift", "denomination_idr"], name="shops_count_once"
            ),
            models.CheckConstraint(
                condition=models.Q(denomination_idr__in=DENOMINATIONS, pieces__gt=0),
                name="shops_count_of_known_money",
            ),
        ]


class CashReason(models.TextChoices):
    """Why money went into or out of a drawer beside sales."""

    #: From the main cash box, for change.
    CHANGE = "change", _("More change")
    #: To the main cash box, before the drawer is too full.
    DEPOSIT = "deposit", _("Taken to the main cash box")
    #: A small expense that has to be paid at once.
    EXPENSE = "expense", _("Small expense")
    OTHER_IN = "other_in", _("Other money in")


class CashMovement(Keyed, TenantModel):
    """Cash into (positive) or out of (negative) an open drawer, with its reason and journal."""

    #: None where it undoes one of a shift that is closed: then nothing is in the drawer any more.
    shift = TenantForeignKey(Shift, related_name="movements", null=True, blank=True)
    #: The movement that this one undoes.
    reverses = TenantForeignKey("self", null=True, blank=True, verbose_name=_("corrects"))
    reason = models.CharField(_("reason"), max_length=8, choices=CashReason)
    note = models.CharField(_("note"), max_length=120, blank=True)
    amount_idr = models.BigIntegerField(_("amount"))
    journal = TenantForeignKey("finance.Journal")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("cash movement")
        verbose_name_plural = _("cash movements")
        constraints = [
            *tenant_constraints("shift", "reverses", "journal", append_only=True),
            models.UniqueConstraint(fields=["cooperative", "key"], name="shops_cashmovement_key"),
            models.UniqueConstraint(
                fields=["cooperative", "reverses"],
                condition=models.Q(reverses__isnull=False),
                name="shops_cashmovement_undone_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    reason__in=["change", "other_in"], reverses=None, amount_idr__gt=0
                )
                | models.Q(reason__in=["deposit", "expense"], reverses=None, amount_idr__lt=0)
                | models.Q(
                    reason__in=["change", "other_in"], reverses__isnull=False, amount_idr__lt=0
                )
                | models.Q(
                    reason__in=["deposit", "expense"], reverses__isnull=False, amount_idr__gt=0
                ),
                name="shops_cashmovement_direction",
            ),
            models.CheckConstraint(
                condition=models.Q(shift__isnull=False) | models.Q(reverses__isnull=False),
                name="shops_cashmovement_of_a_shift",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "shift"], name="shops_cashmovement_shift")]


class CountCorrection(Keyed, TenantModel):
    """A closed shift was counted wrongly: so much more was there, or less where it is negative."""

    shift = TenantForeignKey(Shift, related_name="corrections")
    amount_idr = models.BigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=120)
    journal = TenantForeignKey("finance.Journal")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("correction of a count")
        verbose_name_plural = _("corrections of counts")
        constraints = [
            *tenant_constraints("shift", "journal", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "key"], name="shops_countcorrection_key"
            ),
            models.CheckConstraint(
                condition=~models.Q(amount_idr=0), name="shops_countcorrection_not_zero"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "shift"], name="shops_countcorrection_shift")
        ]
