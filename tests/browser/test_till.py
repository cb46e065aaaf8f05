"""The till in a real browser: the keyboard alone, holding, refusals, and a phone's camera."""

import json
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.lib.identity import parse_nik
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.models import SavingsKind
from members.register.services import membership
from members.savings.services import savings
from shops.models import Product, Sale, SalePayment, UnknownCode
from tests.browser.conftest import PHONE
from tests.conftest import MONDAY, PASSWORD
from tests.shops.conftest import Shop, open_shift, shop  # noqa: F401

GULA = "8990000070030"


@pytest.fixture
def till(page: Page, shop: Shop, sari: Any, sign_in: Any) -> Page:  # noqa: F811
    """Sari's till with her shift open."""
    with scope.cooperative(shop.cooperative.pk):
        open_shift(shop.unit, sari, at=timezone.now())
    sign_in(sari)
    page.goto(f"/k/{shop.cooperative.code}/gerai/kasir/")
    expect(page.locator(".till-tile").first).to_be_visible()
    return page


def enrol(cooperative: Any, name: str, nik: str, by: Any) -> None:
    """Another member who has paid her principal savings."""
    member = membership.register(
        cooperative=cooperative,
        particulars=membership.Particulars(name=name, nik=parse_nik(nik)),
        on=MONDAY,
        by=by,
    )
    kind = SavingsKind.objects.of(cooperative).get(code="pokok")
    savings.deposit(member=member, kind=kind, amount_idr=100_000, key=new_id(), on=MONDAY, by=by)


def scan(page: Page, code: str) -> None:
    page.keyboard.press("F2")
    page.keyboard.type(code)
    page.keyboard.press("Enter")


#: Keys as a scanner presses them, in one moment however busy the machine is: each is written and
#: Enter sends the form, unless the page prevents it.
_AT_ONCE = """(box, keys) => {
    for (const key of keys) {
        const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        if (!box.dispatchEvent(event)) continue;
        if (key === "Enter") box.form.requestSubmit();
        else document.execCommand("insertText", false, key);
    }
}"""


def scan_into_amount(page: Page, code: str) -> None:
    amount = page.locator("[data-pay-amount]")
    amount.focus()
    amount.evaluate(_AT_ONCE, [*code, "Enter"])


def test_the_shelf_is_one_stop_of_the_tab_key(till, shop):  # noqa: F811
    """Dozens of tiles would lie between the search and the basket; the arrows walk over them."""
    tiles = till.locator(".till-tile")
    assert tiles.count() > 1
    till.keyboard.press("F2")
    stops = []
    goods = till.locator("[data-goods] :focus")
    while goods.count() and len(stops) < 20:
        stops.append(goods.get_attribute("class") or "")
        till.keyboard.press("Tab")
    assert sum("till-tile" in stop.split() for stop in stops) == 1
    assert sum("till-shelf" in stop.split() for stop in stops) <= 1

    tiles.first.focus()
    till.keyboard.press("ArrowRight")
    expect(tiles.nth(1)).to_be_focused()
    till.keyboard.press("Shift+Tab")
    till.keyboard.press("Tab")
    expect(tiles.nth(1)).to_be_focused()
    till.keyboard.press("Home")
    till.keyboard.press("ArrowUp")
    expect(till.locator("[data-search]")).to_be_focused()


def test_a_sale_from_start_to_finish_by_keyboard(till, shop):  # noqa: F811
    scan(till, GULA)
    till.keyboard.type("telur")
    till.keyboard.press("Enter")
    till.keyboard.type("0,5")
    till.keyboard.press("Enter")
    till.keyboard.press("F3")
    till.keyboard.type("1")
    till.keyboard.press("Enter")
    expect(till.locator("[data-total]")).to_have_text("Rp31.550")
    till.keyboard.press("F9")
    till.keyboard.press("r")
    till.keyboard.type("10025")
    till.keyboard.press("Enter")
    expect(till.locator("[data-pay-rounding-amount]")).to_have_text("-Rp25")
    till.keyboard.press("Enter")
    expect(till.locator("[data-done-dialog]")).to_be_visible()
    till.keyboard.press("Enter")
    expect(till.locator("[data-empty]")).to_be_attached()
    with scope.cooperative(shop.cooperative.pk):
        sale = Sale.objects.of(shop.cooperative).get()
        paid = SalePayment.objects.of(shop.cooperative).order_by("position")
        assert [(one.method, one.amount_idr) for one in paid] == [
            ("transfer", 10_025),
            ("cash", 21_500),
        ]
    assert (sale.total_idr, sale.rounding_idr, sale.member_id) == (31_550, -25, shop.ani.id)


def test_a_basket_waits_and_comes_back_also_after_a_reload(till, looks_right):
    scan(till, GULA)
    till.keyboard.press("F6")
    till.keyboard.type("Bu Sri")
    till.keyboard.press("Enter")
    expect(till.locator(".till-line")).to_have_count(0)
    till.reload()
    expect(till.locator(".till-tile").first).to_be_visible()
    till.keyboard.press("F7")
    expect(till.locator("[data-held-list]")).to_contain_text("Bu Sri")
    looks_right()
    till.locator("[data-held-list] button").click()
    expect(till.locator(".till-line")).to_have_count(1)


