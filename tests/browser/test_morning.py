"""A morning at the till on a desk and on a phone, through the pages alone: every way to pay, goods
that come back, a receipt undone, a drawer that is short, and a cashier who may no longer sell.
Afterwards shelves, sales, books and counters agree to the rupiah."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from finance.ledger import checks
from finance.ledger import queries as books
from finance.ledger.accounts import Code
from kkmp.access.models import RoleHolding, User
from kkmp.access.services import pins, roles
from kkmp.city.figures.services import rebuild
from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.models import SavingsBalance, SavingsKind
from members.pins.services import pins as member_pins
from members.savings.services import savings
from shops.credit.services import credits
from shops.models import Method, Sale, SalePayment, SaleReturn, Shift, Voucher
from shops.stock import queries as stock_queries
from shops.vouchers.services import vouchers
from shops.vouchers.services.vouchers import Ordered
from tests.shops.conftest import Shop, shop  # noqa: F401

PIN = "284915"
#: With which Ani lets her savings pay.
ANIS_PIN = "573908"


@pytest.fixture
def prepared(shop: Shop, budi: User, tono: User) -> Shop:  # noqa: F811
    """Ani may buy on credit and has savings; there is a voucher; the chair has a PIN."""
    pins.choose(user=budi, digits=PIN, at=timezone.now())
    with scope.cooperative(shop.cooperative.pk):
        credits.set_terms(member=shop.ani, limit_idr=50_000, due_days=14, version=0, by=tono)
        member_pins.choose(
            member=shop.ani,
            digits=ANIS_PIN,
            has_seen_ktp=True,
            version=0,
            at=timezone.now(),
            by=tono,
        )
        savings.deposit(
            member=shop.ani,
            kind=SavingsKind.objects.of(shop.cooperative).get(code="sukarela"),
            amount_idr=40_000,
            key=new_id(),
            on=business_today(),
            by=tono,
        )
        vouchers.issue(
            cooperative=shop.cooperative,
            ordered=Ordered(
                buyer="Donatur (rekaan)",
                value_idr=30_000,
                count=1,
                valid_until=business_today() + timedelta(days=30),
                method=Method.TRANSFER,
            ),
            key=new_id(),
            on=business_today(),
            by=tono,
        )
    return shop


class Till:
    """The till as a cashier touches it; the basket is a sheet of its own on a phone."""

    def __init__(self, page: Page, shop: Shop) -> None:  # noqa: F811
        self.page, self.shop = page, shop
        self.address = f"/k/{shop.cooperative.code}/gerai"

    def go(self, place: str) -> None:
        self.page.goto(f"{self.address}/{place}")

    def basket(self, *goods: str, member: str = "") -> None:
        self.go("kasir/")
        for name in goods:
            self.page.locator(".till-tile", has_text=name).click()
            if name == "Telur":
                self.page.keyboard.type("0,5")
                self.page.keyboard.press("Enter")
        opener = self.page.locator("[data-open]")
        if opener.is_visible():
            opener.click()
        if member:
            self.page.locator("[data-pick-member]").click()
            self.page.locator("[data-member-search]").fill(member)
            self.page.locator(".till-person", has_text=member).click()

    def start_paying(self) -> None:
        self.page.locator("[data-pay]").click()

    def give(self, method: str, amount: str = "", **fields: str) -> None:
        self.page.locator(f".pay-method:has([value={method}])").click()
        for name, text in fields.items():
            self.page.locator(f"[data-pay-{name}]").fill(text)
        if amount:
            self.page.locator("[data-pay-amount]").fill(amount)

    def go_on(self) -> None:
        self.page.locator("[data-pay-go]").click()

    def done(self) -> None:
        expect(self.page.locator("[data-done-dialog]")).to_be_visible()

    def pay(self, method: str, amount: str = "", **fields: str) -> None:
        self.start_paying()
        self.give(method, amount, **fields)
        self.go_on()
        self.done()

    def open_shift(self) -> None:
        self.go("giliran/buka/")
        self.page.fill("[name=drawer]", "Laci 1")
        self.page.fill("[name=float_idr]", "100.000")
        self.page.click("main .btn-primary")

    def count(self, address: str, **pieces: int) -> None:
        self.go(address)
        for value, many in pieces.items():
            self.page.fill(f"[name=pieces_{value.removeprefix('of_')}]", str(many))
        self.page.click("[value=check]")
        self.page.click("[value=close]")

    def take_back(self, number: int, quantity: str = "") -> None:
        self.go(f"retur/?number={number}")
        self.page.locator(f"[name=what][value={'some' if quantity else 'all'}]").check()
        if quantity:
            self.page.locator(".back-line input").first.fill(quantity)
        self.page.fill("[name=reason]", "Kemasan rusak")
        self.page.click("[value=check]")
        self.page.fill("[name=approver]", "budi")
        # The page's scripts give the PIN a button of its own, which moves what is below it.
        expect(self.page.get_by_role("button", name="Tampilkan kata sandi")).to_be_visible()
        self.page.fill("[name=pin]", PIN)
        self.page.click("[value=pay]")
        expect(self.page.locator("main")).to_contain_text("Retur", timeout=15_000)


def test_a_morning_with_every_way_to_pay(
    page: Page,
    prepared: Shop,
    sari: User,
    budi: User,
    sign_in: Callable[[User], None],
    looks_right: Callable[[], None],
) -> None:
    till = Till(page, prepared)
    sign_in(sari)
    till.open_shift()
    _sell_in_every_way(till, looks_right)
    # The first was two packs and half a kilo for cash, the second half a kilo by QRIS.
    till.take_back(1, "1")
    till.take_back(2)
    till.go("giliran/kas/")
    page.locator("[name=reason][value=expense]").check()
    page.fill("[name=amount_idr]", "5.000")
    page.fill("[name=note]", "Es batu")
    page.click("main .btn-primary")
    with scope.cooperative(prepared.cooperative.pk):
        held = books.balances(prepared.cooperative, [Code.DRAWER], business_today())
    assert held[Code.DRAWER] == 136_600
    # One thousand short.
    till.count("giliran/tutup/", of_1000=135, of_200=3)
    expect(page.locator("main")).to_contain_text("1.000")
    looks_right()
    _all_agrees(prepared, sales=6, returns=2)
    _a_revoked_cashier(till, sari, budi, sign_in)
    _all_agrees(prepared, sales=6, returns=2)


def test_savings_ask_for_the_pin_anew_after_going_back(
    page: Page, prepared: Shop, sari: User, sign_in: Callable[[User], None]
) -> None:
    till = Till(page, prepared)
    sign_in(sari)
    till.open_shift()
    till.basket("Gula", member="Ani")
    till.start_paying()
    till.give("savings", "10.000", pin=ANIS_PIN)
    till.go_on()
    expect(page.locator("[data-pay-list] li")).to_have_count(1)
    page.locator("[data-pay-close]").click()
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage]) + location.href")
    assert "10000" in kept
    assert ANIS_PIN not in kept
    assert page.locator("[data-pay-pin]").input_value() == ""
    till.start_paying()
    till.go_on()
    expect(page.locator("[data-pay-refusal-text]")).to_contain_text("mengetik sendiri PIN")
    page.locator("[data-pay-pin]").fill(ANIS_PIN)
    till.go_on()
    till.done()
    with scope.cooperative(prepared.cooperative.pk):
        paid = SalePayment.objects.of(prepared.cooperative).order_by("position")
        given = [(one.method, one.amount_idr) for one in paid]
    assert given == [(Method.SAVINGS, 10_000), (Method.CASH, 7_300)]


#: What the books hold after the morning: nothing in the drawer, a receivable of Ani's sugar, no
#: QRIS, and no voucher left. The drawer held its float, 49.500 - 17.500 of the first receipt, 4.600
#: beside the transfer and 5.000 beside the voucher, less the ice.
ACCOUNTS: dict[Any, int] = {
    Code.DRAWER: 0,
    Code.MEMBER_CREDIT: 17_300,
    Code.QRIS: 0,
    Code.VOUCHERS: 0,
    Code.CASH_DIFFERENCES: 1_000,
}


def _sell_in_every_way(till: Till, looks_right: Callable[[], None]) -> None:
    page = till.page
    till.basket("Gula", "Gula", "Telur")
    till.start_paying()
    page.locator("[data-pay-quick] button", has_text="50.000").click()
    till.done()
    expect(page.locator("[data-done-amount]")).to_have_text("Rp500")
    looks_right()
    till.basket("Telur")
    till.pay("qris", reference="QR-1")
    expect(page.locator("[data-done-list]")).to_contain_text("14.500")
    till.basket("Telur", "Gula")
    till.start_paying()
    till.give("transfer", "27.440")
    till.go_on()
    till.give("cash", "5.000")
    expect(page.locator("[data-pay-rounding-amount]")).to_have_text("+Rp40")
    till.go_on()
    till.done()
    till.basket("Gula", member="Ani")
    till.start_paying()
    till.give("credit")
    expect(page.locator("[data-pay-free]")).to_contain_text("Rp50.000")
    looks_right()
    till.go_on()
    till.done()
    till.basket("Gula", member="Ani")
    till.start_paying()
    till.give("savings", pin="000000")
    till.go_on()
    expect(page.locator("[data-pay-refusal-text]")).to_contain_text("Ini bukan PIN Ani")
    till.give("savings", pin=ANIS_PIN)
    till.go_on()
    till.done()
    till.basket("Gula", "Gula")
    till.start_paying()
    till.give("voucher", voucher=_code(till.shop))
    expect(page.locator("[data-pay-left]")).to_contain_text("Rp30.000")
    expect(page.locator("[data-pay-amount]")).to_have_value("30.000")
    looks_right()
    till.go_on()
    till.give("cash", "5.000")
    till.go_on()
    till.done()


def _code(shop: Shop) -> str:  # noqa: F811
    with scope.cooperative(shop.cooperative.pk):
        return Voucher.objects.of(shop.cooperative).get().code


def _a_revoked_cashier(till: Till, sari: User, budi: User, sign_in: Callable[[User], None]) -> None:
    """Her basket stays, nothing is sold, and the chair counts and closes what she left open."""
    page = till.page
    till.open_shift()
    till.basket("Gula")
    roles.revoke(holding=RoleHolding.objects.get(user=sari), by=budi)
    till.start_paying()
    till.go_on()
    expect(page.locator("[data-pay-refusal-text]")).to_contain_text("tidak lagi boleh menjual")
    page.locator("[data-pay-close]").click()
    expect(page.locator(".till-line")).to_have_count(1)
    sign_in(budi)
    with scope.cooperative(till.shop.cooperative.pk):
        left_open = Shift.objects.of(till.shop.cooperative).get(closed_at=None)
    till.count(f"giliran/{left_open.id}/tutup/", of_100000=1)
    with scope.cooperative(till.shop.cooperative.pk):
        left_open.refresh_from_db()
    assert (left_open.difference_idr, left_open.closed_by) == (0, budi)


def _all_agrees(shop: Shop, *, sales: int, returns: int) -> None:  # noqa: F811
    with scope.cooperative(shop.cooperative.pk):
        here = shop.cooperative
        assert Sale.objects.of(here).count() == sales
        assert SaleReturn.objects.of(here).count() == returns
        assert set(SalePayment.objects.of(here).values_list("method", flat=True)) == set(Method)
        first = Shift.objects.of(here).order_by("number").first()
        assert first is not None
        assert first.difference_idr == -1_000
        held = books.balances(here, list(ACCOUNTS), business_today())
        assert {code: held[code] for code in ACCOUNTS} == ACCOUNTS
        assert stock_queries.stock_differences(here) == []
        balance = SavingsBalance.objects.of(here).get(member=shop.ani, kind__code="sukarela")
        assert balance.balance_idr == 40_000 - 17_300
        assert checks.differences(here) == []
        assert rebuild.compare(cooperative=here) == []
