"""Slips as PDF and from the browser: one piece of paper each, whole, on rolls of 58 and 80 mm."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import Page

from kkmp.lib import documents as paper
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member, SavingsEntry, SavingsKind
from members.savings import documents, queries
from members.savings.services import savings
from tests.access.administration.trading import trade
from tests.browser.conftest import DESKTOP
from tests.shops.conftest import Shop, find_shop, returned

#: What the head of a printer reaches of a roll so wide.
ROOM = {58: 48, 80: 72}
#: A driver says either how wide the roll is, or how wide the head.
SHEETS = [(58, 58), (58, 48), (80, 80), (80, 72)]
POINTS = 72 / 25.4


@pytest.fixture(params=[DESKTOP], ids=["desktop"])
def screen(request: pytest.FixtureRequest) -> dict[str, int]:
    """Paper does not ask for the size of the screen."""
    return request.param


@pytest.fixture
def shop(melati: Cooperative) -> Shop:
    return find_shop(melati)


def read(pdf: bytes, room: int) -> str:
    """What stands on it, after looking that it is one page and all within the head's reach."""
    pages = pypdfium2.PdfDocument(pdf)
    assert len(pages) == 1
    page = pages[0]
    text = page.get_textpage()
    boxes = [
        text.get_charbox(at)
        for at in range(text.count_chars())
        if text.get_text_range(at, 1).strip()
    ]
    edge = (page.get_width() - room * POINTS) / 2
    slack = 0.3 * POINTS
    assert boxes
    assert min(box[0] for box in boxes) >= edge - slack
    assert max(box[2] for box in boxes) <= edge + room * POINTS + slack
    assert max(box[2] for box in boxes) - min(box[0] for box in boxes) >= 0.9 * room * POINTS, (
        "margins of a sheet take away what the roll has"
    )
    assert min(box[1] for box in boxes) >= 0, "nothing stands below the page"
    return " ".join(text.get_text_range().split())


def deposit(cooperative: Cooperative, amount_idr: int, by: Any) -> SavingsEntry:
    with scope.cooperative(cooperative.pk):
        member = Member.objects.of(cooperative).filter(number__isnull=False).first()
        kind = SavingsKind.objects.of(cooperative).get(role="voluntary")
        return savings.deposit(
            member=member, kind=kind, amount_idr=amount_idr, on=timezone.localdate(),
            by=by, key=uuid4(),
        )  # fmt: skip


def printed(page: Page, width: int, sheet: int) -> str:
    """The page as the browser prints it on a roll."""
    page.wait_for_load_state("networkidle")
    kind = "sheet" if page.locator("[data-receipt-width=sheet]").count() else ""
    group = f"[data-receipt-width='{kind}']" if kind else "[data-receipt-width]"
    page.click(f"{group} [value='{width}']")
    pdf = page.pdf(width=f"{sheet}mm", height="600mm", prefer_css_page_size=False)
    return read(pdf, ROOM[width])


@pytest.mark.parametrize("width", [58, 80])
def test_a_savings_receipt_is_whole_as_pdf(shop: Shop, tono: Any, width: int) -> None:
    entry = deposit(shop.cooperative, 1_234_567_890, tono)
    with scope.cooperative(shop.cooperative.pk):
        shown = documents.receipt(queries.receipts(shop.cooperative).get(id=entry.id), 1)
    text = read(paper.render(f"members/savings/receipt_{width}mm.typ", shown), ROOM[width])
    for part in ("Rp1.234.567.890", shown["balance"], shown["number"], "SALINAN"):
        assert part in text


@pytest.mark.parametrize(("width", "sheet"), SHEETS)
def test_a_savings_receipt_is_whole_from_the_browser(
    page: Page, shop: Shop, tono: Any, sign_in: Callable, width: int, sheet: int
) -> None:
    entry = deposit(shop.cooperative, 1_234_567_890, tono)
    page.add_init_script("window.print = () => {}")
    sign_in(tono)
    page.goto(f"/k/{shop.cooperative.code}/anggota/kuitansi/{entry.id}/")
    with page.context.expect_page() as opened:
        page.click("button[value=browser]")
    text = printed(opened.value, width, sheet)
    assert text.count("Rp1.234.567.890") == 2  # the amount, and the balance after it
    assert "Saldo sesudahnya" in text


