"""One walk through the whole house, at a desk and on a phone.

The clerk imports the cooperative's own spreadsheets, the treasurer takes a deposit, the cashier
sells, and the city's page moves. Every page on the way fits the screen and is accessible.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from finance.models import BusinessUnit
from kkmp.city.cooperatives.services import ladder
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeFigures, Stage
from members.models import Member, SavingsEntry, Status
from shops.models import Product, Sale
from tests.conftest import MONDAY
from tests.shops.conftest import open_shift

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def sign_in(sign_in_by_hand: Any) -> Any:
    return sign_in_by_hand


@pytest.fixture
def operating(melati: Cooperative, budi: Any, dewi: Any) -> Cooperative:
    """Melati's Dinas-verified step, so that the city sees it operate."""
    with scope.cooperative(melati.pk):
        for stage in (Stage.LEGAL_ENTITY, Stage.OPERATING):
            step = ladder.record(
                today=MONDAY,
                cooperative=melati,
                stage=stage,
                on=MONDAY,
                by=budi,
                document_number="BA-1",
            )
        ladder.verify(step=step, on=MONDAY, by=dewi)
    return melati


def import_file(page: Page, code: str, kind: str, file: str, looks_right: Any) -> None:
    page.goto(f"/k/{code}/impor/{kind}/unggah/")
    looks_right()
    page.set_input_files("input[type=file]", DATA / file)
    page.click("main form button[type=submit].btn-primary")
    page.wait_for_url(re.compile("kolom"))
    looks_right()
    page.click("main .import-form button[type=submit].btn-primary")
    page.wait_for_url(re.compile("periksa"))
    looks_right()
    page.click("#import-run button[type=submit]")
    page.locator("dialog[open] .btn-primary, dialog[open] .btn-danger").first.click()
    page.wait_for_url(re.compile("hasil"), timeout=60_000)
    looks_right()


def figures_of(cooperative: Cooperative) -> CooperativeFigures:
    with scope.cooperative(cooperative.pk):
        return CooperativeFigures.objects.of(cooperative).get()


def deposit(page: Page, code: str, member: Member, looks_right: Any) -> None:
    page.goto(f"/k/{code}/anggota/")
    looks_right()
    page.goto(f"/k/{code}/anggota/{member.id}/")
    looks_right()
    page.goto(f"/k/{code}/anggota/{member.id}/setor/")
    looks_right()
    page.get_by_label("Simpanan sukarela").check()
    page.fill("input[name=amount_idr]", "250.000")
    page.click("main form .form-actions button[type=submit]")
    page.wait_for_url(re.compile("kuitansi"))
    expect(page.locator("main")).to_contain_text("Rp250.000")
    looks_right()


def sell(page: Page, code: str, member: Member, looks_right: Any) -> None:
    page.goto(f"/k/{code}/gerai/kasir/")
    looks_right()
    for _twice in range(2):
        page.fill("[data-search]", "8990000070030")
        page.press("[data-search]", "Enter")
    bar = page.locator("[data-open]")
    if bar.is_visible():
        bar.click()
    page.click("[data-pick-member]")
    page.fill("[data-member-search]", f"KKMP:{code}:{member.number:04d}")
    page.press("[data-member-search]", "Enter")
    expect(page.locator("[data-total]")).to_have_text("Rp34.600")
    looks_right()
    page.click("[data-pay]")
    looks_right()
    pay_in_parts(page, looks_right)
    looks_right()
    page.click("[data-done-receipt]")
    page.wait_for_url(re.compile("nota/"))
    expect(page.locator("main")).to_contain_text("Rp34.600")
    looks_right()


