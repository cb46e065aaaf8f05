"""Accounts, journals and units of business, to look at."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from finance.ledger import causes, kinds
from finance.ledger.models import Account, Balance, BusinessUnit, Journal, Line
from kkmp.access.administration.tenant import TenantLines, TenantReadOnly
from kkmp.lib.administration import money, related
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date, format_month


class Months(TenantLines):
    model = Balance
    verbose_name_plural = _("Movement by month")
    fields = ("shown_month", "debit", "credit")
    ordering = ("-month", "id")
    per_page = 24
    debit = money("debit_idr", _("debit"))
    credit = money("credit_idr", _("credit"))

    @admin.display(description=_("month"))
    def shown_month(self, balance: Balance) -> str:
        return format_month(balance.month)


class _Lines(TenantLines):
    """Lines of journals, with an empty cell on the side that holds nothing."""

    model = Line
    verbose_name_plural = _("Lines")

    @admin.display(description=_("debit"))
    def debit(self, line: Line) -> str:
        return format_rupiah(line.debit_idr) if line.debit_idr else ""

    @admin.display(description=_("credit"))
    def credit(self, line: Line) -> str:
        return format_rupiah(line.credit_idr) if line.credit_idr else ""


class Postings(_Lines):
    """An account's lines, the latest first, each leading to its journal."""

    fields = ("day", "entry", "debit", "credit")
    list_select_related = ("journal",)
    ordering = ("-date", "-id")
    per_page = 25
    entry = related("journal", _("journal"))

    @admin.display(description=_("date"))
    def day(self, line: Line) -> str:
        return format_date(line.date)


@admin.register(Account)
class Accounts(TenantReadOnly):
    """The chart, laid down when the cooperative was founded, and what moved month by month."""

    list_display = ("code", "label", "kind", "is_contra")
    list_filter = ("kind",)
    search_fields = ("code", "name", "name_en")
    search_help_text = _("Code or name")
    ordering = ("code",)
    fields = ("code", "name", "name_en", "kind", "is_contra")
    inlines = (Months, Postings)

    @admin.display(description=_("name"))
    def label(self, account: Account) -> str:
        return account.label


class Lines(_Lines):
    fields = ("shown_account", "shown_unit", "debit", "credit")
    list_select_related = ("account", "unit")
    ordering = ("position", "id")
    shown_account = related("account", _("account"))

    @admin.display(description=_("unit of business"))
    def shown_unit(self, line: Line) -> str:
        return str(line.unit or "–")


@admin.register(Journal)
class Journals(TenantReadOnly):
    """Descriptions may name a member, so that looking at journals is written down too."""

    is_personal = True
    list_display = ("number", "date", "what", "amount", "posted_by", "is_reversal")
    list_select_related = ("posted_by",)
    list_filter = ("date",)
    search_fields = ("=number", "kind")
    search_help_text = _("Journal number or kind")
    date_hierarchy = "date"
    ordering = ("-number",)
    fields = (
        "number",
        "date",
        "what",
        "cause",
        "memo",
        "amount",
        "reverses",
        "posted_at",
        "posted_by",
    )
    readonly_fields = fields
    inlines = (Lines,)
    amount = money("amount_idr", _("amount"))

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, journal: Journal) -> str:
        return kinds.label(journal.kind)

    @admin.display(description=_("what it is for"))
    def cause(self, journal: Journal) -> str:
        """The sale, shift or deposit that posted it."""
        return (
            format_html_join("", "<div>{}</div>", causes.cause_links(journal, self.admin_site))
            or "–"
        )

    @admin.display(description=_("reversal"))
    def is_reversal(self, journal: Journal) -> str:
        return "✓" if journal.reverses_id else ""


@admin.register(BusinessUnit)
class BusinessUnits(TenantReadOnly):
    """Opened and named on the cooperative's own pages."""

    list_display = ("code", "name", "is_active")
    ordering = ("code",)
