"""Random mornings at the till: whatever is sold, paid and taken back, every rupiah is known."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from finance import checks
from finance import queries as books
from finance.accounts import Code
from finance.models import BusinessUnit
from kkmp.access.models import User
from kkmp.city.services import rebuild
from kkmp.lib.errors import DomainError
from kkmp.lib.identity import parse_nik
from kkmp.lib.ids import new_id
from kkmp.registry.models import Cooperative, DayFigures
from members.models import Member, SavingsBalance, SavingsKind
from members.services import membership, savings
from shops import drawers, reports
from shops.models import (
    DENOMINATIONS,
    CashReason,
    Method,
    Pack,
    Product,
    Sale,
    Stock,
    TillSettings,
    Voucher,
)
from shops.services import (
    credits,
    payments,
    products,
    settlements,
    shifts,
    till_settings,
    vouchers,
)
from shops.services.sales import Tender
from shops.spans import Span
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift, particulars, sold, stocked
from tests.shops.morning_model import Money, Shelf, assert_nothing_is_left
from tests.shops.morning_seller import LIMIT_IDR, PRICES, Seller
from tests.shops.paying import give_credit
from tests.shops.test_selling_rules import dus, ongkir

__all__ = ["dus", "ongkir"]

#: Four mornings of fifteen acts, in any order; what cannot be done yet is a sale instead.
DECK = (
    ["sell"] * 23
    + ["take_back"] * 11
    + ["pay_credit"] * 6
    + ["confirm"] * 4
    + ["miss"] * 4
    + ["settle"] * 3
    + ["move_cash"] * 3
    + ["sell_out"] * 2
    + ["overreach"] * 4
)
MORNINGS = 4
#: All of this happens to whoever plays long enough.
SEEN = {
    *DECK,
    *("general", "member", "wholesale", "dus", "ongkir", "line discount", "discount"),
    *("cash", "qris", "transfer", "credit", "savings", "voucher", "several ways"),
    *("void", "part", "rest", "rounded return", "rounded credit", "cash box"),
    *("found", "lost credit", "fee", "off", "exact", "sent again"),
}


class Player(Seller):
    """Sari's drawer and Tono's desk, beside the selling."""

    def act(self, what: str) -> None:
        self.at += timedelta(minutes=1)
        if getattr(self, what)() is False:
            what = "sell"
            self.sell()
        self.seen[what] += 1
        assert drawers.expected_idr(self.shift) == self.model.drawer_idr

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
        float_idr = self.rng.choice([0, 300_000])
        self.shift = open_shift(self.unit, self.people["sari"], float_idr=float_idr, at=self.at)
        self.model.post(("1-1102", float_idr), ("1-1101", -float_idr))

    def close(self) -> None:
        expected_idr = self.model.drawer_idr
        off_idr = self.rng.choice([0, 0, 50, -100, 500, -1_000])
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
        return shifts.move_cash(
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
        debtors = [name for name in self.members if self.model.owes[name] > 0]
        if not debtors:
            return False
        name, method = (
            self.rng.choice(debtors),
            self.rng.choice(["cash", "cash", "transfer", "qris"]),
        )
        amount_idr = self.rng.randint(1, self.model.owes[name])
        if method == "cash" and not self.model.coins(amount_idr):
            method = "transfer"
        who = self.rng.choice(["sari", "sari", "tono"])
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
            payments.confirm(
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
            payments.miss(
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
        fee_idr = gross_idr * self.rng.choice([0, 7, 7]) // 1_000
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
        name, (code, left_idr) = "ani", self.rng.choice([*self.model.vouchers.items()])
        too_much = self.model.shelves["telur"].quantity + Decimal("0.001")
        receipt = self.rng.choice(self.receipts) if self.receipts else None
        refused = [
            lambda: self._buy(Tender(Method.CASH, 10**9), "telur", too_much),
            lambda: self._buy(Tender(Method.VOUCHER, left_idr + 1, code), "ongkir", Decimal(999)),
            lambda: self._pay(
                name, "transfer", max(self.model.owes[name], 0) + 1, "tono", new_id()
            ),
            lambda: self._move(CashReason.DEPOSIT, max(self.model.drawer_idr, 0) + 50, new_id()),
        ]
        if receipt:
            item = receipt.items[0]
            refused.append(lambda: self._take_back(receipt, {item.id: item.left + 1}, new_id()))
        with pytest.raises(DomainError), transaction.atomic():
            self.rng.choice(refused)()

    def _buy(self, tender: Tender, name: str, many: Decimal) -> None:
        paid = [tender, *([Tender(Method.CASH, 10**7)] if tender.reference else [])]
        sold(self.unit, self.people["sari"], (self.goods[name], str(many)), payments=paid)


# --- The mornings ----------------------------------------------------------------------------


@pytest.fixture
def edi(in_melati: Cooperative, budi: User) -> Member:
    """A second member, so that nobody's credit or savings can be another's."""
    known = membership.Particulars(name="Edi (rekaan)", nik=parse_nik("3374110101800034"))
    member = membership.register(cooperative=in_melati, particulars=known, on=MONDAY, by=budi)
    kind = SavingsKind.objects.of(in_melati).get(code="pokok")
    savings.deposit(member=member, kind=kind, amount_idr=100_000, key=new_id(), on=MONDAY, by=budi)
    member.refresh_from_db()
    return member


@pytest.fixture
def beras(gerai: BusinessUnit, budi: User) -> Product:
    """13,337 kg of rice at Rp13.337, so that no share of it is a whole rupiah."""
    named = {f"{tier}_price_idr": price for tier, price in PRICES["beras"].items()}
    known = particulars(gerai, name="Beras", measure="kg", is_weighed=True, **named)
    product = products.add(cooperative=gerai.cooperative, particulars=known, by=budi)
    return stocked(product, "13.337", 13_337, budi)


@pytest.fixture
def player(
    gerai: BusinessUnit,
    gula: Product,
    telur: Product,
    beras: Product,
    ongkir: Product,
    dus: Pack,
    ani: Member,
    edi: Member,
    sari: User,
    tono: User,
    budi: User,
) -> Player:
    made = Player(
        cooperative=gerai.cooperative,
        unit=gerai,
        people={"sari": sari, "tono": tono, "budi": budi},
        members={"ani": ani, "edi": edi},
        goods={"gula": gula, "telur": telur, "beras": beras, "ongkir": ongkir},
        pack=dus,
        rng=Random(),
    )
    _begin(made)
    return made


def _begin(player: Player) -> None:
    """Goods, principal and voluntary savings, credit, and vouchers that a donor has paid for."""
    model, tono = player.model, player.people["tono"]
    model.shelves = opening_shelves()
    value_idr = sum(shelf.value_idr for shelf in model.shelves.values())
    model.post(("1-1131", value_idr), ("3-9101", -value_idr))
    kind = SavingsKind.objects.of(player.cooperative).get(code="sukarela")
    for name, member in player.members.items():
        give_credit(member, tono, LIMIT_IDR)
        savings.deposit(
            member=member, kind=kind, amount_idr=80_000, key=new_id(), on=MONDAY, by=tono
        )
        model.saved[name] = 80_000
        model.post(("1-1101", 180_000), ("3-1101", -100_000), ("2-1103", -80_000))
        model.days[MONDAY, "", "active_members"] += 1
        model.days[MONDAY, "", "principal_idr"] += 100_000
        model.days[MONDAY, "", "voluntary_idr"] += 80_000
    ordered = vouchers.Ordered(
        buyer="Donatur (rekaan)",
        value_idr=50_000,
        count=2,
        valid_until=MONDAY + timedelta(days=30),
        method=Method.TRANSFER,
    )
    vouchers.issue(
        cooperative=player.cooperative, ordered=ordered, key=new_id(), on=MONDAY, by=tono
    )
    rows = Voucher.objects.of(player.cooperative).order_by("code")
    model.vouchers.update({row.code: 50_000 for row in rows})
    model.post(("1-1111", 100_000), ("2-1115", -100_000))


def opening_shelves() -> dict[str, Shelf]:
    return {
        "gula": Shelf(Decimal(48), 48 * 16_200),
        "telur": Shelf(Decimal("87.25"), 2_312_125),
        "beras": Shelf(Decimal("13.337"), 177_876),
        "ongkir": Shelf(income="4-1306"),
    }


@pytest.mark.parametrize("seed", range(1, 7))
def test_every_rupiah_of_random_mornings_is_known(player: Player, seed: int) -> None:
    player.rng.seed(seed)
    deck = player.rng.sample(DECK, len(DECK))
    for morning in range(MORNINGS):
        player.open(morning)
        for what in deck[morning::MORNINGS]:
            player.act(what)
        player.close()
        assert_known(player)
    assert SEEN - {what for what, times in player.seen.items() if times} == set()
    everything_comes_back(player)


def everything_comes_back(player: Player) -> None:
    """As if nothing had been sold: full shelves, no turnover, no cost, nothing paid."""
    player.open(MORNINGS)
    for receipt in player.receipts:
        if receipt.is_open:
            player.back(receipt, None)
        assert_nothing_is_left(receipt)
    player.close()
    assert_known(player)
    assert player.model.shelves == opening_shelves()
    earned = {code: amount for code, amount in player.model.books.items() if code[0] in "45"}
    assert {code for code, amount in earned.items() if amount} <= {"4-9101"}
    assert set(player.model.paid.values()) == {0}
    assert set(player.model.vouchers.values()) == {50_000}
    assert set(player.model.saved.values()) == {80_000}


def assert_known(player: Player) -> None:
    """The tables say what the model says, and agree with each other."""
    model, of = player.model, player.cooperative
    stock = Stock.objects.of(of)
    for name, product in player.goods.items():
        row, shelf = stock.get(product=product), model.shelves[name]
        assert (row.quantity, row.value_idr) == (shelf.quantity, shelf.value_idr)
    standing = books.trial_balance(of, player.day).standing
    assert {row.account.code: row.net_idr for row in standing} == nonzero(model.books)
    for name, member in player.members.items():
        owes_idr = books.party_balance(of, Code.MEMBER_CREDIT, member.party_id)
        held = SavingsBalance.objects.of(of).get(member=member, kind__code="sukarela")
        assert (owes_idr, held.balance_idr) == (model.owes[name], model.saved[name])
    rows = Voucher.objects.of(of).values_list("code", "left_idr")
    assert dict(rows) == model.vouchers
    _assert_counted(player)
    assert checks.differences(of) == []
    assert rebuild.compare(cooperative=of) == []
    connection.check_constraints()


def _assert_counted(player: Player) -> None:
    model, of = player.model, player.cooperative
    measures = ("active_members", "principal_idr", "voluntary_idr", "sales", "cost_idr")
    measures += ("member_turnover_idr", "other_turnover_idr", "mandatory_idr")
    days = DayFigures.objects.of(of)
    kept = {(d.date, d.unit, name): getattr(d, name) for d in days for name in measures}
    assert nonzero(kept) == nonzero(model.days)
    given = Sale.objects.of(of).aggregate(total=Sum("discount_idr"))
    assert (given["total"] or 0) == model.discounts_idr
    asked = reports.Asked(of, Span(MONDAY, player.day))
    assert {row.key: row.turnover_idr for row in reports.by_method(asked)} == model.paid
    total = reports.total(asked)
    paid_idr = sum(model.paid.values())
    assert (total.count, total.turnover_idr + total.rounding_idr) == (
        len(player.receipts),
        paid_idr,
    )


def nonzero(found: dict[Any, int]) -> dict[Any, int]:
    return {key: amount for key, amount in found.items() if amount}
