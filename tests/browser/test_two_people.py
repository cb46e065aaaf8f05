"""Two people at one computer: what the first one opened is never done in the second one's name."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.registry import scope
from shops.models import Sale, UnknownCode
from tests.browser.test_till import GULA, scan, till  # noqa: F401
from tests.conftest import PASSWORD
from tests.shops.conftest import Shop, open_shift, shop  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def signs_in_elsewhere(page: Page, second: Any) -> None:
    """In a second tab of the same browser."""
    other = page.context.new_page()
    page.context.clear_cookies()
    other.goto("/akun/login/")
    other.fill("input[name=login]", second.username)
    other.fill("input[name=password]", PASSWORD)
    other.click("main button[type=submit]")
    other.wait_for_url(lambda url: "login" not in url)
    other.close()


@pytest.fixture
def joko_too(shop: Shop, joko: Any, agus: Any) -> Any:  # noqa: F811
    """A second cashier, with a shift of his own."""
    roles.grant(user=joko, role=Role.CASHIER, cooperative=shop.cooperative, by=agus)
    with scope.cooperative(shop.cooperative.pk):
        open_shift(shop.unit, joko, drawer="Laci 2")
    return joko


def test_a_basket_is_not_sold_by_whoever_signed_in_last(
    till: Page,  # noqa: F811
    shop: Shop,  # noqa: F811
    joko_too: Any,
    looks_right: Any,
) -> None:
    scan(till, GULA)
    till.keyboard.press("F9")
    signs_in_elsewhere(till, joko_too)
    till.keyboard.press("Enter")
    refusal = till.locator("[data-pay-refusal-text]")
    expect(refusal).to_contain_text("Joko")
    expect(refusal).to_contain_text("Sari")
    looks_right()
    with scope.cooperative(shop.cooperative.pk):
        assert not Sale.objects.of(shop.cooperative).exists()
    # The basket is still Sari's.
    expect(till.locator(".till-line")).to_have_count(1)
    # And Joko's till begins empty.
    till.reload()
    expect(till.locator(".till-tile").first).to_be_visible()
    expect(till.locator(".till-line")).to_have_count(0)


def test_an_unknown_code_is_noted_by_nobody_else(
    till: Page,  # noqa: F811
    shop: Shop,  # noqa: F811
    joko_too: Any,
) -> None:
    scan(till, "8999999000017")
    signs_in_elsewhere(till, joko_too)
    till.keyboard.type("Kopi sachet")
    till.keyboard.press("Enter")
    expect(till.locator("[data-toasts]")).to_contain_text("Joko")
    with scope.cooperative(shop.cooperative.pk):
        assert not UnknownCode.objects.of(shop.cooperative).exists()


def test_a_form_says_whose_page_it_was(
    page: Page, sign_in: Any, budi: Any, rini: Any, melati: Any, looks_right: Any
) -> None:
    sign_in(rini)
    page.goto(f"/k/{melati.code}/anggota/daftar/")
    page.fill("[name=name]", "Ani (rekaan)")
    signs_in_elsewhere(page, budi)
    page.locator("main form[method=post] .form-actions [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Rini")
    expect(page.locator("main")).to_contain_text("Budi")
    looks_right()
    page.locator("main a.btn-primary").click()
    page.locator("[data-typed-fill]").click()
    expect(page.locator("[name=name]")).to_have_value("Ani (rekaan)")
