"""A session that ends, a line that is cut, a refusal and the way back: the form is filled again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

NIK = "3374116512750017"
SignIn = Callable[[User], None]


def fill(page: Page, melati: Cooperative) -> None:
    page.goto(f"/k/{melati.code}/anggota/daftar/")
    page.fill("[name=name]", "Ani (rekaan)")
    page.fill("[name=address]", "Jalan Contoh 7")
    page.fill("[name=nik]", NIK)
    page.fill("[name=occupation]", f"NIK {NIK}")


def send(page: Page) -> None:
    page.locator("main form[method=post] .form-actions [type=submit]").first.click()


def signs_in_again(page: Page, user: User) -> None:
    page.wait_for_url("**/akun/login/**")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/anggota/daftar/**")


def kept(page: Page) -> str:
    return str(page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])"))


def test_a_session_that_ended_gives_it_back_after_signing_in(
    page: Page, sign_in: SignIn, rini: User, melati: Cooperative, looks_right: Callable[[], None]
) -> None:
    sign_in(rini)
    fill(page, melati)
    page.context.clear_cookies(name="sessionid")
    send(page)
    page.wait_for_url("**/akun/login/**")
    # Neither in its own box nor within another.
    assert "Jalan Contoh 7" in kept(page)
    assert NIK not in kept(page)
    signs_in_again(page, rini)
    expect(page.locator("[data-typed-shown]")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Ani (rekaan)")
    expect(page.locator("[name=address]")).to_have_value("Jalan Contoh 7")
    expect(page.locator("[name=nik]")).to_have_value("")
    looks_right()
    page.fill("[name=nik]", "")
    send(page)
    page.wait_for_url(lambda url: "daftar" not in url)
    assert "Jalan Contoh 7" not in kept(page)
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).filter(name="Ani (rekaan)").count() == 1


def test_somebody_else_is_offered_it_and_asked(
    page: Page, sign_in: SignIn, rini: User, budi: User, melati: Cooperative
) -> None:
    sign_in(rini)
    fill(page, melati)
    page.context.clear_cookies(name="sessionid")
    send(page)
    signs_in_again(page, budi)
    expect(page.locator("[name=name]")).to_have_value("")
    page.locator("[data-typed-fill]").click()
    expect(page.locator("[name=name]")).to_have_value("Ani (rekaan)")


def test_a_cut_line_loses_nothing(
    page: Page, sign_in: SignIn, rini: User, melati: Cooperative
) -> None:
    sign_in(rini)
    fill(page, melati)
    page.context.set_offline(True)
    send(page)
    expect(page.locator(".note-error, [data-toast=error]").first).to_be_visible()
    expect(page.locator("[name=nik]")).to_have_value(NIK)
    page.context.set_offline(False)


def test_the_way_back_after_a_refusal_finds_it_filled(
    page: Page, sign_in: SignIn, rini: User, melati: Cooperative
) -> None:
    sign_in(rini)
    fill(page, melati)
    page.fill("[name=rt]", "x")
    send(page)
    expect(page.locator("[data-error-summary]")).to_be_visible()
    expect(page.locator("[data-typed-shown]")).to_have_count(0)
    page.go_back()
    page.reload()
    expect(page.locator("[data-typed-shown]")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Ani (rekaan)")


def test_the_administrations_forms_are_filled_again_too(
    page: Page, sign_in: SignIn, agus: User
) -> None:
    sign_in(agus)
    page.goto(f"/admin/access/user/{agus.pk}/change/")
    page.fill("[name=name]", "Agus Baru (rekaan)")
    page.context.clear_cookies(name="sessionid")
    page.locator("[name=_save]").first.click()
    page.wait_for_url("**/akun/login/**")
    page.fill("[name=login]", agus.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/admin/access/user/**")
    expect(page.locator("[name=name]")).to_have_value("Agus Baru (rekaan)")
    expect(page.locator("[data-typed-shown]")).to_be_visible()


def test_what_was_typed_before_the_scripts_had_come_is_given_back(
    page: Page, sign_in: SignIn, rini: User, melati: Cooperative
) -> None:
    sign_in(rini)
    # The line is slow: somebody has typed their name before the page's modules are there.
    page.add_init_script("""
        const observer = new MutationObserver(() => {
            const box = document.querySelector("[name=name]");
            if (!box || sessionStorage.typedEarly) return;
            box.value = "Ani (rekaan)";
            sessionStorage.typedEarly = "1";
        });
        observer.observe(document, { childList: true, subtree: true });
    """)
    page.goto(f"/k/{melati.code}/anggota/daftar/")
    expect(page.locator("[name=name]")).to_have_value("Ani (rekaan)")
    page.context.clear_cookies(name="sessionid")
    send(page)
    signs_in_again(page, rini)
    expect(page.locator("[data-typed-shown]")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Ani (rekaan)")
