"""Amounts while they are typed or pasted."""

import pytest
from playwright.sync_api import Page, expect

from kkmp.registry.models import Cooperative


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [("1250000", "1.250.000"), ("1250000.00", "1250000.00"), ("1,25 jt", "1,25 jt")],
)
def test_dots_are_set_and_cents_are_no_digits(
    page: Page, melati: Cooperative, budi, sign_in, pasted: str, shown: str
) -> None:
    sign_in(budi)
    page.goto(f"/k/{melati.code}/koperasi/ketetapan/")
    amount = page.locator("input[name=principal_idr]")
    amount.fill(pasted)
    expect(amount).to_have_value(shown)


TYPED = {
    "1250000": "1.250.000",
    "1.250.000": "1.250.000",
    "1.5jt": "1.5jt",
    "1250.00": "1250.00",
    "1.5": "1.5",
    "50rb": "50rb",
    "12500rb": "12500rb",
    "1250000,00": "1250000,00",
}


def test_no_dot_of_a_person_is_moved(page: Page, melati: Cooperative, budi, sign_in, case) -> None:
    sign_in(budi)
    page.goto(f"/k/{melati.code}/koperasi/ketetapan/")
    amount = page.locator("input[name=principal_idr]")
    for typed, shown in TYPED.items():
        with case(typed):
            amount.fill("")
            amount.press_sequentially(typed)
            expect(amount).to_have_value(shown)
    expect(page.locator(".rupiah-reading")).to_have_text("= Rp1.250.000")
    for _key in "1250000,00":
        amount.press("Backspace")
    amount.press_sequentially("75000")
    expect(amount).to_have_value("75.000")
    expect(page.locator(".rupiah-reading")).to_have_text("")


def test_an_amount_that_is_put_over_another_stays_whole(
    page: Page, melati: Cooperative, budi, sign_in
) -> None:
    """However the two begin or end alike."""
    sign_in(budi)
    page.goto(f"/k/{melati.code}/koperasi/ketetapan/")
    amount = page.locator("input[name=principal_idr]")
    for other in ("200.000", "95.000.000", "95.500.000", "200.000"):
        amount.fill(other)
        expect(amount).to_have_value(other)
