"""The city's page for everybody."""

from playwright.sync_api import Page, expect

from kkmp.registry.models import Cooperative


def test_the_map_is_entered_and_walked_with_the_keyboard(page: Page, melati: Cooperative) -> None:
    page.goto("/")
    # The map is one stop of the Tab key once its module has come.
    expect(page.locator('[data-tile][tabindex="0"]')).to_have_count(1)
    skip = page.locator(".skip-map")
    skip.focus()
    tile = page.locator("[data-tile]:focus")
    for _key in range(2):
        page.keyboard.press("Tab")
        if tile.count():
            break
    expect(tile).to_have_count(1)
    first = tile.get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    expect(tile).to_have_count(1)
    assert tile.get_attribute("aria-label") != first
    expect(page.locator("[data-map-card]")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".map-list summary").first).to_be_focused()


def test_no_column_is_cut_on_paper(page: Page, melati: Cooperative, dewi, sign_in, case) -> None:
    sign_in(dewi)
    for address in ("/", "/kota/", "/kota/kecamatan/33.74.11/", f"/kota/koperasi/{melati.code}/"):
        page.goto(address)
        page.emulate_media(media="print")
        # What margins of 16 mm leave of A4.
        page.set_viewport_size({"width": 673, "height": 1000})
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        cut = page.evaluate(
            """() => Array.from(document.querySelectorAll("table"))
                .filter((table) => table.getBoundingClientRect().right > innerWidth + 1
                    || table.parentElement.scrollWidth > table.parentElement.clientWidth + 1)
                .map((table) => table.caption?.textContent ?? table.className)"""
        )
        page.emulate_media(media="screen")
        with case(address):
            assert cut == []


def test_whoever_is_signed_in_sees_the_brand_beside_the_languages(
    page: Page, melati: Cooperative, dewi, sign_in
) -> None:
    sign_in(dewi)
    page.goto("/")
    covered = page.evaluate(
        """() => [".masthead .brand-text strong", ".masthead .switch", ".masthead-home"]
            .filter((one) => {
                const element = document.querySelector(one), box = element.getBoundingClientRect();
                return ![0.1, 0.5, 0.9].every((part) => element.contains(document.elementFromPoint(
                    box.left + box.width * part, box.top + box.height / 2)));
            })"""
    )
    assert covered == []
    expect(page.get_by_role("link", name="Buka halaman saya")).to_be_visible()


def test_what_sticks_to_the_top_stays_there_on_a_long_page(
    page: Page, melati: Cooperative, dewi, sign_in
) -> None:
    """A body as tall as the window takes it away after one screen."""
    page.set_viewport_size({"width": 360, "height": 640})
    sign_in(dewi)
    for address, head in (("/", ".masthead"), ("/kota/", ".top")):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollHeight") > 3 * 640
        page.evaluate("scrollTo(0, 2 * innerHeight)")
        page.wait_for_function("scrollY > 1000")
        assert page.evaluate(f"document.querySelector('{head}').getBoundingClientRect().top") == 0
