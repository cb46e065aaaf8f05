"""The life of a membership in a real browser: from the poster on the wall to the certificate."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from kkmp.access.models import User
from kkmp.lib.clock import business_today
from kkmp.lib.identity import parse_nik
from kkmp.lib.periods import add_months, month_of
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.joining import documents
from members.models import (
    Collection,
    Consent,
    Exit,
    Member,
    SavingsBalance,
    SavingsEntry,
    Status,
)
from members.register.services.membership import Particulars
from members.takeover.services import opening
from members.takeover.services.opening import Opening
from tests.shops.conftest import fill_cash_box

pytestmark = pytest.mark.django_db(transaction=True)

NEWCOMER = "Tuti (rekaan)"


def answered(page: Page, selector: str) -> bytes:
    """What lies behind a link: documents open in a viewer that shows nothing of itself."""
    address = page.locator(selector).first.get_attribute("href")
    assert address
    answer = page.request.get(address)
    assert answer.ok
    return answer.body()


def sent(page: Page, selector: str = "main form .form-actions .btn-primary") -> None:
    page.locator(selector).first.click()


# --- Joining ---------------------------------------------------------------------------------


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that QR codes of posters were drawn for."""
    drawn: list[str] = []
    draw = documents._qr
    monkeypatch.setattr(documents, "_qr", lambda text: (drawn.append(text), draw(text))[1])
    return drawn


def test_a_neighbour_reads_the_poster_and_becomes_a_member_with_a_card(
    page: Page,
    looks_right: Any,
    sign_in: Any,
    melati: Cooperative,
    rini: User,
    tono: User,
    printed: list[str],
) -> None:
    sign_in(rini)
    page.goto(f"/k/{melati.code}/anggota/pendaftaran/")
    looks_right()
    assert answered(page, "main a[href$='poster.pdf']").startswith(b"%PDF")
    page.context.clear_cookies()

    _apply(page, printed[0], looks_right)
    sign_in(rini)
    _verify(page, melati, looks_right)
    sign_in(tono)
    with scope.cooperative(melati.pk):
        applicant = Member.objects.of(melati).get()
        assert applicant.status == Status.APPLIED
        assert Consent.objects.of(melati).filter(member=applicant).count() == 1
    page.goto(f"/k/{melati.code}/anggota/{applicant.id}/")
    looks_right()
    page.click("main a[href$='/setor/']")
    looks_right()
    expect(page.locator("[name=amount_idr]")).to_have_value("100.000")
    sent(page)
    page.wait_for_url(re.compile("kuitansi"))
    looks_right()

    page.goto(f"/k/{melati.code}/anggota/{applicant.id}/")
    expect(page.locator("main")).to_contain_text("0001")
    looks_right()
    assert answered(page, "main a[href$='/kartu.pdf']").startswith(b"%PDF")
    assert answered(page, "main a[href$='/kartu.png']").startswith(b"\x89PNG")
    page.goto(f"/k/{melati.code}/anggota/kartu/")
    looks_right()
    with scope.cooperative(melati.pk):
        member = Member.objects.of(melati).get()
        assert (member.status, member.number) == (Status.ACTIVE, 1)


def _apply(page: Page, address: str, looks_right: Any) -> None:
    page.goto(address)
    looks_right()
    page.fill("[name=name]", NEWCOMER)
    page.fill("[name=nik]", "3374115203")
    sent(page)
    looks_right()
    expect(page.locator("[name=name]")).to_have_value(NEWCOMER)
    page.fill("[name=nik]", "3374 1152 0390 0001")
    page.fill("[name=phone]", "0812-3456-7890")
    page.locator("[name=category]").first.check()
    page.locator("[name=agrees]").check()
    sent(page)
    page.wait_for_url(re.compile("terima-kasih"))
    looks_right()


def _verify(page: Page, cooperative: Cooperative, looks_right: Any) -> None:
    page.goto(f"/k/{cooperative.code}/anggota/pendaftaran/")
    looks_right()
    page.click("main a.row-link")
    page.wait_for_url(re.compile("pendaftaran/.{36}/"))
    looks_right()
    page.locator("[name=has_seen_ktp]").check()
    sent(page)
    page.wait_for_url(re.compile("/anggota/.{36}/"))
    looks_right()
    page.goto(f"/k/{cooperative.code}/anggota/calon/")
    looks_right()
    expect(page.locator("a[href^='https://wa.me/6281234567890']")).to_have_count(1)


