"""A meeting's money, written down by keyboard, through a lost page and a lost connection."""

import re
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from kkmp.lib.clock import business_today
from kkmp.lib.periods import add_months
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Collection, Member, SavingsBalance, Status
from members.services import membership
from members.services.membership import Particulars

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(melati: Cooperative, rini: Any) -> list[Member]:
    """Three active members, two months old, who have paid nothing."""
    with scope.cooperative(melati.pk):
        made = [
            membership.register(
                cooperative=melati,
                particulars=Particulars(name=name, rw=rw, phone="+6281200000001"),
                on=business_today(),
                by=rini,
                key=uuid4(),
            )
            for name, rw in (("Ani Lestari", "003"), ("Budi Utomo", "003"), ("Citra Ayu", "001"))
        ]
        joined = add_months(business_today(), -1)
        for number, member in enumerate(made, start=1):
            Member.objects.of(melati).filter(id=member.id).update(
                status=Status.ACTIVE, number=number, joined_on=joined
            )
    return made


def _sum(page: Page) -> Any:
    return expect(page.locator(".collect-bar"))


def test_a_meeting_is_collected_by_keyboard_and_kept_until_it_is_saved(
    page: Page, melati: Cooperative, people: list[Member], tono: Any, sign_in: Any, looks_right: Any
) -> None:
    sign_in(tono)
    page.goto(f"/k/{melati.code}/anggota/simpanan-wajib/")
    looks_right()
    page.goto(f"/k/{melati.code}/anggota/tunggakan/")
    looks_right()
    page.goto(f"/k/{melati.code}/anggota/setoran-bersama/?rw=003")
    looks_right()
    find = page.locator("[data-find]")
    # The amount that is due, another amount, and somebody who is not on this RW's list.
    for who, amount in (("ani", ""), ("2", "15000"), ("citra", "5 ribu")):
        find.fill(who)
        find.press("Enter")
        expect(page.locator("[data-amount]:focus")).to_have_count(1)
        page.keyboard.type(amount)
        page.keyboard.press("Enter")
        expect(find).to_be_focused()
    _sum(page).to_contain_text("Rp40.000")
    looks_right()

    # The browser was closed; the list waits.
    page.goto(f"/k/{melati.code}/anggota/setoran-bersama/")
    page.click("[data-draft-link]")
    _sum(page).to_contain_text("Rp40.000")

    page.context.set_offline(True)
    page.click("[data-save]")
    page.click("dialog[open] [value=yes]")
    expect(page.locator("[data-toasts] .note-error")).to_be_visible()
    page.context.set_offline(False)

    find.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-save]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#confirm-text")).to_contain_text("Rp40.000")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("setoran-bersama/[0-9a-f-]{36}/$"))
    looks_right()
    assert page.evaluate("localStorage.length") == 0
    page.go_back()
    page.wait_for_load_state("networkidle")
    with scope.cooperative(melati.pk):
        assert Collection.objects.of(melati).get().total_idr == 40_000
        held = SavingsBalance.objects.of(melati).values_list("member__name", "balance_idr")
        assert dict(held) == {"Ani Lestari": 20_000, "Budi Utomo": 15_000, "Citra Ayu": 5_000}
