"""The administration in a real browser: its theme works under the policy and fits the screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.registry.models import Cooperative
from tests.access.administration.conftest import traded

PAGES = (
    "/admin/",
    "/admin/access/user/",
    "/admin/access/user/add/",
    "/admin/access/roleholding/add/",
    "/admin/registry/cooperative/",
    "/admin/registry/cooperative/add/",
    "/admin/registry/kelurahan/",
    "/admin/registry/regency/33.74/change/",
    "/admin/city/reportedfigure/",
    "/admin/city/reportedfigure/add/",
    "/admin/access/systemevent/",
    "/admin/koperasi/pilih/",
)
CHOSEN = (
    "/admin/members/member/",
    "/admin/members/savingsentry/",
    "/admin/finance/journal/",
    "/admin/finance/account/",
    "/admin/shops/product/",
    "/admin/shops/sale/",
    "/admin/shops/shift/",
    "/admin/shops/confirmation/",
    "/admin/shops/voucherbatch/",
    "/admin/registry/cooperativesettings/add/",
    "/admin/access/auditevent/",
)


@pytest.fixture
def office(page: Page, agus: User, melati: Cooperative, budi: User, sign_in) -> Page:
    traded(melati, budi)
    sign_in(agus)
    return page


def opened(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, path
    page.wait_for_load_state("networkidle")


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.django_db(transaction=True)
def test_every_kind_of_page_works_under_the_policy(office):
    for path in PAGES:
        opened(office, path)
        assert fits(office), path
    office.select_option("select[name=cooperative]", index=1)
    office.click("#content button[type=submit]")
    for path in CHOSEN:
        opened(office, path)
        assert fits(office), path
        expect(office.locator(".kkmp-place")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_a_role_is_given_by_looking_a_person_and_a_cooperative_up(office, sari, mawar):
    opened(office, "/admin/access/roleholding/add/")
    for field, typed, found in (
        ("user", "sari", sari.name),
        ("cooperative", mawar.code, mawar.name),
    ):
        office.click(f".field-{field} .select2-selection")
        office.fill(".select2-search__field", typed)
        # The list shows everybody until the answer to what was typed is there.
        expect(office.locator(".select2-results__option")).to_have_count(1)
        office.locator(".select2-results__option", has_text=found).click()
    office.select_option("select[name=role]", Role.TREASURER)
    office.click("button[name=_save]")
    expect(office).to_have_url(re.compile(r"/roleholding/$"))
    assert sari.holdings.filter(cooperative=mawar, role=Role.TREASURER).exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_with_many_acts_still_says_whose_it_is(office, sari, screen):
    opened(office, f"/admin/access/user/{sari.pk}/change/")
    if screen["width"] >= 1024:
        names = "[...document.querySelectorAll('#header-inner h1 a')]"
        cut = office.evaluate(f"{names}.filter(a => a.scrollWidth > a.clientWidth).length")
        assert cut == 0
    assert fits(office)


@pytest.mark.django_db(transaction=True)
def test_the_filters_open_and_the_menu_opens_on_a_phone(office, screen):
    opened(office, "/admin/access/user/")
    office.click("text=Filter")
    expect(office.locator("#changelist-filter")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_pages_and_choosers_are_named_for_those_who_hear_them(office, sari, looks_right):
    for path in (
        "/admin/",
        "/admin/access/systemevent/",
        "/admin/access/roleholding/add/",
        f"/admin/access/user/{sari.pk}/change/",
        "/admin/registry/kelurahan/33.74.15.1003/change/",
        "/admin/jejak/",
    ):
        opened(office, path)
        looks_right()
    office.keyboard.press("Tab")
    expect(office.locator(".kkmp-skip")).to_be_focused()
    office.keyboard.press("Enter")
    expect(office.locator("main")).to_be_focused()


@pytest.mark.django_db(transaction=True)
def test_ctrl_k_leads_to_a_cooperative(office, mawar):
    opened(office, "/admin/")
    office.keyboard.press("Control+k")
    office.locator("#search-input-command").press_sequentially(mawar.kelurahan.name)
    office.locator("#command-results-list a", has_text=mawar.kelurahan.name).first.click()
    expect(office).to_have_url(re.compile(f"/registry/cooperative/{mawar.pk}/change/"))


@pytest.mark.django_db(transaction=True)
def test_a_tile_moves_on_the_small_map_while_its_place_is_typed(office):
    opened(office, "/admin/registry/kelurahan/33.74.15.1003/change/")
    office.fill("[name=tile_column]", "20")
    expect(office.locator(".kkmp-tile-marked")).to_have_attribute("x", "200")


@pytest.mark.django_db(transaction=True)
def test_no_role_is_cut_in_the_list_of_people(office):
    opened(office, "/admin/access/user/")
    cut = office.evaluate(
        """() => [...document.querySelectorAll("#result_list td, #result_list th")]
            .filter((cell) => cell.scrollHeight > cell.clientHeight + 1)
            .map((cell) => cell.textContent.trim())"""
    )
    assert cut == []
