"""``make run``: from keys and database to an answering server, and back."""

import hashlib
import http.client
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from kkmp.runner import environment, ports, processes
from kkmp.runner.console import say, step
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.signins import PASSWORD, SIGN_INS
from kkmp.runner.watching import DatabaseWatch

START_SECONDS = 60
#: Before a worker that ended by itself is started anew, and between two looks at it.
PAUSE_SECONDS, LOOK_SECONDS = 3.0, 0.5
#: What does the background work.
WORKER = (*processes.MANAGE, "run_worker")


def run() -> int:
    """Serve until Ctrl-C or a termination signal; returns the exit code."""
    port = ports.wanted()
    var = environment.var_dir()
    with processes.only_one(
        var / "run.lock",
        "`make run` is running already (process {pid}): use it, or stop it with `make stop`.",
    ):
        killed = processes.end_leftovers(var, "run")
        if killed:
            step("Ended what a killed run had left behind")
        ports.check_free(port, patience=5 if killed else 0)
        environment.load_env_file(var)
        step(_database_line(var))
        cluster = environment.development_cluster(var)
        is_ours = "DATABASE_URL" not in os.environ
        with environment.database(cluster) as url:
            settings = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(var)}
            _prepare(settings, var)
            watch = DatabaseWatch(url, cluster if is_ours else None)
            return _serve(settings, var, port, watch)


def _prepare(settings: dict[str, str], var: Path) -> None:
    step("Tables")
    _manage(settings, var, "migrate", "--verbosity=0")
    _collect_static(settings, var)
    if os.environ.get("DEMO") != "0":
        step("Demo data")
        # A load that a power cut ends begins anew, so it need not wait for the disk.
        fast = {**settings, "PGOPTIONS": "-c synchronous_commit=off"}
        _manage(fast, var, "load_demo", "--if-empty")


def _collect_static(settings: Mapping[str, str], var: Path) -> None:
    stamp, wanted = var / "static.stamp", _static_digest(settings)
    if (var / "static").is_dir() and stamp.exists() and stamp.read_text() == wanted:
        return
    step("Style sheets, scripts and images")
    stamp.unlink(missing_ok=True)
    _manage(settings, var, "collectstatic", "--noinput", "--clear", "--verbosity=0")
    stamp.write_text(wanted)


def _static_digest(settings: Mapping[str, str]) -> str:
    """Changes with every file of ours and with every install of packages."""
    how = (settings.get("DEBUG", ""), settings.get("SECURE", ""))
    digest = hashlib.sha256(" ".join(how).encode())
    for path in _static_sources():
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_sources() -> Iterator[Path]:
    yield environment.ROOT / "kkmp" / "settings.py"
    yield from sorted((environment.ROOT / "kkmp" / "lib").glob("*.py"))
    yield from (environment.ROOT / "kkmp" / "frontend" / "node_modules").glob(".kkmp-installed")
    yield from Path(sys.prefix).glob("kkmp-installed.json")
    for app in ("kkmp", "kkmp/*", "finance", "members", "shops"):
        for folder in environment.ROOT.glob(f"{app}/static"):
            yield from sorted(folder.rglob("*"))


def command(port: int) -> list[str]:
    """What serves on the port."""
    return [
        sys.executable, "-m", "gunicorn", "kkmp.wsgi:application", f"--bind={ports.HOST}:{port}",
        "--worker-class=gthread", "--workers=2", "--threads=4", "--timeout=120",
        "--graceful-timeout=5", "--no-control-socket", "--log-level=warning",
    ]  # fmt: skip


def _serve(settings: Mapping[str, str], var: Path, port: int, watch: DatabaseWatch) -> int:
    step("Server")
    serving = [*command(port), *(["--reload"] if settings.get("DEBUG") == "1" else [])]
    with processes.child(serving, environment=settings, note=_note(var)) as server:
        wait_until_healthy(server, port)
        url = settings["DATABASE_URL"]
        is_demo = environment.is_demo(url)
        _welcome(port, demo=is_demo, entered=is_demo or environment.has_administrator(url))
        try:
            _work_beside(server, settings, processes.notes(var, "run")[1], watch)
        except KeyboardInterrupt:
            step("Stopping")
            return 0
    raise CannotGoOn(f"The server ended by itself with exit code {server.returncode}.")


def _work_beside(
    server: processes.Child, settings: Mapping[str, str], note: Path, watch: DatabaseWatch
) -> None:
    """Keep a worker, and the database, alive as long as the server lives."""
    while server.poll() is None:
        with processes.child(WORKER, environment=settings, note=note) as worker:
            while server.poll() is None and worker.poll() is None:
                watch.look()
                time.sleep(LOOK_SECONDS)
        watch.look()
        if server.poll() is None:
            step(f"The worker ended with exit code {worker.returncode}; another one follows")
            time.sleep(PAUSE_SECONDS)


def wait_until_healthy(server: processes.Child, port: int) -> None:
    """:raises CannotGoOn: the server ended, or does not answer in time"""
    deadline = time.monotonic() + START_SECONDS
    answer = "nothing"
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CannotGoOn("The server did not start; its own words are above.")
        connection = http.client.HTTPConnection(ports.HOST, port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            answer = str(connection.getresponse().status)
        except OSError:
            time.sleep(0.1)
            continue
        finally:
            connection.close()
        if answer == "200":
            return
        time.sleep(0.5)
    raise CannotGoOn(f"The server answers {answer} at /healthz instead of 200.")


def _welcome(port: int, *, demo: bool, entered: bool) -> None:
    """:param entered: whether there is an administrator"""
    step("Ready. Ctrl-C stops it.")
    address = f"http://{ports.HOST}:{port}"
    say()
    say(f"  {address}/                the city's public page and the way in")
    say(f"  {address}/admin/          administration")
    say(f"  {address}/api/v1/         the API and its description")
    say()
    if not entered:
        say("  Nobody can sign in yet. Make the first administrator in another window:")
        say("    make manage ARGS=createsuperuser")
        say(f"  and sign in as them at {address}/admin/ to make the cooperatives and their people.")
        say()
    if not demo:
        return
    say(f"  The people and figures are invented. Sign in with the password {PASSWORD} as")
    for person in SIGN_INS:
        say(f"    {person.username:<22}{person.english} / {person.indonesian}")
    say()


def _manage(settings: Mapping[str, str], var: Path, *arguments: str) -> None:
    command = [*processes.MANAGE, *arguments]
    with processes.child(command, environment=settings, note=_note(var)) as process:
        if process.wait():
            raise CannotGoOn(f"manage.py {arguments[0]} failed; its own words are above.")


def _database_line(var: Path) -> str:
    if "DATABASE_URL" in os.environ:
        return "Database: the one in DATABASE_URL"
    return f"Database: embedded PostgreSQL in {var / 'postgres'}"


def _note(var: Path) -> Path:
    return processes.notes(var, "run")[0]
