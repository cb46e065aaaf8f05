"""A visit to each page, in which all is looked at that the tests ask about."""

from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page

from tests.browser.pages.server import Made
from tests.browser.pages.walk import OnePage

#: By how large the browser's letters are, usually 16: width and height of the windows.
LETTERS = {
    16: {"on a phone": (360, 640)},
    32: {"on a phone in large letters": (360, 640), "in large letters": (1280, 800)},
}
WINDOWS = [name for windows in LETTERS.values() for name in windows]
_HERE = Path(__file__).parent
_LOOK, _FIRST, _PRINT = ((_HERE / f"{name}.js").read_text() for name in ("look", "first", "print"))
_USUAL = 16
#: Letters change a moment after they were asked to.
_LETTERS = """(size) => new Promise((done) => {
    const look = () => getComputedStyle(document.documentElement).fontSize === `${size}px`
        ? requestAnimationFrame(done) : setTimeout(look, 5);
    look();
})"""
#: Pictures of figures fit themselves to their place after that, in milliseconds.
_SETTLED = 500
_ON_A_ROLL = ".receipt, .slip, .paper.roll"


@dataclass
class Visit:
    """What was found on one page.

    :param faults: by window, what cannot be read or pressed there
    :param below: by how many pixels the first row of its list is below a phone's window
    :param filled: how far down the first of several sheets of A4 is written on, of 1
    :param for_the_screen: what a printer would print though it is only for the screen
    """

    page: OnePage
    faults: dict[str, list[str]] = field(default_factory=dict)
    below: int | None = None
    filled: float | None = None
    for_the_screen: list[str] = field(default_factory=list)


def visit_all(browser: Browser, pages: list[OnePage], made: Made) -> list[Visit]:
    context = browser.new_context(
        locale="id-ID", timezone_id="Asia/Jakarta", reduced_motion="reduce"
    )
    # A machine with other tests on it is slow now and then.
    context.set_default_timeout(120_000)
    page = context.new_page()
    # A page may ask before it is left.
    page.on("dialog", lambda dialog: dialog.accept())
    letters = context.new_cdp_session(page)
    visits = [Visit(one) for one in pages]
    # Larger letters on a page that stands have all of it measured anew, which takes longer than
    # to open it once more.
    for size in LETTERS:
        sizes = {"standard": size, "fixed": size * 13 // 16}
        letters.send("Page.setFontSizes", {"fontSizes": sizes})
        for visit in visits:
            _look(page, visit, size, made)
    context.close()
    return visits


def _look(page: Page, visit: Visit, size: int, made: Made) -> None:
    """Open it in the first of the windows, which is made as large as the others after that."""
    for at, (name, (width, height)) in enumerate(LETTERS[size].items()):
        if at == 0:
            # Quicker to make smaller or larger than the page before.
            page.goto("about:blank")
        page.set_viewport_size({"width": width, "height": height})
        if at == 0:
            _open(page, visit, made)
        page.evaluate(_LETTERS, size)
        if size == _USUAL:
            visit.below = page.evaluate(_FIRST)
        visit.faults[name] = _faults(page)
    if size == _USUAL:
        _print(page, visit)


def _open(page: Page, visit: Visit, made: Made) -> None:
    page.emulate_media(media="screen")
    page.goto(made.url + visit.page.path, wait_until="load")
    if visit.page.name == "till:shell":
        page.wait_for_selector(".till-tile")


def _faults(page: Page) -> list[str]:
    """The faults of a page that are still there a moment later."""
    if page.evaluate(_LOOK):
        page.wait_for_timeout(_SETTLED)
        return list(page.evaluate(_LOOK))
    return []


def _print(page: Page, visit: Visit) -> None:
    """The last look: the page stays as long as it was made for paper."""
    if page.locator(_ON_A_ROLL).count():
        return
    page.emulate_media(media="print")
    found = page.evaluate(_PRINT)
    visit.for_the_screen = found["forTheScreen"]
    if found["isLong"]:
        pdf = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
        if len(pdf) > 1:
            visit.filled = _filled(pdf[0])


def _filled(sheet: pypdfium2.PdfPage) -> float:
    text = sheet.get_textpage()
    below = [
        text.get_charbox(at)[1]
        for at in range(text.count_chars())
        if text.get_text_range(at, 1).strip()
    ]
    return 1 - min(below, default=sheet.get_height()) / sheet.get_height()
