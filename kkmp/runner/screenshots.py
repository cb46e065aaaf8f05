"""``make screenshots``: the pictures of the README and of the user guide, of the running demo.

Each package declares those of its pages (`kkmp.runner.shots`). Some of them sell, pay in or
import, so they are drawn of a demo that nobody has used yet: ``make reset run`` first.
"""

import os
from typing import TYPE_CHECKING

from kkmp.runner import chromium, environment, pictures, shots
from kkmp.runner.console import say, step
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.shots import Shot
from kkmp.runner.signins import PASSWORD

# Of the packages of development, which the runner itself does without.
if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

FOLDER = environment.ROOT / "docs" / "screenshots"
DATA = environment.ROOT / "tests" / "data"
DESK: "ViewportSize" = {"width": 1280, "height": 960}
PHONE: "ViewportSize" = {"width": 360, "height": 780}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def draw(address: str, only: tuple[str, ...] = ()) -> int:
    """Draw the pages of the demo at ``address`` and write those that have changed.

    :param only: names of pictures; they are written at the smallest change. Without them all
        are drawn, small changes count as noise, and pictures that nobody declares are removed
    """
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    declared = shots.declared()
    walks = shots.chosen(declared, only) if only else declared
    written = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or chromium.ensure(), args=[*ARGUMENTS]
        )
        pages: dict[tuple[str, bool], Page] = {}
        for walk in walks:
            key = walk.shots[0].who, walk.shots[0].phone
            if key not in pages:
                pages[key] = _open(browser, address, *key)
            for shot in walk.shots:
                drawn = _draw(pages[key], shot)
                if (not only or shot.name in only) and _keep(shot, drawn, every=bool(only)):
                    written.append(shot.name)
        browser.close()
    if not only:
        _remove_others({name for walk in declared for name in walk.names})
    say(f"Written: {', '.join(written) or 'none, nothing has changed'}.")
    return 0


def _open(browser: "Browser", address: str, who: str, phone: bool) -> "Page":
    context = browser.new_context(
        base_url=address,
        viewport=PHONE if phone else DESK,
        is_mobile=phone,
        has_touch=phone,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if who:
        page.goto("/akun/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "login" not in url)
    return page


def _draw(page: "Page", shot: Shot) -> bytes:
    step(shot.name)
    if shot.path:
        page.goto(shot.path)
    for taken in shot.steps:
        _take(page, *taken)
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    return page.screenshot()


def _keep(shot: Shot, drawn: bytes, *, every: bool) -> bool:
    file = FOLDER / f"{shot.name}.webp"
    return pictures.keep(drawn, file, noise=0 if every else pictures.NOISE)


def _remove_others(names: set[str]) -> None:
    for file in FOLDER.glob("*.webp"):
        if file.stem not in names:
            step(f"Removed {file.name}, which nobody declares")
            file.unlink()


def _take(page: "Page", what: str, where: str, text: str = "") -> None:
    if what == "open":
        page.goto(where)
        return
    found = page.locator(where).first
    match what:
        case "follow":
            page.goto(found.get_attribute("href") or "")
        case "click":
            found.click()
        case "click if shown":
            if found.is_visible():
                found.click()
        case "fill":
            found.fill(text)
        case "press":
            found.press(text)
        case "wait":
            found.wait_for(timeout=60_000)
        case "upload":
            found.set_input_files(DATA / text)
        case _:
            raise CannotGoOn(f"Nobody knows how to {what}.")
