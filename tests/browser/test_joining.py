"""From the poster to the register: the form on a phone, then the clerk's look at the KTP."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Consent, Member, Status


def test_a_neighbour_applies_and_is_verified(
    page: Page, looks_right: Any, sign_in: Any, melati: Cooperative, rini: User
) -> None:
    page.goto(f"/gabung/{melati.code}/")
    looks_right()
    page.fill("[name=name]", "Tuti (rekaan)")
    page.fill("[name=nik]", "3374115203")
    page.click("main form .btn-primary")
    looks_right()
    expect(page.locator("[name=name]")).to_have_value("Tuti (rekaan)")
    page.fill("[name=nik]", "3374 1152 0390 0001")
    page.fill("[name=phone]", "0812-3456-7890")
    page.locator("[name=category]").first.check()
    page.locator("[name=agrees]").check()
    page.click("main form .btn-primary")
    page.wait_for_url(re.compile("terima-kasih"))
    looks_right()

    sign_in(rini)
    page.goto(f"/k/{melati.code}/anggota/pendaftaran/")
    looks_right()
    page.click("main a.row-link")
    page.wait_for_url(re.compile("pendaftaran/.{36}/"))
    looks_right()
    page.locator("[name=has_seen_ktp]").check()
    page.click("main form .btn-primary")
    page.wait_for_url(re.compile("/anggota/.{36}/"))
    looks_right()
    page.goto(f"/k/{melati.code}/anggota/calon/")
    looks_right()
    expect(page.locator("a[href^='https://wa.me/6281234567890']")).to_have_count(1)
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).get().status == Status.APPLIED
        assert Consent.objects.of(melati).count() == 1
