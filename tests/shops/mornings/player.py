"""Everything else that is done at random around a till: its drawer, and the treasurer's desk."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from kkmp.lib.errors import DomainError
from kkmp.lib.ids import new_id
from shops.credit.services import credits
from shops.drawers import cash
from shops.drawers.services import movements, shifts
from shops.models import DENOMINATIONS, CashReason, Method, TillSettings
from shops.settings.services import till_settings
from shops.settling.services import confirming, settlements
from shops.till.services.sales import Tender
from tests.shops.conftest import MORNING, open_shift, sold
from tests.shops.mornings.model import Money
from tests.shops.mornings.seller import Seller

#: How a credit is paid, in turns, and who takes it: Sari has a drawer and Tono has none.
WAYS = [
    ("qris", "sari"),
    ("cash", "sari"),
    ("cash", "tono"),
    ("transfer", "tono"),
    ("cash", "sari"),
]


@dataclass
class Player(Seller):
    """Plays a deck of acts; what was done says so in ``seen``."""

    deck: list[str] = field(default_factory=list)

    def act(self) -> None:
        """The first of the deck that can be done now, or one more sale."""
        self.at += timedelta(minutes=1)
        done = next((what for what in self.deck if getattr(self, what)() is not False), None)
        if done is None:
            self.sell()
        else:
            self.deck.remove(done)
            self.seen[done] += 1
        assert cash.expected_idr(self.shift) == self.model.drawer_idr

    # --- The drawer --------------------------------------------------------------------------

    def open(self, morning: int) -> None:
        """The step of the coins may be another one than yesterday's."""
        self.at = MORNING + timedelta(days=morning)
        self.model.step_idr = self.rng.choice([50, 100, 500])
        row = TillSettings.objects.of(self.cooperative).first()
        till_settings.change(
            cooperative=self.cooperative,
            choices=till_settings.Choices(cash_step_idr=self.model.step_idr),
            version=row.version if row else 1,
            by=self.people["budi"],
        )
        # Enough for whatever comes back: a drawer pays no more than it holds.
        float_idr = self.rng.choice([20_000_000, 30_000_000])
        self.shift = open_shift(self.unit, self.people["sari"], float_idr=float_idr, at=self.at)
        self.model.post(("1-1101", float_idr), ("3-9101", -float_idr))
        self.model.post(("1-1102", float_idr), ("1-1101", -float_idr))

    def close(self) -> None:
        expected_idr = self.model.drawer_idr
        is_exact = self.seen["exact"] < self.seen["off"]
        off_idr = 0 if is_exact else self.rng.choice([50, -100, 500, -1_000])
        pieces, rest_idr = {}, max(expected_idr + off_idr, 0)
        for value in DENOMINATIONS:
            pieces[value], rest_idr = divmod(rest_idr, value)
        counted = shifts.Counted(pieces)
        shift = self.twice(
            lambda key: shifts.close(
                shift=self.shift,
                counted=counted,
                note="",
                key=key,
                at=self.at,
                by=self.people["sari"],
            )
        )
        assert (shift.expected_idr, rest_idr) == (expected_idr, 0)
        assert shift.difference_idr == counted.total_idr - expected_idr
        self.seen["off" if shift.difference_idr else "exact"] += 1
        self.model.close(counted.total_idr)

    def move_cash(self) -> bool | None:
        reason, account = self.rng.choice(
            [
                (CashReason.CHANGE, "1-1101"),
                (CashReason.OTHER_IN, "4-9101"),
                (CashReason.DEPOSIT, "1-1101"),
                (CashReason.EXPENSE, "6-9102"),
            ]
        )
        amount_idr = self.rng.randint(1, 40) * 500
        goes_out = reason in (CashReason.DEPOSIT, CashReason.EXPENSE)
        if goes_out and amount_idr > self.model.drawer_idr:
            return False
        self.twice(lambda key: self._move(reason, amount_idr, key))
        signed_idr = -amount_idr if goes_out else amount_idr
        self.model.post(("1-1102", signed_idr), (account, -signed_idr))
        return None

    def _move(self, reason: CashReason, amount_idr: int, key: Any) -> Any:
        return movements.move_cash(
            shift=self.shift,
            reason=reason,
            amount_idr=amount_idr,
            note="Es batu",
            key=key,
            at=self.at,
            by=self.people["sari"],
        )

    # --- Credit and awaited money ------------------------------------------------------------

    def pay_credit(self) -> bool | None:
        """Into Sari's drawer, into the cash box of Tono who has no drawer, or to the bank."""
        name = max(self.members, key=lambda name: self.model.owes[name])
        owes_idr = self.model.owes[name]
        if owes_idr < self.model.step_idr:
            return False
        method, who = WAYS[self.seen["pay_credit"] % len(WAYS)]
        amount_idr = self.rng.randint(self.model.step_idr, owes_idr)
        made = self.twice(lambda key: self._pay(name, method, amount_idr, who, key))
        money = Money(made.id, method, amount_idr, debtor=name)
        into = "1-1101" if method == "cash" and who == "tono" else money.account
        received_idr = self.model.pay_credit(name, method, amount_idr, into)
        assert made.received_idr == received_idr
        self.moneys.append(money)
        self.seen["rounded credit"] += received_idr != amount_idr
        self.seen["cash box"] += into == "1-1101"
        return None

    def _pay(self, name: str, method: str, amount_idr: int, who: str, key: Any) -> Any:
        return credits.pay(
            member=self.members[name],
            method=Method(method),
            amount_idr=amount_idr,
            key=key,
            at=self.at,
            by=self.people[who],
            into_cash_box=who == "tono",
        )

    def confirm(self) -> bool | None:
        """What was thought to be lost has come after all, with some that nobody has seen yet."""
        there = [m for m in self.moneys if m.is_expected and m.said in ("", "missing")]
        there.sort(key=lambda money: not money.said)
        found = there[: self.rng.randint(1, 3)]
        if not found:
            return False
        ids = [money.id for money in found]
        for _try in range(2):
            confirming.confirm(
                cooperative=self.cooperative, ids=ids, on=self.day, by=self.people["tono"]
            )
        for money in found:
            self.seen["found"] += money.said == "missing"
            self.model.say(money, "arrived")
        return None

    def miss(self) -> bool | None:
        there = [m for m in self.moneys if m.is_expected and m.said in ("", "arrived")]
        if not there:
            return False
        owed = [money for money in there if money.debtor]
        money = self.rng.choice(owed or there)
        for _try in range(2):
            confirming.record_missing(
                cooperative=self.cooperative,
                id=money.id,
                note="Dicari",
                on=self.day,
                by=self.people["tono"],
            )
        self.model.say(money, "missing")
        self.seen["lost credit"] += bool(money.debtor)
        return None

    def settle(self) -> bool | None:
        there = [m for m in self.moneys if m.is_expected and m.said in ("", "arrived")]
        found = [m for m in there if m.method == "qris"][: self.rng.randint(1, 3)]
        if not found:
            return False
        gross_idr = sum(money.left_idr for money in found)
        fee_idr = gross_idr * self.rng.choice([3, 7]) // 1_000
        self.twice(lambda key: self._settle(found, gross_idr - fee_idr, key))
        self.model.settle(found, fee_idr)
        self.seen["fee"] += fee_idr > 0
        return None

    def _settle(self, found: list[Money], net_idr: int, key: Any) -> Any:
        return settlements.settle(
            cooperative=self.cooperative,
            arrived=settlements.Arrived(
                ids=[money.id for money in found], net_idr=net_idr, on=self.day
            ),
            key=key,
            by=self.people["tono"],
        )

    # --- What is refused ---------------------------------------------------------------------

    def overreach(self) -> None:
        """More than there is of anything; it is refused, and nothing has moved."""
        code, left_idr = self.rng.choice([*self.model.vouchers.items()])
        owes_idr, drawer_idr = max(self.model.owes["ani"], 0), max(self.model.drawer_idr, 0)
        more = self.model.shelves["telur"].quantity + Decimal("0.001")
        refused = {
            "Not enough Telur": lambda: self._buy(Tender(Method.CASH, 10**9), "telur", more),
            "is good for": lambda: self._buy(
                Tender(Method.VOUCHER, left_idr + 1, code), "ongkir", Decimal(999)
            ),
            "no more can be taken|owes nothing": lambda: self._pay(
                "ani", "transfer", owes_idr + 1, "tono", new_id()
            ),
            "in the drawer": lambda: self._move(CashReason.DEPOSIT, drawer_idr + 50, new_id()),
        }
        if self.receipts:
            receipt = self.rng.choice(self.receipts)
            item = receipt.items[0]
            refused["can come back"] = lambda: self._take_back(
                receipt, {item.id: item.left + 1}, new_id()
            )
        words = self.rng.choice([*refused])
        with pytest.raises(DomainError, match=words), transaction.atomic():
            refused[words]()

    def _buy(self, tender: Tender, name: str, many: Decimal) -> None:
        paid = [tender, *([Tender(Method.CASH, 10**7)] if tender.reference else [])]
        sold(self.unit, self.people["sari"], (self.goods[name], str(many)), payments=paid)
