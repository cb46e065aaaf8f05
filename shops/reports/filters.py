"""The filter of the list of sales: for its page, its file, and the way there from the reports."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Protocol, TypedDict, TypeVar

import django_filters as filters
from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractHour
from django.db.models.lookups import Exact
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import Annotations, StrOrPromise

from finance.ledger.models import BusinessUnit
from kkmp.access.models import User
from kkmp.lib.filters import DayFilter, FilterSet
from kkmp.lib.periods import JAKARTA
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel
from members.register.models import Member
from shops.drawers.models import Shift
from shops.goods.models import Category, Product
from shops.payments.models import SalePayment
from shops.pricing.methods import Method
from shops.reports import date_ranges
from shops.reports.models import SalesFigures
from shops.reports.queries import sums as reports_queries
from shops.returns.models import SaleReturn
from shops.till import queries as till_queries
from shops.till.models import Sale, SaleLine
from shops.units import queries as units_queries

#: What is asked for from a report only; the page shows it in words, with a way out.
HIDDEN = ("member", "product", "category", "shift", "hour")
MEMBERS, OTHERS = "member", "other"
_MORE = ("unit", "cashier", "method", "buyer")
#: What counters know; receipts that are looked for by anything else are added up one by one, as
#: many as so many days have.
_COUNTED = {"since", "until", "unit", "cashier", "buyer", "shift", "hour", "returned"}
MOST_DAYS = 31

R = TypeVar("R", bound=TenantModel)


class Listed(TypedDict):
    """What a sale of the list brings besides: what came back of it, and how it was paid."""

    returned_idr: int
    methods: list[str]


class HasCooperative(Protocol):
    """What a filter needs to know of a request: the cooperative whose sales it looks for."""

    @property
    def cooperative(self) -> Cooperative: ...


def _of(model: type[R]) -> Callable[[HasCooperative], QuerySet[R]]:
    return lambda request: model.objects.of(request.cooperative)


def _units(request: HasCooperative) -> QuerySet[BusinessUnit]:
    return units_queries.units(request.cooperative)


def _cashiers(request: HasCooperative) -> QuerySet[User]:
    """Whoever has sold here, whatever they may do today."""
    sold = SalesFigures.objects.of(request.cooperative).filter(cashier=OuterRef("pk"))
    return User.objects.filter(Exists(sold)).order_by("name", "username")


def _hidden(
    model: type[TenantModel], label: StrOrPromise, **options: Any
) -> filters.ModelChoiceFilter:
    return filters.ModelChoiceFilter(
        label=label, queryset=_of(model), widget=forms.HiddenInput, **options
    )


class SaleFilter(FilterSet[QuerySet[Sale]]):
    """Sales of some days, and whatever came back on them.

    Goods and payments are looked for in receipts; what is found and added up is whole receipts.
    """

    q = filters.CharFilter(label=_("Receipt number or member"), method="by_number_or_name")
    since = DayFilter(label=_("From"), method="later")
    until = DayFilter(label=_("Until"), method="later")
    unit = filters.ModelChoiceFilter(
        label=_("Unit of business"), queryset=_units, empty_label=_("All")
    )
    cashier = filters.ModelChoiceFilter(
        label=_("Cashier"), queryset=_cashiers, empty_label=_("All")
    )
    method = filters.ChoiceFilter(
        label=_("Payment"), choices=Method.choices, method="paid_by", empty_label=_("All")
    )
    buyer = filters.ChoiceFilter(
        label=_("Buyer"),
        choices=[(MEMBERS, _("Members")), (OTHERS, _("Non-members"))],
        method="sold_to",
        empty_label=_("All"),
    )
    returned = filters.BooleanFilter(
        label=_("Only what came back"), method="later", widget=forms.CheckboxInput
    )
    member = _hidden(Member, _("Member"))
    product = _hidden(Product, _("Product"), method="with_goods")
    category = _hidden(Category, _("Category"), method="with_goods")
    shift = _hidden(Shift, _("Shift"), method="later")
    hour = filters.NumberFilter(
        label=_("Hour"), method="later", min_value=0, max_value=23, widget=forms.HiddenInput
    )

    queryset: QuerySet[Annotated[Sale, Annotations[Listed]]]

    class Meta:
        model = Sale
        fields: list[str] = []

    def __init__(
        self, query: QueryDict, *, cooperative: Cooperative, on: date, request: HasCooperative
    ):
        super().__init__(query, queryset=listed(cooperative), request=request)
        self.cooperative, self.on = cooperative, on
        self.form.is_valid()
        self.given = self.form.cleaned_data
        self.dates = date_ranges.chosen(self.given, on=on)
        # The boxes show the days that are shown, whoever has chosen them.
        self.given |= {"since": self.dates.since, "until": self.dates.until}
        shown = query.copy()
        for name, day in self.dates.query().items():
            shown[name] = day
        self.form.data = shown

    @property
    def sold(self) -> QuerySet[Sale]:
        """The sales of these days."""
        found = self._like(Sale.objects.of(self.cooperative))
        return self._at(found, moment="sold_at")

    @property
    def returns(self) -> QuerySet[SaleReturn]:
        """What came back on these days, of sales like these."""
        found = SaleReturn.objects.of(self.cooperative)
        if self._looks_at_sales:
            sales = self._like(Sale.objects.of(self.cooperative))
            found = found.filter(sale__in=sales.values("pk"))
        return self._at(found, moment="returned_at")

    @property
    def qs(self) -> QuerySet[Annotated[Sale, Annotations[Listed]]]:
        """What the list shows: the sales, or where asked for those of which something came back."""
        if self.given.get("returned"):
            return self.queryset.filter(pk__in=self.returns.values("sale"))
        found = self._like(self.queryset)
        return self._at(found, moment="sold_at")

    def total(self) -> reports_queries.Total | None:
        """The total of sales and returns; narrowing the list to returns does not change it.

        None where only receipts of too many days would tell it.
        """
        if self._is_counted or self.dates.days <= MOST_DAYS:
            return self.whole_total()
        return None

    def whole_total(self) -> reports_queries.Total:
        """The total, however many receipts it takes: for a file."""
        if self._is_counted:
            return reports_queries.counted_total(self._counters())
        return reports_queries.total_of(self.sold, self.returns)

    @property
    def _is_counted(self) -> bool:
        """Whether counters know all that was asked for."""
        asked = {name for name, value in self.given.items() if value not in (None, "", False)}
        return asked <= _COUNTED

    def _counters(self) -> QuerySet[SalesFigures]:
        found = SalesFigures.objects.of(self.cooperative)
        found = found.filter(date__range=(self.dates.since, self.dates.until))
        for name in ("unit", "cashier", "shift"):
            if self.given.get(name):
                found = found.filter(**{name: self.given[name]})
        if self.given.get("hour") is not None:
            found = found.filter(hour=self.given["hour"])
        if self.given.get("buyer"):
            found = found.filter(is_member=self.given["buyer"] == MEMBERS)
        return found

    @property
    def hidden(self) -> list[str]:
        """Which of the hidden conditions are in use."""
        return [name for name in HIDDEN if self.given.get(name) not in (None, "")]

    @property
    def hidden_boxes(self) -> list[forms.BoundField]:
        return [self.form[name] for name in self.hidden]

    @property
    def day_boxes(self) -> list[forms.BoundField]:
        return [self.form["since"], self.form["until"]]

    @property
    def more_boxes(self) -> list[forms.BoundField]:
        return [self.form[name] for name in _MORE]

    @property
    def uses_more(self) -> bool:
        return any(self.given.get(name) for name in (*_MORE, "returned"))

    @property
    def is_narrow(self) -> bool:
        """Whether anything but days was asked for."""
        return bool(self.uses_more or self.hidden or self.given.get("q"))

    def _like(self, found: QuerySet[R]) -> QuerySet[R]:
        """Sales by everything but days and the like, which a return has of its own."""
        for name, value in self.given.items():
            found = self.filters[name].filter(found, value)
        return found

    @property
    def _looks_at_sales(self) -> bool:
        own = ("since", "until", "returned", "shift", "hour")
        return any(v not in (None, "") for name, v in self.given.items() if name not in own)

    def _at(self, found: QuerySet[R], *, moment: str) -> QuerySet[R]:
        found = found.filter(date__range=(self.dates.since, self.dates.until))
        if self.given.get("shift"):
            found = found.filter(shift=self.given["shift"])
        if self.given.get("hour") is not None:
            at_hour = Exact(ExtractHour(moment, tzinfo=JAKARTA), self.given["hour"])
            found = found.filter(at_hour)
        return found

    def later(self, found: QuerySet[Sale], _name: str, _value: object) -> QuerySet[Sale]:
        """Sales and returns have their own days, shifts and hours: see ``_at``."""
        return found

    def by_number_or_name(self, found: QuerySet[Sale], _name: str, text: str) -> QuerySet[Sale]:
        words = text.split()
        matches = Q(*(Q(member__name__icontains=word) for word in words))
        digits = text.strip().lstrip("#")
        if digits.isascii() and digits.isdigit() and len(digits) < 19:
            matches |= Q(number=int(digits)) | Q(member__number=int(digits))
        return found.filter(matches)

    def paid_by(self, found: QuerySet[Sale], _name: str, method: str) -> QuerySet[Sale]:
        payments = SalePayment.objects.of(self.cooperative).filter(sale=OuterRef("pk"))
        return found.filter(Exists(payments.filter(method=method)))

    def sold_to(self, found: QuerySet[Sale], _name: str, who: str) -> QuerySet[Sale]:
        return found.filter(member__isnull=who == OTHERS)

    def with_goods(
        self, found: QuerySet[Sale], name: str, what: Product | Category
    ) -> QuerySet[Sale]:
        lines = SaleLine.objects.of(self.cooperative).filter(sale=OuterRef("pk"))
        path = "product__category" if name == "category" else "product"
        return found.filter(Exists(lines.filter(**{path: what})))


def listed(cooperative: Cooperative) -> QuerySet[Annotated[Sale, Annotations[Listed]]]:
    """Sales as the list shows them, latest first."""
    back = SaleReturn.objects.of(cooperative).filter(sale=OuterRef("pk"))
    of_sale = back.order_by().values("sale").annotate(sum=Sum("total_idr")).values("sum")
    payments = SalePayment.objects.of(cooperative).filter(sale=OuterRef("pk"))
    return till_queries.sales(cooperative).annotate(
        returned_idr=Coalesce(Subquery(of_sale), 0),
        methods=ArraySubquery(payments.order_by("position", "id").values("method")),
    )


def methods_of(sale: Annotated[Sale, Annotations[Listed]]) -> list[str]:
    """The methods by which a sale of :func:`listed` was paid, in words."""
    return [str(Method(each).label) for each in sale.methods]
