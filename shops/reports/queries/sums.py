"""What was sold, added up by day, shift, cashier, goods, hour, payment and buyer.

Turnover is what was sold less what came back. A sale counts on its day and a return on its own;
the shift and the hour of a return are those in which money went back. In everything else it
counts where its sale does: by cashier, buyer and product. Each report adds up counters, which sales
keep themselves (:mod:`shops.reports.models`), so that it takes the same however much was sold. The
same days and unit give the same turnover and profit in each of them, to the rupiah; by payment it
is what was paid, which is the turnover and its rounding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from finance.ledger.models import BusinessUnit
from kkmp.lib.periods import JAKARTA
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel
from shops.drawers import queries as drawers
from shops.drawers.models import Shift
from shops.pricing.methods import Method
from shops.reports.date_ranges import DateRange
from shops.reports.models import GoodsFigures, PaymentFigures, SalesFigures
from shops.returns.models import SaleReturn
from shops.till.models import Sale

R = TypeVar("R", bound=TenantModel)


@dataclass(frozen=True, slots=True)
class ReportScope:
    """:param unit: None for all of them"""

    cooperative: Cooperative
    dates: DateRange
    unit: BusinessUnit | None = None

    def counted(self, model: type[R]) -> QuerySet[R]:
        """Counters of these days and this unit."""
        found = model.objects.of(self.cooperative)
        found = found.filter(date__range=(self.dates.since, self.dates.until))
        return found.filter(unit=self.unit) if self.unit else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a report, whole rupiah.

    :param names: what the line is called, by the words that its report asks for
    :param count: receipts that were sold; of goods, receipts they stood on; None of categories
    :param cost_idr: of what was sold less what came back
    :param quantity: of goods: sold less come back
    :param share: of the turnover of all rows; None where there is none to share
    """

    key: Any
    names: dict[str, Any]
    count: int | None = 0
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
    return counted_total(scope.counted(SalesFigures))


def counted_total(rows: QuerySet[SalesFigures]) -> Total:
    """The total of these counters, in one statement."""
    sums = rows.aggregate(
        **_SOLD,
        returns=_sum("returns"),
        returned=_sum("returned_idr"),
        rounding=_sum("rounding_idr"),
        members=_sum(F("sold_idr") - F("returned_idr"), filter=Q(is_member=True)),
    )
    return Total(
        count=sums["count"],
        sold_idr=sums["sold"],
        returns=sums["returns"],
        returned_idr=sums["returned"],
        cost_idr=sums["cost"],
        rounding_idr=sums["rounding"],
        members_idr=sums["members"],
    )


def total_of(sales: QuerySet[Sale], returns: QuerySet[SaleReturn]) -> Total:
    """The totals of these sales and returns, in two statements."""
    amounts = {
        "count": Count("id"),
        "amount": _sum("total_idr"),
        "cost": _sum("cost_idr"),
        "rounding": _sum("rounding_idr"),
    }
    sold = sales.aggregate(**amounts, members=_members("member"))
    back = returns.aggregate(**amounts, members=_members("sale__member"))
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
    rows = _rows(scope.counted(SalesFigures), {"day": "date"}, _SALES, key="day")
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
    rows = _rows(scope.counted(SalesFigures), names, _SALES, key="shift")
    return sorted(rows, key=lambda row: -(row.names["number"] or 0))


def by_cashier(scope: ReportScope) -> list[Row]:
    """A row for each cashier, the most turnover first."""
    names = {"cashier": "cashier_id", "name": _name("cashier")}
    return _largest_first(_rows(scope.counted(SalesFigures), names, _SALES, key="cashier"))


def by_hour(scope: ReportScope) -> list[Row]:
    """A row for each hour of the day in Semarang, the earliest first."""
    rows = _rows(scope.counted(SalesFigures), {"hour": "hour"}, _SALES, key="hour")
    return sorted(rows, key=lambda row: row.key)


def by_buyer(scope: ReportScope) -> list[Row]:
    """A row for members, then one for others; always both."""
    rows = _rows(scope.counted(SalesFigures), {"member": "is_member"}, _SALES, key="member")
    found = {row.key: row for row in rows}
    return [found.get(key) or Row(key=key, names={"member": key}) for key in (True, False)]


def by_product(scope: ReportScope) -> list[Row]:
    """A row for each product, the most turnover first, with what one measure is called."""
    names = {"product": "product_id", "name": "product__name", "measure": "product__measure"}
    return _largest_first(_rows(scope.counted(GoodsFigures), names, _GOODS, key="product"))


def by_category(scope: ReportScope) -> list[Row]:
    """A row for each category, as goods are sorted now, the most turnover first.

    Goods that stand on one receipt may be of one category: its receipts are not counted.
    """
    names = {"category": "product__category_id", "name": "product__category__name"}
    sums = {name: what for name, what in _GOODS.items() if name != "count"}
    return _largest_first(_rows(scope.counted(GoodsFigures), names, sums, key="category"))


def by_method(scope: ReportScope) -> list[Row]:
    """What was paid and paid back, in the order of the methods; it has no cost."""
    sums = {"count": _sum("receipts"), "sold": _sum("paid_idr"), "returned": _sum("back_idr")}
    rows = _rows(scope.counted(PaymentFigures), {"method": "method"}, sums, key="method")
    order = list(Method.values)
    return sorted(rows, key=lambda row: order.index(row.key))


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


def _rows(
    counted: QuerySet[Any], names: dict[str, Any], sums: dict[str, Any], *, key: str
) -> list[Row]:
    """Counters of the same key in one row."""
    named = {name: F(what) if isinstance(what, str) else what for name, what in names.items()}
    # Aliases, so that no name hides a field of the model.
    renamed = {f"by_{name}": what for name, what in named.items()}
    found = counted.order_by().values(**renamed).annotate(**{f"of_{n}": s for n, s in sums.items()})
    return [
        Row(
            key=row[f"by_{key}"],
            names={name: row[f"by_{name}"] for name in names},
            count=row.get("of_count"),
            sold_idr=row["of_sold"],
            returned_idr=row["of_returned"],
            cost_idr=row.get("of_cost", 0),
            quantity=row.get("of_quantity", Decimal(0)),
        )
        for row in found
    ]


def _largest_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.turnover_idr, str(row.key)))


def _name(path: str) -> Coalesce:
    """The name of a user, or the user name of who has given none."""
    return Coalesce(NullIf(f"{path}__name", Value("")), f"{path}__username")


def _sum(what: str | Combinable, **options: Any) -> Coalesce:
    return Coalesce(Sum(what, **options), 0)


def _members(path: str) -> Coalesce:
    return _sum("total_idr", filter=Q(**{f"{path}__isnull": False}))


_SOLD = {"count": _sum("sales"), "sold": _sum("sold_idr"), "cost": _sum("cost_idr")}
_SALES = _SOLD | {"returned": _sum("returned_idr")}
_GOODS = {
    "count": _sum("receipts"),
    "sold": _sum("sold_idr"),
    "returned": _sum("returned_idr"),
    "cost": _sum("cost_idr"),
    "quantity": Sum(F("sold") - F("returned")),
}

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