# --- A meeting's collection ------------------------------------------------------------------


@pytest.fixture
def people(melati: Cooperative, agus: User) -> list[Member]:
    """Three members since last month, who have paid the principal and nothing else."""
    joined = add_months(month_of(business_today()), -1)
    names = (("Ani Lestari", "003"), ("Budi Utomo", "003"), ("Citra Ayu", "001"))
    with scope.cooperative(melati.pk):
        return opening.take_over(
            cooperative=melati,
            people=[
                Opening(
                    particulars=Particulars(
                        name=name, rw=rw, phone="+6281200000001", nik=_nik(serial)
                    ),
                    status=Status.ACTIVE,
                    since=joined,
                    principal_idr=100_000,
                )
                for serial, (name, rw) in enumerate(names, start=1)
            ],
            key=uuid4(),
            on=joined,
            by=agus,
        ).members


def _nik(serial: int) -> Any:
    return parse_nik(f"337411520390{serial:04}")


def _sum(page: Page) -> Any:
    return expect(page.locator(".collect-bar"))


def test_a_suggestion_is_never_a_choice(
    page: Page, melati: Cooperative, people: list[Member], tono: Any, sign_in: Any, case: Any
) -> None:
    """What Enter takes of what was typed: nobody, where several may be meant."""
    with scope.cooperative(melati.pk):
        for member, number in zip(people, (610, 1, 1001), strict=True):
            Member.objects.of(melati).filter(id=member.id).update(number=number)
    sign_in(tono)
    # Only Citra lives in this RW; the others are found by the server.
    page.goto(f"/k/{melati.code}/anggota/setoran-bersama/?rw=001")
    ani, budi, citra = people
    taken = {"0001": budi, "1": budi, "610": ani, "0610": ani, "1001": citra, "budi ut": budi}
    taken |= {"61": None, "10": None, "2": None, "i": None, "001": budi}
    page.wait_for_load_state("networkidle")
    for text, member in taken.items():
        with case(text):
            page.fill("[data-find]", text)
            page.press("[data-find]", "Enter")
            page.wait_for_load_state("networkidle")
            wanted = f"#wajib-{member.id}" if member else "[data-find]"
            expect(page.locator(wanted)).to_be_focused()
    page.fill("[data-find]", "i")
    page.press("[data-find]", "Enter")
    expect(page.locator("[data-find-status]")).not_to_be_empty()
    page.press("[data-find]", "ArrowDown")
    page.press("[data-find]", "Enter")
    expect(page.locator(f"#wajib-{citra.id}")).to_be_focused()


def test_a_meeting_is_collected_by_keyboard_and_kept_until_it_is_saved(
    page: Page, melati: Cooperative, people: list[Member], tono: Any, sign_in: Any, looks_right: Any
) -> None:
    sign_in(tono)
    _see_who_is_behind(page, melati, looks_right)
    page.goto(f"/k/{melati.code}/anggota/setoran-bersama/?rw=003")
    looks_right()
    _type_amounts(page)
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

    _save_by_keyboard(page)
    page.wait_for_url(re.compile("setoran-bersama/[0-9a-f-]{36}/$"))
    looks_right()
    assert page.evaluate("localStorage.length") == 0
    page.go_back()
    page.wait_for_load_state("networkidle")
    with scope.cooperative(melati.pk):
        assert Collection.objects.of(melati).get().total_idr == 40_000
        held = SavingsBalance.objects.of(melati).filter(kind__code="wajib")
        assert dict(held.values_list("member__name", "balance_idr")) == {
            "Ani Lestari": 20_000,
            "Budi Utomo": 15_000,
            "Citra Ayu": 5_000,
        }
    page.goto(f"/k/{melati.code}/anggota/simpanan-wajib/?tahun={business_today().year}")
    row = page.locator(".month-grid tr", has_text="Ani Lestari")
    expect(row.locator(".month-paid").last).to_be_attached()
    expect(row.locator(".is-behind")).to_have_count(0)
    behind = page.locator(".month-grid tr", has_text="Budi Utomo")
    expect(behind.locator(".month-part")).to_have_count(1)


