"""``make screenshots``: the main pages of the running demo, on a desk and on a phone.

The pictures of the README and of the user guide. They are drawn anew all together, so that a
page that has changed never stands beside an old picture of it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kkmp.runner import chromium, environment
from kkmp.runner.console import step
from kkmp.runner.signins import PASSWORD

FOLDER = environment.ROOT / "docs" / "screenshots"
GEDAWANG = "/k/3374111002"
DESKTOP = {"width": 1280, "height": 960}
PHONE = {"width": 360, "height": 780}


@dataclass(frozen=True)
class Shot:
    """One page.

    :param act: steps after the page is open, as (what, selector, text): ``click``, ``fill`` or
        ``goto first`` link that matches the selector
    """

    name: str
    who: str | None
    path: str
    act: tuple[tuple[str, str, str], ...] = ()
    dark: bool = False


SHOTS = (
    Shot("umum", None, "/"),
    Shot("masuk", None, "/akun/login/"),
    Shot("kota", "kota", "/kota/"),
    Shot("kota-gelap", "kota", "/kota/", dark=True),
    Shot("kota-koperasi", "kota", "/kota/koperasi/3374111002/"),
    Shot("beranda", "ketua.gedawang", f"{GEDAWANG}/"),
    Shot("koperasi", "ketua.gedawang", f"{GEDAWANG}/koperasi/"),
    Shot("anggota", "sekretaris.gedawang", f"{GEDAWANG}/anggota/"),
    Shot("anggota-daftar", "sekretaris.gedawang", f"{GEDAWANG}/anggota/daftar/"),
    Shot(
        "anggota-satu",
        "bendahara.gedawang",
        f"{GEDAWANG}/anggota/?status=active",
        (("follow", "#results a.row-link", ""),),
    ),
    Shot(
        "simpanan-setor",
        "bendahara.gedawang",
        f"{GEDAWANG}/anggota/?status=active",
        (("follow", "#results a.row-link", ""), ("follow", "a[href$='/setor/']", "")),
    ),
    Shot("impor", "sekretaris.gedawang", f"{GEDAWANG}/impor/"),
    Shot("kasir", "kasir.gedawang", f"{GEDAWANG}/gerai/kasir/"),
    Shot("barang", "ketua.gedawang", f"{GEDAWANG}/gerai/barang/"),
    Shot("penjualan", "ketua.gedawang", f"{GEDAWANG}/gerai/penjualan/"),
    Shot("neraca-saldo", "bendahara.gedawang", f"{GEDAWANG}/buku/"),
    Shot("jurnal", "bendahara.gedawang", f"{GEDAWANG}/buku/jurnal/"),
    Shot("saldo-awal", "bendahara.gedawang", f"{GEDAWANG}/buku/saldo-awal/"),
    Shot("bulan", "bendahara.gedawang", f"{GEDAWANG}/buku/bulan/"),
    Shot("profil", "bendahara.gedawang", "/profil/"),
    Shot("admin", "admin", "/admin/"),
)


def draw(address: str, only: tuple[str, ...] = ()) -> int:
    """Draw every page of the demo at ``address``; returns the exit code."""
    # Needs the packages of development, which the runner itself does without.
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or chromium.ensure(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            + ["--disable-component-update", "--disable-sync", "--no-first-run"],
        )
        for kind, size in (("desktop", DESKTOP), ("phone", PHONE)):
            signed_in: dict[tuple[str | None, bool], Any] = {}
            for shot in SHOTS:
                if only and shot.name not in only:
                    continue
                who = (shot.who, shot.dark)
                if who not in signed_in:
                    signed_in[who] = _open(browser, address, size, *who)
                _draw(signed_in[who], shot, FOLDER / f"{shot.name}-{kind}.png")
        browser.close()
    return 0


def _open(browser: Any, address: str, size: dict[str, int], who: str | None, dark: bool) -> Any:
    context = browser.new_context(
        base_url=address,
        viewport=size,
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        color_scheme="dark" if dark else "light",
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


def _draw(page: Any, shot: Shot, file: Path) -> None:
    step(str(file.relative_to(environment.ROOT)))
    page.goto(shot.path)
    for what, selector, text in shot.act:
        if what == "follow":
            page.goto(page.locator(selector).first.get_attribute("href"))
        elif what == "fill":
            page.fill(selector, text)
        else:
            page.click(selector)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    page.screenshot(path=file)