@pytest.mark.parametrize(("width", "sheet"), SHEETS)
def test_the_slips_of_the_shop_are_whole_from_the_browser(
    page: Page, shop: Shop, sari: Any, budi: Any, sign_in: Callable, width: int, sheet: int
) -> None:
    with scope.cooperative(shop.cooperative.pk):
        shift = shop.open_shift(sari, float_idr=50_000)
        sale = shop.sell(sari, (shop.gula, "2"), member=shop.ani, paid_idr=50_000)
        back = returned(sale, shift, budi, line_1="1")
    sign_in(sari)
    at = f"/k/{shop.cooperative.code}/gerai/"
    page.goto(f"{at}kasir/nota/{sale.id}/")
    text = printed(page, width, sheet)
    for part in ("Rp34.600", "Rp50.000", "Rp15.400", "-Rp17.300"):
        assert part in text
    page.goto(f"{at}retur/{back.id}/")
    assert "Rp17.300" in printed(page, width, sheet)


@pytest.mark.parametrize(("width", "sheet"), SHEETS)
def test_the_closing_sheet_and_the_credit_slip_are_whole(
    page: Page, shop: Shop, sari: Any, budi: Any, tono: Any, sign_in: Callable, width, sheet
) -> None:
    monday = trade(shop, cashier=sari, chair=budi, treasurer=tono)
    sign_in(budi)
    at = f"/k/{shop.cooperative.code}/gerai/"
    page.goto(f"{at}giliran/{monday.shift.id}/")
    text = printed(page, width, sheet)
    for part in ("Rp210.000", "Rp200.000", "-Rp10.000", "-Rp7.500", "Rp34.600", "Diterima oleh"):
        assert part in text, part
    page.goto(f"{at}bon/kuitansi/{monday.paid.id}/")
    with page.expect_popup() as paper:
        page.get_by_role("button", name="Cetak", exact=True).click()
    text = printed(paper.value, width, sheet)
    for part in ("Rp17.500", "Rp17.300", "Tujuh belas ribu lima ratus rupiah", "Sisa bon"):
        assert part in text, part


@pytest.mark.parametrize(("width", "sheet"), SHEETS)
def test_a_page_is_whole_on_a_roll_that_nobody_chose(
    page: Page, shop: Shop, sari: Any, budi: Any, tono: Any, sign_in: Callable, width, sheet
) -> None:
    """Ctrl+P, on a printer whose paper is a roll."""
    entry = deposit(shop.cooperative, 1_234_567_890, tono)
    sign_in(tono)
    page.goto(f"/k/{shop.cooperative.code}/anggota/kuitansi/{entry.id}/")
    page.wait_for_load_state("networkidle")
    pdf = page.pdf(width=f"{sheet}mm", height="600mm", prefer_css_page_size=False)
    text = read(pdf, ROOM[width])
    assert text.count("Rp1.234.567.890") == 2
    assert "SALINAN" in text


def test_a_long_list_begins_on_the_first_sheet(
    page: Page, shop: Shop, rini: Any, sign_in: Callable
) -> None:
    """A card that must not break is moved as a whole, and leaves an empty sheet behind."""
    sign_in(rini)
    page.goto(f"/k/{shop.cooperative.code}/anggota/")
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """() => {
          const rows = document.querySelector(".card tbody");
          for (let at = 0; at < 150; at++) rows.append(rows.rows[0].cloneNode(true));
        }"""
    )
    pages = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=False))
    texts = [one.get_textpage().get_text_range() for one in pages]
    assert texts[0].count("Ani Lestari") > 5
    assert all(text.strip() for text in texts)