def test_an_unknown_code_is_noted_for_the_clerk(till, shop, looks_right):  # noqa: F811
    scan(till, "8999999000017")
    looks_right()
    till.keyboard.type("Kopi sachet")
    till.keyboard.press("Enter")
    expect(till.locator("[data-toasts]")).to_contain_text("8999999000017")
    with scope.cooperative(shop.cooperative.pk):
        assert UnknownCode.objects.of(shop.cooperative).get().note == "Kopi sachet"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (422, {"code": "sale_refused", "message": "Stok tidak cukup.", "fields": {}}),
        (409, {"code": "key_reused", "message": "Nota ini sudah tersimpan.", "fields": {}}),
        (401, {"code": "not_authenticated", "message": "", "fields": {}}),
        (404, {"code": "not_found", "message": "", "fields": {}}),
    ],
)
def test_a_refusal_is_a_sentence_and_the_basket_is_kept(till, looks_right, status, body):
    till.route(
        "**/api/v1/sales/", lambda route: route.fulfill(status=status, body=json.dumps(body))
    )
    till.reload()
    expect(till.locator(".till-tile").first).to_be_visible()
    scan(till, GULA)
    till.keyboard.press("F9")
    till.keyboard.press("Enter")
    refusal = till.locator("[data-pay-refusal-text]")
    expect(refusal).to_have_text(body["message"] or re.compile(".{20,}"))
    looks_right()
    till.reload()
    expect(till.locator(".till-line")).to_have_count(1)


def test_too_much_change_is_asked_about_once(till, shop):  # noqa: F811
    scan(till, GULA)
    till.keyboard.press("F9")
    till.keyboard.type(GULA)
    till.keyboard.press("Enter")
    expect(till.locator("[data-pay-refusal-text]")).to_be_visible()
    with scope.cooperative(shop.cooperative.pk):
        assert not Sale.objects.of(shop.cooperative).exists()


def test_without_a_shift_the_till_says_what_to_do(
    page,
    shop,  # noqa: F811
    sari,
    sign_in,
    looks_right,
):
    sign_in(sari)
    page.goto(f"/k/{shop.cooperative.code}/gerai/kasir/")
    expect(page.locator(".till-no-shift")).to_be_visible()
    looks_right()
    scan(page, GULA)
    page.keyboard.press("F9")
    expect(page.locator("[data-refusal-text]")).to_be_visible()
    expect(page.locator("[data-pay-dialog]")).to_be_hidden()


# --- What is typed while paying --------------------------------------------------------------


def chosen(page: Page) -> str | None:
    return page.locator("[data-pay-methods] input:checked").get_attribute("value")


@pytest.mark.parametrize("delay", [0, 120])
def test_letters_in_the_amount_stay_there(till, delay):
    scan(till, GULA)
    till.keyboard.press("F9")
    till.keyboard.type("100rb", delay=delay)
    expect(till.locator("[data-pay-amount]")).to_have_value("100rb")
    expect(till.locator("[data-pay-state-amount]")).to_have_text("Rp82.500")
    assert chosen(till) == "cash"


@pytest.mark.parametrize("code", ["KMV9EE934T", "8996001600146", "KKMP:MELATI:0610"])
def test_a_scanned_code_is_neither_an_amount_nor_a_way_to_pay(till, shop, looks_right, code):  # noqa: F811
    scan(till, GULA)
    till.keyboard.press("F9")
    scan_into_amount(till, code)
    expect(till.locator("[data-pay-refusal-text]")).to_contain_text(code)
    expect(till.locator("[data-pay-amount]")).to_have_value("17.500")
    expect(till.locator("[data-pay-state]")).to_be_hidden()
    assert chosen(till) == "cash"
    looks_right()
    with scope.cooperative(shop.cooperative.pk):
        assert not Sale.objects.of(shop.cooperative).exists()


def test_a_scan_is_the_vouchers_code_once_the_voucher_was_chosen(till):
    scan(till, GULA)
    till.keyboard.press("F9")
    till.keyboard.press("v")
    expect(till.locator("[data-pay-voucher]")).to_be_focused()
    scan_into_amount(till, "KMV9EE934T")
    expect(till.locator("[data-pay-voucher]")).to_have_value("KMV9EE934T")
    assert chosen(till) == "voucher"


def test_of_several_members_enter_takes_nobody(till, shop, budi):  # noqa: F811
    with scope.cooperative(shop.cooperative.pk):
        enrol(shop.cooperative, "Anita (rekaan)", "3374115203900013", budi)
    till.keyboard.press("F3")
    till.keyboard.type("rekaan")
    for _time in range(2):
        till.keyboard.press("Enter")
    expect(till.locator("[data-people-note]")).to_have_text("Pilih anggota yang berbelanja.")
    expect(till.locator("[data-member-dialog]")).to_be_visible()
    expect(till.locator("[data-member]")).to_be_hidden()


