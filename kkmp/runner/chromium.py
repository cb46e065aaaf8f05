"""The browser of the tests: the machine's own, else one that we install."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from kkmp.runner.console import step
from kkmp.runner.errors import CannotGoOn

#: The same browser without tool bars and windows, which nobody sees here: half of the work.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = (*SHELLS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
DEBIAN_PACKAGES = (SHELLS[0], "fonts-liberation", "fonts-noto-color-emoji")
_PLAYWRIGHTS_OWN = (
    "from playwright.sync_api import sync_playwright as s\n"
    "with s() as p: print(p.chromium.executable_path)"
)


def ensure() -> str:
    """The path of a Chromium that runs; installs one if there is none, or only a heavy one.

    :raises CannotGoOn: ``CHROMIUM`` names none, or none could be installed
    """
    found = find()
    if found is None:
        found = _install(_installers())
    elif _could_be_lighter(found):
        found = _install([_debian(SHELLS[0])]) or found
    if found is None:
        raise CannotGoOn(
            "The browser tests need Chromium and it could not be installed: install Chromium or "
            "Google Chrome, or set CHROMIUM to the path of one."
        )
    return found


def _could_be_lighter(found: str) -> bool:
    named = "CHROMIUM" in os.environ
    return not named and Path(found).name not in SHELLS and _installs_packages()


def _install(ways: list[list[list[str]]]) -> str | None:
    """Install it in the first way that works."""
    step("Chromium: installing it, once")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    for commands in ways:
        if all(subprocess.run(each, check=False).returncode == 0 for each in commands) and (
            found := find()
        ):
            return found
    return None


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
    found = subprocess.run(
        [sys.executable, "-c", _PLAYWRIGHTS_OWN], capture_output=True, text=True, check=False
    )
    path = found.stdout.strip()
    return path if path and Path(path).exists() else None


def _installers() -> list[list[list[str]]]:
    """Ways to install one, best first; each is a list of commands."""
    playwright = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    return [_debian(*DEBIAN_PACKAGES), playwright] if _installs_packages() else [playwright]


def _debian(*packages: str) -> list[list[str]]:
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages]
    return [["apt-get", "-qq", "update"], install]


def _installs_packages() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None and _is_debian()


def _is_debian() -> bool:
    """Debian itself: what Ubuntu calls chromium only points at another shop."""
    try:
        return "ID=debian" in Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return False
