"""``make bench``: how fast it is at full size, on a database that lives as long as the run."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from kkmp.runner import chromium, environment, ports, processes, serve
from kkmp.runner.console import say, step
from kkmp.runner.errors import CannotGoOn

#: Beside the port of `make run`, so that both may run.
PORT_STEP = 77
#: How many sales the part `growth` makes, where five million are too many for the machine.
_SALES = "--sales="
REPORT = environment.ROOT / "docs" / "bench.md"


def bench(arguments: list[str]) -> int:
    """Build, serve, measure and report.

    :param arguments: ``--write`` keeps the figures in docs/bench.md; a name, like ``till``,
        measures that part alone; ``--hurry`` takes the till's shortest windows
    """
    browser = os.environ.get("CHROMIUM") or chromium.ensure()
    hurry = "--hurry" in arguments
    parts = [each for each in arguments if not each.startswith("--")]
    if (parts or hurry) and "--write" in arguments:
        raise CannotGoOn("docs/bench.md holds the figures of a whole run: leave out all else.")
    var = environment.var_dir()
    with processes.only_one(
        var / "bench.lock", "`make bench` is running already (process {pid}): wait for its end."
    ):
        if processes.end_leftovers(var, "bench"):
            step("Ended what a killed run had left behind")
        folder = _folder(var)
        step("Database of the benchmark")
        with _database(var) as url:
            settings = {
                **os.environ,
                **environment.TEST_ENVIRONMENT,
                "DATABASE_URL": url,
                "VAR_DIR": str(folder),
                "PYTHONUNBUFFERED": "1",
                "CHROMIUM": browser,
                "BENCH_HURRY": "1" if hurry else "0",
            }
            settings.pop("APP_DATABASE_URL", None)
            for each in arguments:
                if each.startswith(_SALES):
                    settings["BENCH_SALES"] = each.removeprefix(_SALES)
            _run(settings, folder, processes.notes(var, "bench"), parts)
    if "--write" in arguments:
        shutil.copyfile(folder / "report.md", REPORT)
        say(f"Written to {REPORT.relative_to(environment.ROOT)}")
    return 0


def _run(
    settings: Mapping[str, str], folder: Path, notes: tuple[Path, Path], parts: Sequence[str]
) -> None:
    note, beside = notes
    manage = processes.MANAGE
    step("Tables and style sheets")
    _child(settings, note, *manage, "migrate", "--verbosity=0")
    _child(settings, note, *manage, "collectstatic", "--noinput", "--verbosity=0")
    step("Members, their dues and the shops (some minutes)")
    world, module = folder / "world.json", (sys.executable, "-m", "kkmp.bench")
    _child(settings, note, *module, "build", str(world), *parts)
    port = _free_port()
    step("Server")
    with (
        processes.child(serve.command(port), environment=settings, note=note) as server,
        # It is there when it is measured, as it is when people work.
        processes.child(serve.WORKER, environment=settings, note=beside),
    ):
        serve.wait_until_healthy(server, port)
        address = f"http://{ports.HOST}:{port}"
        report = str(folder / "report.md")
        _child(settings, None, *module, "measure", str(world), address, str(server.pid), report)


def _child(settings: Mapping[str, str], note: Path | None, *command: str) -> None:
    with processes.child(command, environment=settings, note=note) as process:
        if process.wait():
            raise CannotGoOn(f"{' '.join(command[1:4])} failed; its own words are above.")


@contextmanager
def _database(var: Path) -> Iterator[str]:
    """An empty database, removed afterwards; on the server of DATABASE_URL where that is set."""
    if given := os.environ.get("DATABASE_URL"):
        environment.check_server(given)
        with environment.empty_database(given, "kkmp_bench") as url:
            yield url
        return
    cluster = environment.bench_cluster(var)
    with cluster.running() as url, environment.empty_database(url, "kkmp_bench") as own:
        yield own


def _free_port() -> int:
    port = ports.wanted() + PORT_STEP
    while not ports.is_free(port):
        port += 1
    return port


def _folder(var: Path) -> Path:
    """A folder for what the benchmark writes; empty at each start."""
    folder = var / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "static").mkdir(parents=True)
    return folder
