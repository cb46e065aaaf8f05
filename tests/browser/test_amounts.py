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
