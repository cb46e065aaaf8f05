"""Receipts and reports in a real browser: printed once as original, and as wide as the paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kkmp.registry.models import Cooperative
from tests.shops.conftest import Shop, find_shop

#: Names as long as the paper is wide, in the letters that goods really have.
NAMES = {
    58: "Beras Premium Cap Melati 5 kg BU",
    80: "Beras Premium Cap Bunga Melati 5 kg Kemasan Baru",
}
#: Of the roll of 58 and of 80 mm, in pixels of the screen.
ROOM = {58: 48 * 96 / 25.4, 80: 72 * 96 / 25.4}


@pytest.fixture
def shop(melati: Cooperative, sari: Any) -> Shop:
    """The shop that stands in the database, with Sari's drawer open."""
    found = find_shop(melati)
    found.open_shift(sari)
    return found


def note_prints(page: Page) -> None:
    """Instead of the print window, which nobody could close."""
    page.add_init_script(
        "let prints = 0;"
        "window.print = () => { document.documentElement.dataset.prints = ++prints; };"
    )


def test_the_first_print_is_the_original_and_the_next_a_copy(
    page: Page, shop: Shop, sari: Any, sign_in: Callable, looks_right: Callable
) -> None:
    sale = shop.sell(sari, (shop.gula, "2"), member=shop.ani, paid_idr=50_000)
    note_prints(page)
    sign_in(sari)
    page.goto(f"/k/{shop.cooperative.code}/gerai/kasir/nota/{sale.id}/")
    looks_right()
    mark = page.locator("[data-copy-mark]")
    for on_paper in (False, True):
        page.click("#receipt-print .btn-lg")
        expect(page.locator("html")).to_have_attribute("data-prints", "1")
        page.emulate_media(media="print")
        expect(mark).to_be_visible(visible=on_paper)
        # Whoever prints the page once more by hand gets a copy.
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect(mark).to_be_visible()
        page.emulate_media(media="screen")
        expect(page).not_to_have_url(re.compile("cetak"))
    page.reload()
    looks_right()
    expect(page.locator("html")).not_to_have_attribute("data-prints", "1")


@pytest.mark.parametrize("width", [58, 80])
def test_as_many_letters_as_the_paper_has_columns_stand_side_by_side(
    page: Page, shop: Shop, sari: Any, sign_in: Callable, width: int
) -> None:
    sale = shop.sell(sari, (shop.gula, "2"))
    sign_in(sari)
    page.goto(f"/k/{shop.cooperative.code}/gerai/kasir/nota/{sale.id}/")
    page.wait_for_load_state("networkidle")  # the switch is bound by a module
    page.click(f"[data-receipt-width] [value='{width}']")
    page.reload()
    expect(page.locator("[data-receipt]")).to_have_attribute("data-width", str(width))
    page.emulate_media(media="print")
    lines = page.evaluate(
        """(name) => {
          const place = document.querySelector(".receipt-name");
          place.textContent = name;
          const range = document.createRange();
          range.selectNodeContents(place);
          return range.getClientRects().length;
        }""",
        NAMES[width],
    )
    assert len(NAMES[width]) == {58: 32, 80: 48}[width]
    assert lines == 1
    box = page.locator("[data-receipt]").bounding_box()
    assert box is not None
    assert box["width"] <= ROOM[width] + 1


def test_reports_lead_to_the_receipts_behind_them(
    page: Page, shop: Shop, sari: Any, budi: Any, sign_in: Callable, looks_right: Callable
) -> None:
    shop.sell(sari, (shop.gula, "2"), member=shop.ani, at=timezone.now())
    shop.sell(sari, (shop.telur, "1.5"), at=timezone.now())
    sign_in(budi)
    page.goto(f"/k/{shop.cooperative.code}/gerai/laporan/?by=member")
    looks_right()
    page.locator(".report-table .row-link").first.click()
    page.wait_for_url(re.compile("penjualan"))
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page.locator("#results tbody")).to_contain_text("Ani Lestari")
    looks_right()
    page.locator("#results tbody .row-link").click()
    page.wait_for_url(re.compile("penjualan/[0-9a-f-]{36}/"))
    looks_right()
