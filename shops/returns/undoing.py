"""What goes back when goods are returned: parts of a sale that add up to the whole of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.money import share_of_value
from kkmp.lib.quantity import PLACES, format_quantity
from shops.pricing.methods import Method
from shops.pricing.paying import rounded

#: The order in which payments are given back: those that brought no money first, cash last.
ORDER = (
    Method.CREDIT,
    Method.SAVINGS,
    Method.VOUCHER,
    Method.TRANSFER,
    Method.QRIS,
    Method.CASH,
)


class CannotUndo(DomainError):
    """The return is refused: nothing is left to return, or more is returned than was sold."""


@dataclass(frozen=True, slots=True)
class ReturnableLine:
    """A line of the sale, and what was returned of it already (``back``…)."""

    id: UUID
    product_id: UUID
    name: str
    is_service: bool
    is_weighed: bool
    sold: Decimal
    total_idr: int
    cost_idr: int
    back: Decimal
    back_total_idr: int
    back_cost_idr: int
    income_code: str = ""

    @property
    def left(self) -> Decimal:
        return self.sold - self.back


@dataclass(frozen=True, slots=True)
class RefundablePayment:
    """A payment of the sale, and what was given back of it already."""

    id: UUID
    method: Method
    amount_idr: int
    back_idr: int

    @property
    def left_idr(self) -> int:
        return self.amount_idr - self.back_idr


@dataclass(frozen=True, slots=True)
class GoodsUndone:
    id: UUID
    product_id: UUID
    is_service: bool
    income_code: str
    quantity: Decimal
    total_idr: int
    cost_idr: int


@dataclass(frozen=True, slots=True)
class MoneyUndone:
    id: UUID
    method: Method
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Undone:
    """:param is_whole: whether this returns the whole sale at once"""

    lines: tuple[GoodsUndone, ...]
    money: tuple[MoneyUndone, ...]
    total_idr: int
    rounding_idr: int
    cost_idr: int
    is_whole: bool

    @property
    def cash_idr(self) -> int:
        """The part that is paid back in cash, whole rupiah."""
        return sum(one.amount_idr for one in self.money if one.method == Method.CASH)


def undo(
    lines: Sequence[ReturnableLine],
    money: Sequence[RefundablePayment],
    quantities: Mapping[UUID, Decimal] | None,
    *,
    rounding_idr: int,
    rounded_back_idr: int,
    step_idr: int,
) -> Undone:
    """Work out what is returned of each line, and given back of each payment.

    The last return of a line takes what is left of its price and cost, and the last return of
    a sale what is left of its payments and rounding, so that no rupiah stays behind.

    :param quantities: measures by line; None for all that is left
    :param rounding_idr: the rounding of the sale
    :param rounded_back_idr: the rounding of earlier returns
    :raises CannotUndo: nothing is left to return, or a quantity is not right
    """
    goods = [_goods(line, many) for line, many in _asked(lines, quantities)]
    if not goods and any(line.left for line in lines):
        raise CannotUndo(_("Write how much of each comes back."))
    if not goods:
        raise CannotUndo(_("Nothing of this sale is left to take back."))
    total_idr = sum(one.total_idr for one in goods)
    if not any(one.total_idr or one.cost_idr for one in goods):
        raise CannotUndo(_("So little of it is worth nothing. Check the quantity."), field="lines")
    back = {one.id: one.quantity for one in goods}
    is_last = all(line.left == back.get(line.id, 0) for line in lines)
    if is_last:
        paid_back = tuple(
            MoneyUndone(one.id, one.method, one.left_idr) for one in money if one.left_idr
        )
        rounding = rounding_idr - rounded_back_idr
    else:
        paid_back, rounding = _partial(money, total_idr, step_idr)
    if sum(one.amount_idr for one in paid_back) != total_idr + rounding:
        raise ArithmeticError("what is paid back is not what came back")
    return Undone(
        lines=tuple(goods),
        money=paid_back,
        total_idr=total_idr,
        rounding_idr=rounding,
        cost_idr=sum(one.cost_idr for one in goods),
        is_whole=is_last and not any(line.back for line in lines),
    )


def _asked(
    lines: Sequence[ReturnableLine], quantities: Mapping[UUID, Decimal] | None
) -> list[tuple[ReturnableLine, Decimal]]:
    if quantities is None:
        return [(line, line.left) for line in lines if line.left]
    known = {line.id: line for line in lines}
    found = []
    for line_id, many in quantities.items():
        line = known.get(line_id)
        if line is None:
            raise CannotUndo(_("This line is not of this sale."), field="lines")
        if many == 0:
            continue
        _refuse_quantity(line, many)
        found.append((line, many))
    return found


def _refuse_quantity(line: ReturnableLine, many: Decimal) -> None:
    named = {"name": line.name, "left": format_quantity(line.left)}
    if many < 0 or many != many.quantize(PLACES):
        raise CannotUndo(_("%(name)s: this is no quantity.") % named, field="lines")
    if not line.is_weighed and many % 1:
        raise CannotUndo(_("%(name)s comes back in whole pieces.") % named, field="lines")
    if many > line.left:
        raise CannotUndo(_("%(name)s: at most %(left)s can come back.") % named, field="lines")


def _goods(line: ReturnableLine, many: Decimal) -> GoodsUndone:
    left = line.left
    return GoodsUndone(
        id=line.id,
        product_id=line.product_id,
        is_service=line.is_service,
        income_code=line.income_code,
        quantity=many,
        total_idr=share_of_value(line.total_idr - line.back_total_idr, many, left),
        cost_idr=share_of_value(line.cost_idr - line.back_cost_idr, many, left),
    )


def _partial(
    money: Sequence[RefundablePayment], total_idr: int, step_idr: int
) -> tuple[tuple[MoneyUndone, ...], int]:
    """What each payment gives back of a part, by :data:`ORDER`; only cash is rounded."""
    open_idr = total_idr
    found = []
    for one in sorted(money, key=lambda one: ORDER.index(one.method)):
        if one.method == Method.CASH:
            continue
        amount_idr = min(open_idr, one.left_idr)
        if amount_idr:
            found.append(MoneyUndone(one.id, one.method, amount_idr))
            open_idr -= amount_idr
    cash = next((one for one in money if one.method == Method.CASH), None)
    due_idr = 0
    if cash is not None and open_idr:
        due_idr = min(rounded(open_idr, step_idr), cash.left_idr)
        if due_idr:
            found.append(MoneyUndone(cash.id, cash.method, due_idr))
    return tuple(found), due_idr - open_idr
