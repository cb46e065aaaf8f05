"""The description of the API: axe finds nothing serious, with operations open as well."""

from playwright.sync_api import Page

from kkmp.registry.models import Cooperative
from tests.browser.conftest import AXE


def test_axe_finds_nothing_serious_on_the_page_of_the_api(page: Page, melati: Cooperative) -> None:
    page.goto("/api/v1/")
    for method in ("get", "post", "put", "patch", "delete"):
        summary = page.locator(f".opblock-{method} .opblock-summary-control").first
        summary.click()
        page.locator(f".opblock-{method}.is-open .opblock-body").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
