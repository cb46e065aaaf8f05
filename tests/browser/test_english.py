"""A browser in American English: days stay day first, numbers are English, words are explained."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kkmp.access.models import User
from kkmp.registry.models import Cooperative
from tests.browser.conftest import DESKTOP


@pytest.fixture
def screen() -> dict[str, int]:
    """One is enough: nothing of it depends on the width."""
    return DESKTOP


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "en-US"}


def test_a_day_is_typed_and_shown_day_first(page: Page, melati: Cooperative, tono: User, sign_in):
    sign_in(tono)
    page.goto(f"/k/{melati.code}/buku/jurnal/?since=2026-11-03")
    box = page.locator("[name=since]")
    expect(box).to_have_value("03/11/2026")
    box.fill("")
    box.press_sequentially("23112026")
    expect(box).to_have_value("23/11/2026")
    page.wait_for_url("**since=23%2F11%2F2026**")
    # The browser's calendar is its own; what was chosen in it stands in our box.
    page.evaluate(
        """() => {
            const calendar = document.querySelector("[name=since] ~ .day-native");
            calendar.value = "2026-11-09";
            calendar.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(box).to_have_value("09/11/2026")
    page.wait_for_url("**since=09%2F11%2F2026**")
    box.fill("31/02/2026")
    expect(page.get_by_role("alert").filter(has_text="no such day")).to_be_visible()
    assert "31%2F02" not in page.url
    assert page.locator("input[type=date]:visible:not(.day-native)").count() == 0


def test_numbers_and_words_are_for_english_readers(page: Page, melati: Cooperative):
    page.goto("/")
    assert page.get_attribute("html", "lang") == "en"
    words = page.inner_text("main")
    assert "4,500" in words
    assert "Rp\u00a0448,000,000" in words
    assert "4.500" not in words.replace("4.500 anggota", "")
    expect(page.locator("main abbr", has_text="ecamatan").first).to_have_attribute(
        "title", "Kecamatan: a district of the city, made of several kelurahan"
    )
    assert page.locator(".gloss", has_text="district").count() == 1


def test_an_amount_is_told_in_english_below_the_box(
    page: Page, melati: Cooperative, tono: User, sign_in
):
    sign_in(tono)
    page.goto(f"/k/{melati.code}/buku/saldo-awal/")
    box = page.locator("[data-rupiah]").first
    box.press_sequentially("1250000")
    expect(box).to_have_value("1.250.000")
    expect(page.locator(".rupiah-reading").first).to_have_text("= Rp\u00a01,250,000")
