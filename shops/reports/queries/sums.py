"""What was sold, added up by day, shift, cashier, goods, hour, payment and buyer.

Turnover is what was sold less what came back. A sale counts on its day and a return on its own;
the shift and the hour of a return are those in which money went back. In everything else it
counts where its sale does: by cashier, buyer and product. Each report takes two statements, and the
same days and unit give the same turnover and profit in each of them, to the rupiah; by payment it
is what was paid, which is the turnover and its rounding.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractHour, NullIf

from finance.ledger.models import BusinessUnit
from kkmp.lib.periods import JAKARTA
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel
from shops.drawers import queries as drawers
from shops.drawers.models import Shift
from shops.payments.models import Refund, SalePayment
from shops.pricing.methods import Method
from shops.reports.date_ranges import DateRange
from shops.returns.models import ReturnedLine, SaleReturn
from shops.till.models import Sale, SaleLine

R = TypeVar("R", bound=TenantModel)
#: What a row is called, and what it adds up to, by name.
_Group = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ReportScope:
    """:param unit: None for all of them"""

    cooperative: Cooperative
    dates: DateRange
    unit: BusinessUnit | None = None

    def rows(self, model: type[R], day: str, unit: str) -> QuerySet[R]:
        """Rows of these days and this unit.

        :param day: the path to the row's day
        :param unit: the path to its unit
        """
        found = model.objects.of(self.cooperative)
        found = found.filter(**{f"{day}__range": (self.dates.since, self.dates.until)})
        return found.filter(**{unit: self.unit}) if self.unit else found

    def sales(self) -> QuerySet[Sale]:
        return self.rows(Sale, "date", "unit")

    def returns(self) -> QuerySet[SaleReturn]:
        return self.rows(SaleReturn, "date", "sale__unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a report, whole rupiah.

    :param names: what the line is called, by the words that its report asks for
    :param count: receipts that were sold; of goods, receipts they stood on
    :param cost_idr: of what was sold less what came back
    :param quantity: of goods: sold less come back
    :param share: of the turnover of all rows; None where there is none to share
    """

    key: Any
    names: dict[str, Any]
    count: int = 0
    sold_idr: int = 0
    returned_idr: int = 0
    cost_idr: int = 0
    quantity: Decimal = Decimal(0)
    share: Fraction | None = None

    @property
    def turnover_idr(self) -> int:
        return self.sold_idr - self.returned_idr

    @property
    def margin_idr(self) -> int:
        return self.turnover_idr - self.cost_idr


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """All of some days: of sales and of returns.

    :param rounding_idr: what rounding cash has added, less what it has taken off
    """

    count: int
    sold_idr: int
    returns: int
    returned_idr: int
    cost_idr: int
    rounding_idr: int
    members_idr: int

    @property
    def turnover_idr(self) -> int:
        return self.sold_idr - self.returned_idr

    @property
    def margin_idr(self) -> int:
        return self.turnover_idr - self.cost_idr

    @property
    def others_idr(self) -> int:
        """Turnover with whoever is no member; ``members_idr`` is that with members."""
        return self.turnover_idr - self.members_idr


def total(scope: ReportScope) -> Total:
    return total_of(scope.sales(), scope.returns())


def total_of(sales: QuerySet[Sale], returns: QuerySet[SaleReturn]) -> Total:
    """The totals of these sales and returns, in two statements."""
    sold = sales.aggregate(**_SOLD, rounding=_sum("rounding_idr"), members=_members("member"))
    back = returns.aggregate(
        **_BACK, rounding=_sum("rounding_idr"), members=_members("sale__member")
    )
    return Total(
        count=sold["count"],
        sold_idr=sold["amount"],
        returns=back["count"],
        returned_idr=back["amount"],
        cost_idr=sold["cost"] - back["cost"],
        rounding_idr=sold["rounding"] - back["rounding"],
        members_idr=sold["members"] - back["members"],
    )


def by_day(scope: ReportScope) -> list[Row]:
    """Earliest first; days on which nothing happened are left out."""
    names = {"day": "date"}
    rows = _rows(
        _grouped(scope.sales(), names, _SOLD),
        _grouped(scope.returns(), names, _BACK),
        key="day",
    )
    return sorted(rows, key=lambda row: row.key)


def by_shift(scope: ReportScope) -> list[Row]:
    """Latest first, and last what was sold without a shift."""
    names = {
        "shift": "shift_id",
        "number": "shift__number",
        "opened_at": "shift__opened_at",
        "drawer": "shift__drawer",
        "name": _name("shift__cashier"),
    }
    rows = _rows(
        _grouped(scope.sales(), names, _SOLD),
        _grouped(scope.returns(), names, _BACK),
        key="shift",
    )
    return sorted(rows, key=lambda row: -(row.names["number"] or 0))


def by_cashier(scope: ReportScope) -> list[Row]:
    """A row for each cashier, the most turnover first."""
    rows = _rows(
        _grouped(scope.sales(), _cashier("cashier"), _SOLD),
        _grouped(scope.returns(), _cashier("sale__cashier"), _BACK),
        key="cashier",
    )
    return _largest_first(rows)


def by_hour(scope: ReportScope) -> list[Row]:
    """A row for each hour of the day in Semarang, the earliest first."""
    rows = _rows(
        _grouped(scope.sales(), {"hour": _hour("sold_at")}, _SOLD),
        _grouped(scope.returns(), {"hour": _hour("returned_at")}, _BACK),
        key="hour",
    )
    return sorted(rows, key=lambda row: row.key)


