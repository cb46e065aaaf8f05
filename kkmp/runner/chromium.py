"""The browser of the tests: the machine's own, else one that we install."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from kkmp.runner.console import step
from kkmp.runner.errors import CannotGoOn

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
DEBIAN_PACKAGES = ("chromium", "fonts-liberation", "fonts-noto-color-emoji")
_PLAYWRIGHTS_OWN = (
    "from playwright.sync_api import sync_playwright as s\n"
    "with s() as p: print(p.chromium.executable_path)"
)


def ensure() -> str:
    """The path of a Chromium that runs; installs one if there is none.

    :raises CannotGoOn: ``CHROMIUM`` names none, or none could be installed
    """
    if found := find():
        return found
    step("Chromium: installing it, once")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    for command in _installers():
        if all(subprocess.run(part, check=False).returncode == 0 for part in command) and (
            found := find()
        ):
            return found
    raise CannotGoOn(
        "The browser tests need Chromium and it could not be installed: install Chromium or "
        "Google Chrome, or set CHROMIUM to the path of one."
    )


def find(environment: Mapping[str, str] = os.environ) -> str | None:
    """The named one, else one on the PATH, else Playwright's.

    :raises CannotGoOn: ``CHROMIUM`` is set and does not run
    """
    if named := environment.get("CHROMIUM"):
        path = shutil.which(named, path=environment.get("PATH"))
        if path and runs(path):
            return path
        raise CannotGoOn(f"CHROMIUM={named} is not a browser that runs.")
    on_path = (shutil.which(name, path=environment.get("PATH")) for name in NAMES)
    for candidate in (*on_path, MACOS):
        if candidate and runs(candidate):
            return candidate
    own = playwrights_own()
    return own if own and runs(own) else None


def runs(path: str) -> bool:
    """Whether it says its version; a distribution's stand-in for another package does not."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def playwrights_own() -> str | None:
    asked = subprocess.run(
        [sys.executable, "-c", _PLAYWRIGHTS_OWN], capture_output=True, text=True, check=False
    )
    path = asked.stdout.strip()
    return path if path and Path(path).exists() else None


def _installers() -> list[list[list[str]]]:
    """Ways to install one, best first; each is a list of commands."""
    playwright = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get") and _is_debian():
        install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]
        return [[["apt-get", "-qq", "update"], install], playwright]
    return [playwright]


def _is_debian() -> bool:
    """Debian itself: what Ubuntu calls chromium only points at another shop."""
    try:
        return "ID=debian" in Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return False