def _see_who_is_behind(page: Page, cooperative: Cooperative, looks_right: Any) -> None:
    for path in ("simpanan-wajib/", "tunggakan/"):
        page.goto(f"/k/{cooperative.code}/anggota/{path}")
        expect(page.locator("main")).to_contain_text("Ani Lestari")
        looks_right()


def _type_amounts(page: Page) -> None:
    """The amount that is due, another amount, and somebody who is not on this RW's list."""
    find = page.locator("[data-find]")
    for who, amount in (("ani", ""), ("2", "15000"), ("citra", "5 ribu")):
        find.fill(who)
        find.press("Enter")
        expect(page.locator("[data-amount]:focus")).to_have_count(1)
        page.keyboard.type(amount)
        page.keyboard.press("Enter")
        expect(find).to_be_focused()
    _sum(page).to_contain_text("Rp40.000")


def _save_by_keyboard(page: Page) -> None:
    page.locator("[data-find]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-save]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#confirm-text")).to_contain_text("Rp40.000")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


# --- Leaving ---------------------------------------------------------------------------------


def test_somebody_leaves_is_paid_once_and_gets_a_certificate(
    page: Page,
    melati: Cooperative,
    people: list[Member],
    rini: User,
    budi: User,
    tono: User,
    sign_in: Any,
    looks_right: Any,
) -> None:
    with scope.cooperative(melati.pk):
        fill_cash_box(melati, 100_000)
    sign_in(rini)
    page.goto(f"/k/{melati.code}/anggota/{people[0].id}/")
    page.click("main a[href$='/keluar/']")
    looks_right()
    page.check("[name=reason][value=moved]")
    sent(page)
    page.wait_for_url(re.compile("/anggota/keluar/.{36}/"))
    looks_right()

    sign_in(budi)
    page.goto(f"/k/{melati.code}/anggota/keluar/")
    looks_right()
    page.click("main a.row-link")
    page.click("main a[href$='/putusan/']")
    looks_right()
    page.fill("[name=decision_number]", "12/BA/XI/2026")
    page.check("[name=when][value=later]")
    page.fill("[name=pay_on]", (business_today() + timedelta(days=7)).isoformat())
    sent(page)
    page.click("dialog[open] [value=yes]")
    page.wait_for_url(re.compile("/anggota/keluar/.{36}/$"))
    looks_right()

    sign_in(tono)
    page.goto(f"/k/{melati.code}/anggota/keluar/")
    expect(page.locator("main")).to_contain_text("Rp100.000")
    looks_right()
    page.click("main a.row-link")
    page.click("main a[href$='/bayar/']")
    looks_right()
    sent(page)
    page.click("dialog[open] [value=yes]")
    page.wait_for_url(re.compile("/anggota/keluar/.{36}/$"))
    looks_right()
    assert answered(page, "main a[href$='/surat.pdf']").startswith(b"%PDF")
    page.go_back()
    page.wait_for_url(re.compile("/anggota/keluar/.{36}/$"))
    with scope.cooperative(melati.pk):
        exit = Exit.objects.of(melati).get()
        assert (exit.refund_idr, exit.paid_on, exit.paid_by) == (100_000, business_today(), tono)
        assert SavingsEntry.objects.of(melati).filter(amount_idr__lt=0).count() == 1
        assert Member.objects.of(melati).get(id=people[0].id).status == Status.LEFT


def test_the_empty_search_of_the_collection_does_not_look_wrong(page, melati, tono, sign_in):
    sign_in(tono)
    page.goto(f"/k/{melati.code}/anggota/setoran-bersama/")
    find = page.locator("[data-find]")
    wrong = page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
    )
    drawn = page.evaluate(
        """(colour) => {
            const probe = document.body.appendChild(document.createElement("i"));
            probe.style.color = colour;
            return getComputedStyle(probe).color;
        }""",
        wrong,
    )
    page.locator("h1").click()
    expect(find).not_to_have_css("border-top-color", drawn)
    expect(find).not_to_have_class("is-invalid")
