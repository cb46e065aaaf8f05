"""How long a scan takes to become a line on the screen, in a browser on a phone's processor."""

import os
from random import Random

from kkmp.runner import chromium

SCANS, WARM_UP, SLOWDOWN = 40, 5, 6

_WATCH = """
() => new Promise((done) => {
  const lines = document.querySelector("[data-lines]");
  const begun = performance.now();
  const watch = new MutationObserver(() => {
    watch.disconnect();
    // The line is on screen once the browser has drawn the frame that holds it.
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun), 0));
  });
  watch.observe(lines, { childList: true, subtree: true, characterData: true, attributes: true });
  const box = document.querySelector("[data-search]");
  box.form.requestSubmit();
})
"""


def seconds(address: str, username: str, password: str, code: str) -> list[float]:
    """What each scan took, from the scanner's Enter to the drawn line."""
    from playwright.sync_api import sync_playwright

    random = Random("scan")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or chromium.ensure(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        page = browser.new_context(
            viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
        ).new_page()
        page.goto(f"{address}/akun/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "login" not in url)
        page.goto(f"{address}/k/{code}/gerai/kasir/")
        page.wait_for_selector("[data-tiles] button")
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        taken = []
        for number in range(SCANS + WARM_UP):
            page.fill("[data-search]", f"8990{random.randrange(5_000):08d}")
            took = page.evaluate(_WATCH) / 1000
            if number >= WARM_UP:
                taken.append(took)
        browser.close()
    return taken