def by_buyer(scope: ReportScope) -> list[Row]:
    """A row for members, then one for others; always both."""
    rows = _rows(
        _grouped(scope.sales(), {"member": Q(member__isnull=False)}, _SOLD),
        _grouped(scope.returns(), {"member": Q(sale__member__isnull=False)}, _BACK),
        key="member",
    )
    found = {row.key: row for row in rows}
    return [found.get(key) or Row(key=key, names={"member": key}) for key in (True, False)]


def by_product(scope: ReportScope) -> list[Row]:
    """A row for each product, the most turnover first, with what one measure is called."""
    return _of_goods(
        scope,
        {"product": "product_id", "name": "product__name", "measure": "product__measure"},
        key="product",
    )


def by_category(scope: ReportScope) -> list[Row]:
    """A row for each category, as goods are sorted now, the most turnover first."""
    names = {"category": "product__category_id", "name": "product__category__name"}
    return _of_goods(scope, names, key="category")


def by_method(scope: ReportScope) -> list[Row]:
    """What was paid and paid back, in the order of the methods; it has no cost."""
    paid = scope.rows(SalePayment, "sale__date", "sale__unit")
    back = scope.rows(Refund, "returned__date", "returned__sale__unit")
    counts = {"amount": _sum("amount_idr")}
    rows = _rows(
        _grouped(paid, {"method": "method"}, counts | {"count": Count("sale_id", distinct=True)}),
        _grouped(back, {"method": _WENT}, counts),
        key="method",
    )
    order = list(Method.values)
    return sorted(rows, key=lambda row: order.index(row.key))


#: How money went back: a voucher's in cash counts as cash, what is kept as its method.
_WENT = Case(When(paid_as="cash", then=Value("cash")), default=F("payment__method"))


def differences(scope: ReportScope) -> QuerySet[Shift]:
    """Shifts that were closed on these days, the latest first: what should have been in the
    drawer, what there was by the last word on the count, and what it differed by."""
    first = datetime.combine(scope.dates.since, time.min, JAKARTA)
    after = datetime.combine(scope.dates.until + timedelta(days=1), time.min, JAKARTA)
    found = Shift.objects.of(scope.cooperative).filter(closed_at__gte=first, closed_at__lt=after)
    if scope.unit:
        found = found.filter(unit=scope.unit)
    rows = drawers.with_last_counts(scope.cooperative, found)
    return rows.select_related("unit", "cashier", "closed_by").order_by("-closed_at", "id")


def _of_goods(scope: ReportScope, names: dict[str, str], *, key: str) -> list[Row]:
    """Lines by what they are of.

    :param names: paths from the line of a sale
    """
    sold = scope.rows(SaleLine, "sale__date", "sale__unit")
    back = scope.rows(ReturnedLine, "returned__date", "returned__sale__unit")
    amounts = _LINES | {"quantity": Sum("quantity")}
    rows = _rows(
        _grouped(sold, names, amounts | {"count": Count("sale_id", distinct=True)}),
        _grouped(back, {name: f"line__{path}" for name, path in names.items()}, amounts),
        key=key,
    )
    return _largest_first(rows)


def _grouped(rows: QuerySet[Any], names: dict[str, Any], sums: dict[str, Any]) -> Iterator[_Group]:
    named = {name: F(what) if isinstance(what, str) else what for name, what in names.items()}
    # Aliases, so that no name hides a field of the model.
    renamed = {f"by_{name}": what for name, what in named.items()}
    found = rows.order_by().values(**renamed).annotate(**{f"of_{n}": s for n, s in sums.items()})
    for row in found:
        yield (
            {name: row[f"by_{name}"] for name in names},
            {name: row[f"of_{name}"] for name in sums},
        )


def _rows(sold: Iterable[_Group], back: Iterable[_Group], *, key: str) -> list[Row]:
    """Sales and returns of the same key in one row."""
    found: dict[Any, dict[str, Any]] = {}
    for names, sums in sold:
        row = found.setdefault(names[key], {"names": names})
        row |= {"count": sums["count"], "sold_idr": sums["amount"]}
        row |= {"cost_idr": sums.get("cost", 0), "quantity": sums.get("quantity") or Decimal(0)}
    for names, sums in back:
        row = found.setdefault(names[key], {"names": names})
        row["returned_idr"] = sums["amount"]
        row["cost_idr"] = row.get("cost_idr", 0) - sums.get("cost", 0)
        row["quantity"] = row.get("quantity", Decimal(0)) - (sums.get("quantity") or Decimal(0))
    return [Row(key=key, **row) for key, row in found.items()]


def _largest_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.turnover_idr, str(row.key)))


def _cashier(path: str) -> dict[str, Any]:
    """The columns by which rows are grouped by cashier."""
    return {"cashier": f"{path}_id", "name": _name(path)}


def _name(path: str) -> Coalesce:
    """The name of a user, or the user name of who has given none."""
    return Coalesce(NullIf(f"{path}__name", Value("")), f"{path}__username")


def _hour(path: str) -> ExtractHour:
    return ExtractHour(path, tzinfo=JAKARTA)


def _sum(name: str, **options: Any) -> Coalesce:
    return Coalesce(Sum(name, **options), 0)


def _members(path: str) -> Coalesce:
    return _sum("total_idr", filter=Q(**{f"{path}__isnull": False}))


_LINES = {"amount": _sum("total_idr"), "cost": _sum("cost_idr")}
_SOLD = _LINES | {"count": Count("id")}
_BACK = _SOLD

#: Every report that is made of rows, by its name in addresses.
ROWS: dict[str, Callable[[ReportScope], list[Row]]] = {
    "day": by_day,
    "shift": by_shift,
    "cashier": by_cashier,
    "product": by_product,
    "category": by_category,
    "hour": by_hour,
    "method": by_method,
    "member": by_buyer,
}
#: The report of the differences of shifts, which has rows of its own.
DIFFERENCES = "difference"
NAMES = (*ROWS, DIFFERENCES)
