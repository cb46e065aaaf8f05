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

    :param path: empty to go on from where the shot before has ended
    :param steps: to take once the page is open, as (what, selector, text): ``follow`` the first
        matching link, ``open`` an address, ``click``, ``click if shown``, ``fill``, ``press`` a
        key, ``wait`` until something is there, ``upload`` a file of the tests' data
    :param desk_only: changes the demo, so it is drawn once
    """

    name: str
    who: str | None
    path: str
    steps: tuple[tuple[str, str, str], ...] = ()
    dark: bool = False
    desk_only: bool = False


def _follow(selector: str) -> tuple[str, str, str]:
    return ("follow", selector, "")


def _click(selector: str) -> tuple[str, str, str]:
    return ("click", selector, "")


_MEMBER = _follow("#results a.row-link")
_GOODS = _follow("#results a.row-link")
_SUGAR, _OIL = "8990000070030", "8990000070047"
_MANAGER, _TREASURER = "ketua.gedawang", "bendahara.gedawang"
_CLERK, _CASHIER = "sekretaris.gedawang", "kasir.gedawang"

SHOTS = (
    Shot("publik", None, "/"),
    Shot("masuk", None, "/akun/login/"),
    Shot("kota", "kota", "/kota/"),
    Shot("kota-gelap", "kota", "/kota/", dark=True),
    Shot("kota-kecamatan", "kota", "/kota/kecamatan/33.74.11/"),
    Shot("kota-koperasi", "kota", "/kota/koperasi/3374111002/"),
    Shot("beranda", _MANAGER, f"{GEDAWANG}/"),
    Shot("koperasi", _MANAGER, f"{GEDAWANG}/koperasi/"),
    Shot("anggota", _CLERK, f"{GEDAWANG}/anggota/"),
    Shot("anggota-daftar", _CLERK, f"{GEDAWANG}/anggota/daftar/"),
    Shot("anggota-satu", _TREASURER, f"{GEDAWANG}/anggota/?status=active", (_MEMBER,)),
    Shot("angka", _MANAGER, f"{GEDAWANG}/anggota/angka/"),
    Shot(
        "tampilan",
        _MANAGER,
        f"{GEDAWANG}/anggota/tampilan/simpan/?page=register&query=rw%3D003%26sex%3DF",
        (("fill", "[name=name]", "RW 03 perempuan"), _click("main .btn-primary")),
        desk_only=True,
    ),
    Shot(
        "ekspor",
        _MANAGER,
        f"{GEDAWANG}/buku/jurnal/",
        (_click(".take-out button"), ("wait", "a[download]", "")),
        desk_only=True,
    ),
    Shot("ekspor-catatan", _MANAGER, f"{GEDAWANG}/ekspor/catatan/", desk_only=True),
    Shot("simpanan-setor", _TREASURER, "", (_follow("a[href$='/setor/']"),)),
    Shot(
        "simpanan-kuitansi",
        _TREASURER,
        f"{GEDAWANG}/anggota/?status=active",
        (_MEMBER, _follow("a[href*='/kuitansi/']")),
    ),
    Shot("simpanan-koreksi", _TREASURER, "", (_follow("a[href$='/koreksi/']"),)),
    Shot("simpanan-jenis", _TREASURER, f"{GEDAWANG}/anggota/jenis-simpanan/"),
    Shot("kartu", _CLERK, f"{GEDAWANG}/anggota/kartu/?numbers=1-40"),
    Shot(
        "kartu-buku",
        _TREASURER,
        f"{GEDAWANG}/anggota/?status=active",
        (_MEMBER, _follow("a[href$='/buku/'][href*='/anggota/']")),
    ),
    Shot(
        "kartu-tautan",
        _CLERK,
        f"{GEDAWANG}/anggota/?status=active",
        (_MEMBER, _click(".link-form button")),
        desk_only=True,
    ),
    Shot(
        "keluar-catat",
        _CLERK,
        f"{GEDAWANG}/anggota/?status=active",
        (_MEMBER, _follow("main a[href$='/keluar/']")),
    ),
    Shot("keluar", _MANAGER, f"{GEDAWANG}/anggota/keluar/"),
    Shot(
        "keluar-putusan",
        _MANAGER,
        "",
        (_follow("main a.row-link"), _follow("main a[href$='/putusan/']")),
    ),
    Shot("pengurus", _CLERK, f"{GEDAWANG}/anggota/pengurus/"),
    Shot("buku-daftar", _CLERK, f"{GEDAWANG}/anggota/buku/"),
    Shot("simpanan-wajib", _TREASURER, f"{GEDAWANG}/anggota/simpanan-wajib/"),
    Shot("tunggakan", _TREASURER, f"{GEDAWANG}/anggota/tunggakan/"),
    Shot("setoran-bersama", _TREASURER, f"{GEDAWANG}/anggota/setoran-bersama/?rw=003"),
    Shot(
        "setoran-bersama-hasil",
        _TREASURER,
        "",
        (
            ("fill", "[data-amount]", "10.000"),
            ("fill", "[data-amount] >> nth=1", "20.000"),
            ("fill", "[data-amount] >> nth=2", "10.000"),
            _click("[data-save]"),
            _click("dialog[open] .btn-primary"),
        ),
        desk_only=True,
    ),
    Shot("impor", _CLERK, f"{GEDAWANG}/impor/"),
    Shot("impor-unggah", _CLERK, f"{GEDAWANG}/impor/anggota/unggah/"),
    Shot(
        "giliran-buka",
        _CASHIER,
        f"{GEDAWANG}/gerai/giliran/buka/",
        (("fill", "[name=float_idr]", "200.000"),),
    ),
    Shot(
        "giliran",
        _CASHIER,
        "",
        (_click("main .btn-primary"), ("open", "", f"{GEDAWANG}/gerai/giliran/")),
    ),
    Shot("kasir", _CASHIER, f"{GEDAWANG}/gerai/kasir/"),
    Shot(
        "kasir-keranjang",
        _CASHIER,
        "",
        (
            ("fill", "[data-search]", _SUGAR),
            ("press", "[data-search]", "Enter"),
            ("fill", "[data-search]", _OIL),
            ("press", "[data-search]", "Enter"),
            ("click if shown", "[data-open]", ""),
            _click("[data-pick-member]"),
            ("fill", "[data-member-search]", "KKMP:3374111002:0012"),
            ("press", "[data-member-search]", "Enter"),
        ),
    ),
    Shot(
        "kasir-bayar",
        _CASHIER,
        "",
        (
            _click("[data-pay]"),
            _click("[name=method][value=qris]"),
            ("fill", "[data-pay-amount]", "20.000"),
            _click("[data-pay-go]"),
            ("fill", "[data-pay-amount]", "50.000"),
        ),
    ),
    Shot("kasir-selesai", _CASHIER, "", (_click("[data-pay-go]"),), desk_only=True),
    Shot("nota", _CASHIER, "", (_follow("[data-done-receipt]"),), desk_only=True),
    Shot(
        "kasir-tombol",
        _CASHIER,
        f"{GEDAWANG}/gerai/kasir/",
        (_click("[data-open-help]"),),
        desk_only=True,
    ),
    Shot(
        "retur-periksa",
        _CASHIER,
        f"{GEDAWANG}/gerai/kasir/nota/",
        (
            _follow("a[href$='/retur/']"),
            _click("[value=all]"),
            ("fill", "[name=reason]", "Barang rusak"),
            _click("[value=check]"),
        ),
        desk_only=True,
    ),
    Shot(
        "giliran-hitung",
        _CASHIER,
        f"{GEDAWANG}/gerai/giliran/tutup/",
        (
            ("fill", "[name=pieces_50000]", "4"),
            ("fill", "[name=pieces_10000]", "3"),
            ("fill", "[name=pieces_500]", "12"),
        ),
        desk_only=True,
    ),
    Shot(
        "giliran-tutup",
        _CASHIER,
        "",
        (_click("[value=check]"), _click("[value=close]")),
        desk_only=True,
    ),
    Shot("giliran-semua", _MANAGER, f"{GEDAWANG}/gerai/giliran/semua/"),
    Shot("barang-kode-baru", _MANAGER, f"{GEDAWANG}/gerai/barang/kode-baru/"),
    Shot("barang", _MANAGER, f"{GEDAWANG}/gerai/barang/"),
    Shot("barang-rincian", _MANAGER, "", (_follow("main a.row-link"),)),
    Shot("barang-kemasan", _MANAGER, f"{GEDAWANG}/gerai/barang/?q=mi+instan+goreng", (_GOODS,)),
    Shot("barang-aturan", _MANAGER, f"{GEDAWANG}/gerai/barang/aturan/"),
    Shot("barang-kategori", _MANAGER, f"{GEDAWANG}/gerai/barang/kategori/"),
    Shot("kasir-pengaturan", _MANAGER, f"{GEDAWANG}/gerai/barang/pengaturan-kasir/"),
    Shot("pembayaran", _TREASURER, f"{GEDAWANG}/gerai/pembayaran/"),
    Shot("pembayaran-cair", _TREASURER, f"{GEDAWANG}/gerai/pembayaran/cair/"),
    Shot("bon", _TREASURER, f"{GEDAWANG}/gerai/bon/"),
    Shot("bon-anggota", _TREASURER, "", (_follow("main a.row-link"),)),
    Shot("voucher", _TREASURER, f"{GEDAWANG}/gerai/voucher/"),
    Shot("penjualan", _MANAGER, f"{GEDAWANG}/gerai/penjualan/?since=2026-01-01"),
    Shot("penjualan-nota", _MANAGER, "", (_follow("#results a.row-link"),)),
    Shot(
        "laporan",
        _MANAGER,
        f"{GEDAWANG}/gerai/laporan/",
        (_click(".report-days a:nth-child(4)"),),
    ),
    Shot("laporan-barang", _MANAGER, "", (_click(".report-tabs a:nth-child(4)"),)),
    Shot("buku-neraca-saldo", _TREASURER, f"{GEDAWANG}/buku/"),
    Shot("buku-akun", _TREASURER, f"{GEDAWANG}/buku/akun/1-1131/"),
    Shot("buku-jurnal-daftar", _TREASURER, f"{GEDAWANG}/buku/jurnal/"),
    Shot("buku-jurnal", _TREASURER, "", (_follow("main a.row-link"),)),
    Shot("buku-saldo-awal", _TREASURER, f"{GEDAWANG}/buku/saldo-awal/"),
    Shot("buku-bulan", _TREASURER, f"{GEDAWANG}/buku/bulan/"),
    Shot("gabung", None, "/gabung/3374111002/"),
    Shot(
        "gabung-terkirim",
        None,
        "",
        (
            ("fill", "[name=name]", "Sri Lestari (rekaan)"),
            ("fill", "[name=nik]", "3374115203900021"),
            _click("[name=category]"),
            ("fill", "[name=address]", "Jl. Contoh Raya 12"),
            ("fill", "[name=phone]", "081234567801"),
            _click("[name=agrees]"),
            _click("main .btn-primary"),
        ),
        desk_only=True,
    ),
    Shot("pendaftaran", _CLERK, f"{GEDAWANG}/anggota/pendaftaran/"),
    Shot("pendaftaran-periksa", _CLERK, "", (_follow("main a.row-link"),)),
    Shot("calon", _CLERK, f"{GEDAWANG}/anggota/calon/"),
    Shot("profil", _TREASURER, "/profil/"),
    Shot("admin", "admin", "/admin/"),
    # These take the file in, so they come last.
    Shot(
        "impor-kolom",
        _CLERK,
        f"{GEDAWANG}/impor/anggota/unggah/",
        (("upload", "input[type=file]", "anggota-gedawang.xlsx"), _click("main .btn-primary")),
        desk_only=True,
    ),
    Shot("impor-periksa", _CLERK, "", (_click(".import-form .btn-primary"),), desk_only=True),
    Shot(
        "impor-hasil",
        _CLERK,
        "",
        (_click("#import-run .btn-primary"), _click("dialog[open] .btn-primary")),
        desk_only=True,
    ),
    Shot("impor-batalkan", _CLERK, "", (_follow("a[href$='/batalkan/']"),), desk_only=True),
    Shot(
        "impor-perubahan",
        _CLERK,
        f"{GEDAWANG}/impor/anggota/unggah/",
        (
            ("upload", "input[type=file]", "anggota-gedawang-baru.xlsx"),
            _click("main .btn-primary"),
            _click(".import-form .btn-primary"),
            _follow("a.check-tab-warn"),
        ),
        desk_only=True,
    ),
    Shot(
        "impor-tagihan",
        _TREASURER,
        f"{GEDAWANG}/impor/tagihan/unggah/",
        (
            ("upload", "input[type=file]", "tagihan-gedawang.xlsx"),
            _click("main .btn-primary"),
            _click(".import-form .btn-primary"),
        ),
        desk_only=True,
    ),
)


def draw(address: str, only: tuple[str, ...] = ()) -> int:
    """Draw every page of the demo at ``address``; returns the exit code."""
    # Needs the packages of development, which the runner itself does without.
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or chromium.ensure(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        for kind, size in (("desktop", DESKTOP), ("phone", PHONE)):
            signed_in: dict[tuple[str | None, bool], Any] = {}
            for shot in SHOTS:
                if (only and shot.name not in only) or (shot.desk_only and kind != "desktop"):
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
    if shot.path:
        page.goto(shot.path)
    for taken in shot.steps:
        _take(page, *taken)
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=file)


def _take(page: Any, what: str, selector: str, text: str) -> None:
    found = page.locator(selector).first
    match what:
        case "follow":
            page.goto(found.get_attribute("href"))
        case "open":
            page.goto(text)
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
            found.set_input_files(environment.ROOT / "tests" / "data" / text)
