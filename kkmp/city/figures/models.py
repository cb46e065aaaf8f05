"""Figures that others have published, kept beside ours and never added to them."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kkmp.lib.ids import new_id


class Measure(models.TextChoices):
    """What a published figure counts. Names ending in ``_idr`` are whole rupiah."""

    LEGAL_ENTITIES = "legal_entities", _("Cooperatives that are legal entities")
    OPERATING = "operating", _("Cooperatives operating")
    ACCOUNTS = "accounts", _("Cooperatives with a portal account")
    ACTIVE_MEMBERS = "active_members", _("Active members")
    MEMBERS_CAPITAL = "members_capital_idr", _("Members' capital")
    PRINCIPAL = "principal_idr", _("Principal savings")
    PRINCIPAL_MEMBERS = "principal_members", _("Members with principal savings")
    MANDATORY = "mandatory_idr", _("Mandatory savings")
    MANDATORY_MEMBERS = "mandatory_members", _("Members with mandatory savings")
    GROSS_SALES = "gross_sales_idr", _("Gross sales")
    TRANSACTIONS = "transactions_idr", _("Value of transactions")
    WITH_PRINCIPAL = "with_principal", _("Cooperatives with any principal savings")
    WITH_TRANSACTIONS = "with_transactions", _("Cooperatives with any transaction")
    WITH_TRANSACTIONS_1M = (
        "with_transactions_1m",
        _("Cooperatives with transactions of Rp 1,000,000 or more"),
    )

    @property
    def is_money(self) -> bool:
        return self.value.endswith("_idr")


class State(models.TextChoices):
    """Zero, not reported and unknown are three different values."""

    REPORTED = "reported", _("Reported")
    NOT_REPORTED = "not_reported", _("Not reported")
    UNKNOWN = "unknown", _("Unknown")


class Series(models.TextChoices):
    """Who has reported a figure; figures of different series are never mixed."""

    CITY = "city", _("Reported by the city")
    COOPERATIVE = "cooperative", _("Reported by the cooperative")
    PORTAL = "portal", _("National portal (Simkopdes)")


class ReportedFigureQuerySet(models.QuerySet["ReportedFigure"]):
    def newest_first(self) -> "ReportedFigureQuerySet":
        return self.order_by("-as_of", "measure", "id")


class ReportedFigure(models.Model):
    """One published number, of a whole regency or of one kelurahan's cooperative."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    regency = models.ForeignKey(
        "registry.Regency", models.RESTRICT, related_name="+", verbose_name=_("regency")
    )
    kelurahan = models.ForeignKey(
        "registry.Kelurahan",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("kelurahan"),
    )
    series = models.CharField(_("series"), max_length=12, choices=Series)
    measure = models.CharField(_("measure"), max_length=24, choices=Measure)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.REPORTED)
    value = models.BigIntegerField(_("value"), null=True, blank=True)
    #: First day of the period; empty where the figure is how things stood on a day.
    since = models.DateField(_("counted from"), null=True, blank=True)
    as_of = models.DateField(_("as of"))
    is_disputed = models.BooleanField(_("disputed"), default=False)
    coverage = models.CharField(_("coverage"), max_length=200)
    coverage_en = models.CharField(_("coverage in English"), max_length=200)
    note = models.CharField(_("note"), max_length=400, blank=True)
    note_en = models.CharField(_("note in English"), max_length=400, blank=True)
    source_name = models.CharField(_("source"), max_length=200)
    #: Empty where it is called the same.
    source_name_en = models.CharField(_("source in English"), max_length=200, blank=True)
    source_title = models.CharField(_("title of the source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "kelurahan", "series", "measure", "as_of"],
                name="city_reported_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.REPORTED, value__isnull=False)
                | (~models.Q(state=State.REPORTED) & models.Q(value=None)),
                name="city_reported_value_fits_state",
            ),
            models.CheckConstraint(
                condition=models.Q(since=None) | models.Q(since__lte=models.F("as_of")),
                name="city_reported_since_before_as_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{Measure(self.measure).label}, {self.as_of}"

    @property
    def is_money(self) -> bool:
        return Measure(self.measure).is_money

    @property
    def coverage_shown(self) -> str:
        """Whom the figure covers, in the reader's language."""
        return self.coverage_en if get_language() == "en" else self.coverage

    @property
    def note_shown(self) -> str:
        """What a reader must know, in the reader's language."""
        return self.note_en if get_language() == "en" else self.note

    @property
    def source_shown(self) -> str:
        """Who has published it, in the reader's language."""
        return (self.source_name_en if get_language() == "en" else "") or self.source_name