def test_enter_takes_up_no_basket_that_was_not_chosen(till):
    scan(till, GULA)
    till.keyboard.press("F6")
    till.keyboard.press("Enter")
    till.keyboard.press("F7")
    expect(till.locator("[data-held-list] button")).to_have_count(1)
    till.keyboard.press("Enter")
    expect(till.locator(".till-line")).to_have_count(0)
    expect(till.locator("[data-held-dialog]")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE], indirect=True)
def test_back_on_a_phone_closes_what_lies_over_the_goods(till):
    address = till.url
    scan(till, GULA)
    till.locator("[data-open]").click()
    till.locator("[data-pay]").click()
    expect(till.locator("[data-pay-dialog]")).to_be_visible()
    till.evaluate("history.back()")
    expect(till.locator("[data-pay-dialog]")).to_be_hidden()
    expect(till.locator("[data-basket]")).to_be_in_viewport()
    till.evaluate("history.back()")
    expect(till.locator("[data-open]")).to_be_visible()
    expect(till.locator(".is-open")).to_have_count(0)
    expect(till.locator(".till-line")).to_have_count(1)
    assert till.url == address


@pytest.mark.parametrize("screen", [PHONE], indirect=True)
def test_the_button_that_finishes_stands_above_a_phones_keyboard(till):
    scan(till, GULA)
    till.keyboard.press("F9")
    assert "interactive-widget=resizes-content" in till.get_attribute(
        "meta[name=viewport]", "content"
    )
    # What is left of the page while the keyboard is up.
    till.set_viewport_size({"width": 360, "height": 380})
    expect(till.locator("[data-pay-go]")).to_be_in_viewport(ratio=1)
    expect(till.locator("[data-pay-total]")).to_be_in_viewport(ratio=1)


def test_goods_past_their_date_are_refused_with_the_reason(till, shop, looks_right):  # noqa: F811
    with scope.cooperative(shop.cooperative.pk):
        goods = Product.objects.of(shop.cooperative).filter(id=shop.gula.id)
        goods.update(expires_on=timezone.localdate())
    till.reload()
    expect(till.locator(".till-tile", has_text="kedaluwarsa")).to_be_disabled()
    scan(till, GULA)
    expect(till.locator("[data-toasts]")).to_contain_text("tidak boleh dijual lagi")
    expect(till.locator(".till-line")).to_have_count(0)
    looks_right()


# --- The page without data -------------------------------------------------------------------


def test_the_till_opens_without_naming_the_cooperative(till):
    till.goto("/kasir/")
    expect(till.locator(".till-tile").first).to_be_visible()
    expect(till.locator("[data-opening]")).to_be_hidden()
    expect(till.locator("[data-opening-refused]")).to_be_hidden()


def test_whoever_is_signed_out_signs_in_and_comes_back(till, looks_right):
    address = till.url
    till.context.clear_cookies()
    till.reload()
    expect(till.locator("[data-opening-text]")).to_contain_text("Anda sudah keluar")
    looks_right()
    till.locator("[data-opening-ways] a").click()
    till.fill("input[name=login]", "sari")
    till.fill("input[name=password]", PASSWORD)
    till.click("main button[type=submit]")
    till.wait_for_url(address)
    expect(till.locator(".till-tile").first).to_be_visible()


def test_whoever_may_not_sell_is_told_so_and_sees_nothing(
    page,
    shop,  # noqa: F811
    wati,
    sign_in,
    looks_right,
):
    sign_in(wati)
    page.goto(f"/kasir/?koperasi={shop.cooperative.code}")
    expect(page.locator("[data-opening-text]")).to_contain_text("tidak boleh berjualan")
    looks_right()
    expect(page.locator("[data-till]")).to_be_hidden()
    assert "Gula" not in page.content()


def test_whoever_sells_in_two_places_chooses(
    page,
    shop,  # noqa: F811
    mawar,
    sari,
    agus,
    sign_in,
):
    roles.grant(user=sari, role=Role.CASHIER, cooperative=mawar, by=agus)
    sign_in(sari)
    page.goto("/kasir/")
    page.locator("[data-opening-ways] a", has_text=shop.cooperative.name).click()
    expect(page.locator(".till-tile").first).to_be_visible()


def test_the_menu_stands_around_the_till_and_its_language_can_be_changed(till):
    expect(till.locator("[aria-current=page]").first).to_be_attached()
    till.locator("[popovertarget=user-menu]:visible").first.click()
    till.locator("#user-menu button[value=en]").click()
    till.wait_for_url("**/kasir/en/?koperasi=*")
    expect(till.locator(".till-tile").first).to_be_visible()
    assert till.get_attribute("html", "lang") == "en"


def test_a_network_that_answers_something_else_is_tried_again(till):
    till.route("**/kasir/data/*", lambda route: route.fulfill(body="Sign in to the hotel"))
    till.reload()
    expect(till.locator("[data-opening-text]")).to_contain_text("Tidak tersambung")
    till.unroute("**/kasir/data/*")
    till.locator("[data-opening-ways] a").click()
    expect(till.locator(".till-tile").first).to_be_visible()
