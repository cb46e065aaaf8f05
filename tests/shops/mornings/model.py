"""A shop's mornings in a child's arithmetic: plain dicts, whole rupiah, and no tables.

It is written from the rules and knows nothing of the code that is tested. What may be shared in
more than one right way, it takes as it was done, once it has seen that the sharing was fair.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

#: Where the money of each method stands.
STANDS_ON = {
    "cash": "1-1102",
    "transfer": "1-1111",
    "qris": "1-1112",
    "credit": "1-1121",
    "voucher": "2-1115",
    "savings": "2-1103",
}
#: What was never money goes back first, and cash last.
BACK_FIRST = ["credit", "savings", "voucher", "transfer", "qris", "cash"]


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


@dataclass
class Shelf:
    """:param income: the account of a service, which no shelf holds"""

    quantity: Decimal = Decimal(0)
    value_idr: int = 0
    income: str = ""


@dataclass
class Wanted:
    """:param quantity: in measures, also where packs are bought"""

    goods: str
    quantity: Decimal
    gross_idr: int
    discount_idr: int = 0

    @property
    def net_idr(self) -> int:
        return self.gross_idr - self.discount_idr


@dataclass
class Item:
    """A line of a receipt: what has not come back of it."""

    id: Any
    goods: str
    left: Decimal
    left_idr: int
    left_cost_idr: int


@dataclass
class Money:
    """A payment: what has not gone back of it, and what was said of it last.

    :param debtor: who owes it again if it never comes; nobody does where goods were paid
    """

    id: Any
    method: str
    left_idr: int
    voucher: str = ""
    debtor: str = ""
    said: str = ""

    @property
    def is_expected(self) -> bool:
        return self.method in ("qris", "transfer") and self.left_idr > 0

    @property
    def account(self) -> str:
        if self.said == "missing":
            return "1-1126"
        return "1-1111" if self.said == "settled" else STANDS_ON[self.method]


@dataclass
class Receipt:
    sale: Any
    buyer: str
    items: list[Item]
    moneys: list[Money]
    left_rounding_idr: int
    is_touched: bool = False

    @property
    def is_open(self) -> bool:
        return any(item.left for item in self.items)


@dataclass
class Model:
    """Books are debits less credits; days are what the counters of each day should say."""

    step_idr: int = 100
    drawer_idr: int = 0
    discounts_idr: int = 0
    shelves: dict[str, Shelf] = field(default_factory=dict)
    books: Counter[str] = field(default_factory=Counter)
    owes: Counter[str] = field(default_factory=Counter)
    saved: Counter[str] = field(default_factory=Counter)
    vouchers: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    days: Counter[tuple[date, str, str]] = field(default_factory=Counter)

    def post(self, *sides: tuple[str, int]) -> None:
        assert sum(amount for _account, amount in sides) == 0
        for account, amount in sides:
            self.books[account] += amount
            self.drawer_idr += amount if account == "1-1102" else 0

    def coins(self, amount_idr: int) -> int:
        return half_up(Fraction(amount_idr, self.step_idr)) * self.step_idr

    # --- Selling -----------------------------------------------------------------------------

    def sell(
        self,
        day: date,
        buyer: str,
        basket: list[Wanted],
        discount_idr: int,
        tenders: list[tuple[str, int, str]],
        sale: Any,
    ) -> Receipt:
        """:param tenders: all but cash, which pays what is left: method, amount, voucher's code"""
        total_idr = sum(wanted.net_idr for wanted in basket) - discount_idr
        open_idr = total_idr - sum(amount for _method, amount, _code in tenders)
        cash_idr = self.coins(open_idr)
        paid = [*tenders, ("cash", cash_idr, "")] if cash_idr else tenders
        assert [(one.method, one.amount_idr) for one in sale.paid_by] == [one[:2] for one in paid]
        moneys = [
            Money(row.id, method, amount, code)
            for row, (method, amount, code) in zip(sale.paid_by, paid, strict=True)
        ]
        items = [
            Item(row.id, wanted.goods, wanted.quantity, row.total_idr, row.cost_idr)
            for row, wanted in zip(sale.sold_lines, basket, strict=True)
        ]
        receipt = Receipt(sale, buyer, items, moneys, cash_idr - open_idr)
        shares = [w.net_idr - item.left_idr for w, item in zip(basket, items, strict=True)]
        assert_fair(discount_idr, shares, [Fraction(wanted.net_idr) for wanted in basket])
        assert sale.cost_idr == self._take(items)
        assert (sale.total_idr, sale.rounding_idr) == (total_idr, receipt.left_rounding_idr)
        self.discounts_idr += discount_idr + sum(wanted.discount_idr for wanted in basket)
        self.days[day, "gerai", "sales"] += 1
        for money in moneys:
            self._move(day, receipt, money, money.left_idr)
        self._earn(day, receipt, items, receipt.left_rounding_idr, 1)
        return receipt

    def _take(self, items: list[Item]) -> int:
        """Goods leave at the shelf's average; all of them take all of its value."""
        for name in {item.goods for item in items if not self.shelves[item.goods].income}:
            shelf, its = self.shelves[name], [item for item in items if item.goods == name]
            quantity = sum((item.left for item in its), Decimal(0))
            cost_idr = half_up(shelf.value_idr * Fraction(quantity) / Fraction(shelf.quantity))
            assert_fair(
                cost_idr, [item.left_cost_idr for item in its], [Fraction(i.left) for i in its]
            )
            shelf.quantity -= quantity
            shelf.value_idr -= cost_idr
        return sum(item.left_cost_idr for item in items)

    def _earn(
        self, day: date, receipt: Receipt, items: list[Item], rounding_idr: int, sign: int
    ) -> None:
        """:param sign: 1 for what is sold, -1 for what comes back"""
        whose, who = ("1", "member") if receipt.buyer else ("2", "other")
        for item in items:
            income = self.shelves[item.goods].income or f"4-110{whose}"
            self.books[income] -= sign * item.left_idr
            self.books[f"5-110{whose}"] += sign * item.left_cost_idr
            self.books["1-1131"] -= sign * item.left_cost_idr
            self.days[day, "gerai", f"{who}_turnover_idr"] += sign * item.left_idr
            self.days[day, "gerai", "cost_idr"] += sign * item.left_cost_idr
        self.books["6-1109"] -= sign * rounding_idr
        assert sum(self.books.values()) == 0

    def _move(self, day: date, receipt: Receipt, money: Money, amount_idr: int) -> None:
        """Money comes, or goes back where it is below zero, to where it stands by now."""
        self.books[money.account] += amount_idr
        self.paid[money.method] += amount_idr
        if money.method == "cash":
            self.drawer_idr += amount_idr
        if money.method == "credit":
            self.owes[receipt.buyer] += amount_idr
        if money.method == "voucher":
            self.vouchers[money.voucher] -= amount_idr
        if money.method == "savings":
            self.saved[receipt.buyer] -= amount_idr
            self.days[day, "", "voluntary_idr"] -= amount_idr

    # --- Taking back -------------------------------------------------------------------------

    def take_back(
        self,
        day: date,
        receipt: Receipt,
        quantities: dict[Any, Decimal] | None,
        returned: Any,
        refunds: dict[Any, int],
    ) -> None:
        """:param refunds: what went back, by payment"""
        parts = [
            self._part(item, item.left if quantities is None else quantities[item.id])
            for item in receipt.items
            if item.left and (quantities is None or item.id in quantities)
        ]
        assert returned.total_idr == sum(part.left_idr for part in parts)
        assert returned.cost_idr == sum(part.left_cost_idr for part in parts)
        assert sum(refunds.values()) == returned.total_idr + returned.rounding_idr
        is_void = not receipt.is_touched and not receipt.is_open
        assert returned.kind == ("void" if is_void else "return")
        receipt.is_touched = True
        for money in receipt.moneys:
            amount_idr = refunds.get(money.id, 0)
            assert 0 <= amount_idr <= money.left_idr
            money.left_idr -= amount_idr
            self._move(day, receipt, money, -amount_idr)
        receipt.left_rounding_idr -= returned.rounding_idr
        if receipt.is_open:
            self._assert_order(receipt, refunds, returned.rounding_idr)
        else:
            assert_nothing_is_left(receipt)
        self._earn(day, receipt, parts, returned.rounding_idr, -1)

    def _part(self, item: Item, many: Decimal) -> Item:
        """A part takes its share of what is left, and the last of it all of that."""
        share = Fraction(many) / Fraction(item.left)
        price_idr, cost_idr = half_up(item.left_idr * share), half_up(item.left_cost_idr * share)
        part = Item(item.id, item.goods, many, price_idr, cost_idr)
        item.left -= many
        item.left_idr -= price_idr
        item.left_cost_idr -= cost_idr
        if not self.shelves[item.goods].income:
            self.shelves[item.goods].quantity += many
            self.shelves[item.goods].value_idr += cost_idr
        return part

    def _assert_order(self, receipt: Receipt, refunds: dict[Any, int], rounding_idr: int) -> None:
        """Nothing goes back by a method while one before it still has some; cash in coins."""
        ordered = sorted(receipt.moneys, key=lambda money: BACK_FIRST.index(money.method))
        for at, money in enumerate(ordered):
            if refunds.get(money.id):
                assert not any(before.left_idr for before in ordered[:at])
        cash = ordered[-1]
        if cash.method == "cash" and cash.left_idr:
            assert refunds.get(cash.id, 0) % self.step_idr == 0
            assert 2 * abs(rounding_idr) <= self.step_idr

    # --- Everything else ---------------------------------------------------------------------

    def pay_credit(self, member: str, method: str, amount_idr: int, into: str) -> int:
        """:returns: what was handed over, cash in coins"""
        received_idr = self.coins(amount_idr) if method == "cash" else amount_idr
        self.post(
            (into, received_idr), ("1-1121", -amount_idr), ("6-1109", amount_idr - received_idr)
        )
        self.owes[member] -= amount_idr
        return received_idr

    def say(self, money: Money, what: str) -> None:
        """It was seen, or it never came: then somebody owes it, or it is a difference."""
        if "missing" in (what, money.said):
            sign = 1 if what == "missing" else -1
            owed_by = "1-1121" if money.debtor else "1-1126"
            self.post(
                (owed_by, sign * money.left_idr), (STANDS_ON[money.method], -sign * money.left_idr)
            )
            if money.debtor:
                self.owes[money.debtor] += sign * money.left_idr
        money.said = what

    def settle(self, moneys: list[Money], fee_idr: int) -> None:
        gross_idr = sum(money.left_idr for money in moneys)
        self.post(("1-1111", gross_idr - fee_idr), ("6-1107", fee_idr), ("1-1112", -gross_idr))
        for money in moneys:
            money.said = "settled"

    def close(self, counted_idr: int) -> None:
        """What was counted goes to the cash box, and what it differs by to its account."""
        expected_idr = self.drawer_idr
        self.post(
            ("1-1101", counted_idr),
            ("1-1126", expected_idr - counted_idr),
            ("1-1102", -expected_idr),
        )
        assert self.drawer_idr == self.books["1-1102"] == 0


def assert_fair(total_idr: int, shares: list[int], weights: list[Fraction]) -> None:
    """No rupiah is lost, and nobody is more than a rupiah away from what is due."""
    assert sum(shares) == total_idr
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total_idr * weight / sum(weights)) < 1


def assert_nothing_is_left(receipt: Receipt) -> None:
    """All of a sale has come back: its lines, payments and rounding are nothing."""
    for item in receipt.items:
        assert (item.left, item.left_idr, item.left_cost_idr) == (0, 0, 0)
    assert [money.left_idr for money in receipt.moneys] == [0] * len(receipt.moneys)
    assert receipt.left_rounding_idr == 0