def pay_in_parts(page: Page, looks_right: Any) -> None:
    """A part by QRIS, the rest in cash with change; a first answer that never comes sells once."""
    page.keyboard.press("q")
    expect(page.locator("input[type=radio][value=qris]")).to_be_checked()
    page.fill("[data-pay-amount]", "10.000")
    expect(page.locator("[data-pay-state-amount]")).to_have_text("Rp24.600")
    page.press("[data-pay-amount]", "Enter")
    page.fill("[data-pay-amount]", "50.000")
    expect(page.locator("[data-pay-state-amount]")).to_have_text("Rp25.400")
    # The sale arrives; its answer is lost on the way back.
    page.route(
        "**/api/v1/sales/", lambda route: (route.fetch(), route.fulfill(status=200, body="{}"))
    )
    page.press("[data-pay-amount]", "Enter")
    expect(page.locator("[data-pay-refusal]")).to_be_visible()
    looks_right()
    page.unroute("**/api/v1/sales/")
    page.click("[data-pay-go]")
    expect(page.locator("[data-done-amount]")).to_have_text("Rp25.400")


def the_city_shows(page: Page, looks_right: Any, *, note: str) -> None:
    page.goto("/kota/")
    looks_right()
    tile = page.locator("a.tile[href*='3374111002']")
    expect(tile).to_have_attribute("aria-label", re.compile(f"Beroperasi, {note}"))


def test_import_deposit_sale_and_the_city_moves(
    page: Page, operating, rini, tono, sari, budi, dewi, sign_in, looks_right
):
    code = operating.code
    page.goto("/")
    looks_right()

    sign_in(dewi)
    the_city_shows(page, looks_right, note="tidak mencatat penjualan")
    expect(page.locator("main")).not_to_contain_text("Rp10.640.000")

    sign_in(rini)
    import_file(page, code, "anggota", "anggota-gedawang.xlsx", looks_right)
    kept = figures_of(operating)
    assert (kept.active_members, kept.principal_idr, kept.mandatory_idr) == (
        73,
        8_850_000,
        1_790_000,
    )

    sign_in(budi)
    import_file(page, code, "barang", "barang-gedawang.xlsx", looks_right)
    with scope.cooperative(operating.pk):
        assert Product.objects.of(operating).count() == 38
        assert BusinessUnit.objects.of(operating).exists()
        member = Member.objects.of(operating).with_status(Status.ACTIVE).order_by("number").first()

    sign_in(tono)
    deposit(page, code, member, looks_right)
    with scope.cooperative(operating.pk):
        entries = SavingsEntry.objects.of(operating).filter(member=member).order_by("-number")
        assert entries.first().amount_idr == 250_000
    for path in ("buku/", "buku/jurnal/", "buku/saldo-awal/", "buku/bulan/"):
        page.goto(f"/k/{code}/{path}")
        looks_right()

    sign_in(sari)
    with scope.cooperative(operating.pk):
        open_shift(BusinessUnit.objects.of(operating).get(), sari, at=timezone.now())
    sell(page, code, member, looks_right)
    with scope.cooperative(operating.pk):
        sale = Sale.objects.of(operating).get()
    assert (sale.total_idr, sale.member_id) == (34_600, member.id)

    sign_in(dewi)
    the_city_shows(page, looks_right, note="mencatat penjualan")
    expect(page.locator("main")).to_contain_text("Rp10.640.000")
    expect(page.locator("main")).to_contain_text("73")
    page.goto(f"/kota/koperasi/{code}/")
    looks_right()
    expect(page.locator("main")).to_contain_text("Rp34.600")


def test_the_cooperatives_own_pages_are_right(page: Page, operating, budi, sign_in, looks_right):
    sign_in(budi)
    code = operating.code
    for path in (
        "",
        "koperasi/",
        "koperasi/tahap/",
        "koperasi/ketetapan/",
        "anggota/",
        "anggota/daftar/",
        "gerai/barang/",
        "gerai/unit/",
        "gerai/penjualan/",
        "impor/",
    ):
        page.goto(f"/k/{code}/{path}")
        looks_right()
    page.goto("/profil/")
    looks_right()


def test_a_wrong_password_is_said_and_not_more(page: Page, sari, looks_right):
    page.goto("/akun/login/")
    looks_right()
    page.fill("input[name=login]", "sari")
    page.fill("input[name=password]", "salah")
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("tidak")
    looks_right()
