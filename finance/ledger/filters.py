"""Filters of the list of journals, for the page and the API."""

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import Account, Journal, Line
from kkmp.access.api import ApiRequest
from kkmp.access.web import CoopRequest
from kkmp.lib.filters import DayFilter, FilterSet

#: Words are looked for in so many journals, the latest: a text has no index that finds its middle.
SEARCHED = 50_000


class JournalFilter(FilterSet[QuerySet[Journal]]):
    """Finds journals by days, kind (``savings`` covers all below it), account, number and text."""

    request: CoopRequest | ApiRequest
    since = DayFilter(label=_("From"), field_name="date", lookup_expr="gte")
    until = DayFilter(label=_("Until"), field_name="date", lookup_expr="lte")
    kind = filters.CharFilter(label=_("Kind"), method="of_kind")
    account = filters.CharFilter(label=_("Account"), method="on_account")
    number = filters.NumberFilter(label=_("Number"), field_name="number")
    q = filters.CharFilter(label=_("Number or description"), method="by_number_or_text")

    class Meta:
        model = Journal
        fields: list[str] = []

    def of_kind(self, journals: QuerySet[Journal], _name: str, kind: str) -> QuerySet[Journal]:
        if kind == "reversal":
            return journals.filter(reverses__isnull=False)
        found = journals.filter(Q(kind=kind) | Q(kind__startswith=f"{kind}."))
        # An index has all but the sales: without this the database may not use it.
        return found if "sale".startswith(kind) else found.exclude(kind="sale")

    def on_account(
        self, journals: QuerySet[Journal], _name: str, code: str | Account
    ) -> QuerySet[Journal]:
        lines = Line.objects.of(self.request.cooperative).filter(
            journal=OuterRef("pk"),
            account__code=code.code if isinstance(code, Account) else code,
        )
        return journals.filter(Exists(lines))

    def by_number_or_text(
        self, journals: QuerySet[Journal], _name: str, text: str
    ) -> QuerySet[Journal]:
        last = Journal.objects.of(self.request.cooperative).order_by("-number").values("number")
        found = Q(memo__icontains=text, number__gt=Subquery(last[:1]) - SEARCHED)
        if text.isascii() and text.isdigit() and len(text) < 19:
            found |= Q(number=int(text))
        return journals.filter(found)


def _accounts(request: CoopRequest) -> QuerySet[Account]:
    return Account.objects.of(request.cooperative).order_by("code", "id")


#: What the list can be narrowed to, in the words of whoever keeps the books.
GROUPS = (
    ("savings", _("Savings")),
    ("sale", _("Sales")),
    ("opening", _("Opening balances")),
    ("reversal", _("Reversals")),
)


class JournalListFilter(JournalFilter):
    """The page's: one box for number or words, and lists to choose from."""

    kind = filters.ChoiceFilter(
        label=_("Kind"), method="of_kind", choices=GROUPS, empty_label=_("All")
    )
    account = filters.ModelChoiceFilter(
        label=_("Account"), method="on_account", queryset=_accounts, empty_label=_("All")
    )
    number = None

    class Meta(JournalFilter.Meta):
        pass

    @property
    def form(self) -> forms.Form:
        form = super().form
        form.order_fields(["q", "since", "until", "kind", "account"])
        return form
