"""Sells at random and takes back at random, and tells the model what was done."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from finance.models import BusinessUnit
from kkmp.access.models import User
from kkmp.lib.ids import new_id
from kkmp.registry.models import Cooperative
from members.models import Member
from shops.models import Method, Pack, PriceTier, Product, Refund, Shift
from shops.returns.services import returns
from shops.till.services.sales import SoldLine, Tender
from tests.shops.conftest import MORNING, sold
from tests.shops.mornings.model import Model, Money, Receipt, Shelf, Wanted

#: What one measure or pack costs by whom it is sold to.
PRICES = {
    "gula": {"general": 17_500, "member": 17_300, "wholesale": 16_800},
    "dus": {"general": 205_000, "member": 205_000, "wholesale": 12 * 16_800},
    "telur": {"general": 29_000, "member": 28_500},
    "beras": {"general": 15_723, "member": 15_491, "wholesale": 15_111},
    "ongkir": {"general": 5_000, "member": 5_000},
}
WEIGHED = ("telur", "beras")
LIMIT_IDR = 150_000


@dataclass
class Seller:
    """Sari at the till; ``seen`` counts what has happened."""

    cooperative: Cooperative
    unit: BusinessUnit
    people: dict[str, User]
    members: dict[str, Member]
    goods: dict[str, Product]
    pack: Pack
    rng: Random
    model: Model = field(default_factory=Model)
    at: datetime = MORNING
    shift: Shift = field(default_factory=Shift)
    receipts: list[Receipt] = field(default_factory=list)
    moneys: list[Money] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def day(self) -> date:
        return self.at.date()

    def twice(self, do: Callable[[Any], Any]) -> Any:
        """Do it with a key of its own, and sometimes send it again, which changes nothing."""
        key = new_id()
        made = do(key)
        if self.rng.random() < 0.2:
            again = do(key)
            assert (again.id, getattr(again, "is_repeat", True)) == (made.id, True)
            self.seen["sent again"] += 1
        return made

    def sell(self) -> None:
        buyer = self.rng.choice(["", "", "ani", "edi", "ani"])
        self._sell(buyer, self._basket(buyer))

    def sell_out(self) -> bool | None:
        """The last of a shelf takes what is left of its value."""
        for name in self.rng.sample(WEIGHED, 2):
            quantity = self.model.shelves[name].quantity
            if quantity:
                self._sell("", [self._line(name, "general", quantity)])
                assert self.model.shelves[name] == Shelf()
                return None
        return False

    def _basket(self, buyer: str) -> list[tuple[SoldLine, Wanted]]:
        found = []
        names = self.rng.sample([*PRICES], 3)
        for name in names:
            tiers = [t for t in PRICES[name] if t != "member"] + ["member"] * 2 * bool(buyer)
            many = self._many(name)
            if many:
                found.append(self._line(name, self.rng.choice(tiers), many))
        some = found[: self.rng.randint(1, 3)]
        return some or [self._line("ongkir", "general", Decimal(1))]

    def _many(self, name: str) -> Decimal:
        """Never more than there is, also where a pack takes its pieces from the same shelf."""
        if name == "ongkir":
            return Decimal(self.rng.randint(1, 3))
        there = self.model.shelves["gula" if name == "dus" else name].quantity
        if name in WEIGHED:
            return min(Decimal(self.rng.randint(100, 4_000)) / 1000, there)
        if name == "dus":
            return Decimal(1 if there >= 18 else 0)
        return min(Decimal(self.rng.randint(1, 6)), there)

    def _line(self, name: str, tier: str, many: Decimal) -> tuple[SoldLine, Wanted]:
        """A line as the till asks for it, and as a child works out what it costs."""
        shelf, factor, pack_id = ("gula", 12, self.pack.id) if name == "dus" else (name, 1, None)
        exact = many * PRICES[name][tier]
        gross_idr = int(exact) + (exact % 1 >= Decimal("0.5"))
        off_idr = self.rng.randint(1, gross_idr // 10) if self.rng.random() < 0.15 else 0
        line = SoldLine(self.goods[shelf].id, many, PriceTier(tier), pack_id, off_idr)
        return line, Wanted(shelf, many * factor, gross_idr, off_idr)

    def _sell(self, buyer: str, basket: list[tuple[SoldLine, Wanted]]) -> None:
        wanted = [each for _line, each in basket]
        total_idr = sum(each.net_idr for each in wanted)
        off_idr = self.rng.randint(1, total_idr // 10) if self.rng.random() < 0.15 else 0
        tenders = self._tenders(buyer, total_idr - off_idr)
        open_idr = total_idr - off_idr - sum(amount for _method, amount, _code in tenders)
        given = [Tender(Method(method), amount, code) for method, amount, code in tenders]
        due_idr = self.model.coins(open_idr)
        if due_idr:
            more_idr = self.rng.choice([0, 2_000, 50_000])
            given.insert(self.rng.randint(0, len(given)), Tender(Method.CASH, due_idr + more_idr))
        sale = self.twice(
            lambda key: sold(
                self.unit,
                self.people["sari"],
                lines=[line for line, _wanted in basket],
                payments=given,
                discount_idr=off_idr,
                may_discount=True,
                needs_shift=True,
                member=self.members.get(buyer),
                shown_idr=total_idr - off_idr + due_idr - open_idr,
                at=self.at,
                key=key,
            )
        )
        receipt = self.model.sell(self.day, buyer, wanted, off_idr, tenders, sale)
        self.receipts.append(receipt)
        self.moneys += receipt.moneys
        self.seen.update([money.method for money in receipt.moneys])
        for line, each in basket:
            self.seen.update([line.tier.value, "dus" if line.pack_id else each.goods])
            self.seen["line discount"] += line.discount_idr > 0
        self.seen["several ways"] += len(receipt.moneys) > 1
        self.seen["discount"] += off_idr > 0

    def _tenders(self, buyer: str, total_idr: int) -> list[tuple[str, int, str]]:
        """Up to three ways of paying, each with no more than stands behind it."""
        free = {
            "qris": (total_idr, ""),
            "transfer": (total_idr, ""),
            "credit": (LIMIT_IDR - self.model.owes[buyer] if buyer else 0, ""),
            "savings": (self.model.saved[buyer] if buyer else 0, ""),
        }
        rows = {f"voucher {code}": (left, code) for code, left in self.model.vouchers.items()}
        found, open_idr = [], total_idr
        for name in self.rng.sample([*free, *rows, "credit", "savings"], self.rng.randint(0, 3)):
            most_idr, code = (free | rows)[name]
            most_idr = min(most_idr, open_idr)
            method = name.split()[0]
            if most_idr > 0 and method not in [one[0] for one in found if one[0] != "voucher"]:
                some_idr = self.rng.choice([most_idr, self.rng.randint(1, most_idr)])
                found.append((method, some_idr, code))
                open_idr -= some_idr
        return found

    # --- Taking back -------------------------------------------------------------------------

    def take_back(self) -> bool | None:
        """Some of a sale or all that is left of it, also of the days before."""
        there = [receipt for receipt in self.receipts if receipt.is_open]
        if not there:
            return False
        touched = [receipt for receipt in there if receipt.is_touched]
        receipt = self.rng.choice(touched if touched and self.rng.random() < 0.5 else there)
        quantities = {
            item.id: self._some(item.goods, item.left)
            for item in receipt.items
            if item.left and self.rng.random() < 0.7
        }
        self.back(receipt, quantities if quantities and self.rng.random() < 0.6 else None)
        return None

    def _some(self, name: str, left: Decimal) -> Decimal:
        if self.rng.random() < 0.2:
            return left
        if name in WEIGHED:
            grams = int(left * 1000)
            return Decimal(self.rng.randint(min(100, grams), grams)) / 1000
        return Decimal(self.rng.randint(1, int(left)))

    def back(self, receipt: Receipt, quantities: dict[Any, Decimal] | None) -> None:
        was_touched = receipt.is_touched
        returned = self.twice(lambda key: self._take_back(receipt, quantities, key))
        rows = Refund.objects.of(self.cooperative).filter(returned=returned)
        refunds = dict(rows.values_list("payment_id", "amount_idr"))
        self.model.take_back(self.day, receipt, quantities, returned, refunds)
        self.seen["rounded return"] += returned.rounding_idr != 0
        self.seen["part" if receipt.is_open else "rest" if was_touched else "void"] += 1

    def _take_back(self, receipt: Receipt, quantities: Any, key: Any) -> Any:
        return returns.take_back(
            sale=receipt.sale,
            quantities=quantities,
            reason="Salah ambil",
            key=key,
            at=self.at,
            approved=returns.Approved(self.people["sari"], self.people["budi"], self.shift),
        )
