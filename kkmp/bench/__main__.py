"""``python -m kkmp.bench build`` and ``measure``: what ``make bench`` calls, in this order."""

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import django

#: In the order in which they are built and measured.
BENCHMARKS = ("members", "till", "growth")
#: The report of the last whole run, with what was written below it by hand.
KEPT = Path(__file__).resolve().parents[2] / "docs" / "bench.md"
HEADING = """# Figures of `make bench`

The last run. A ratio is how many times as long as the baseline of the same run: the profile page
for pages, a bare insert of as many rows for the import, and for the till the rate of pgbench with
the same work as one function of the database, of which 0.40 is the aim and a third the least.
Work is the processor time of one request,
of server and database together: what the median comes down to where nothing else uses the cores.
The till's figures are medians of five windows, server and pgbench in turn.
A target that is not kept on two idle cores is a fault to mend.
Of growth, each page and list of the URL map was opened as chair, cashier, city officer and
administrator by what there is in a shop; its baseline is the same page when each shop had sold for
one day. Bytes, statements and rows read are those with all sales."""


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kkmp.settings")
    django.setup()
    if arguments[:1] == ["build"]:
        return build(Path(arguments[1]), arguments[2:] or BENCHMARKS)
    return measure(Path(arguments[1]), arguments[2], int(arguments[3]), Path(arguments[4]))


def build(world: Path, names: Sequence[str]) -> int:
    """
    :param world: where to note what :func:`measure` has to know
    :param names: of :data:`BENCHMARKS`
    """
    from kkmp.lib.clock import business_today

    made = {}
    for name in names:
        made[name] = _module(name).build(business_today(), _say)
    world.write_text(json.dumps(made))
    return 0


def measure(world: Path, address: str, server: int, report: Path) -> int:
    """:param server: number of the server's first process"""
    from kkmp.bench import processes
    from kkmp.bench import report as reports
    from kkmp.bench.browser import Browser
    from kkmp.lib.clock import business_today

    made, today = json.loads(world.read_text()), business_today()
    machine, figures = reports.machine(today), []

    worked = processes.Worked(server)
    for name in made:
        for figure in _module(name).measure(made[name], Browser(address), today, worked):
            figures.append(figure)
            _say(str(figure))
    figures.append(processes.peak(server))
    machine_lines = [f"- {line}" for line in machine]
    kept = KEPT.read_text("utf-8") if KEPT.exists() else ""
    reports.write(report, HEADING, [machine_lines, reports.table(figures)], kept)
    sys.stdout.write("\n" + "\n".join([*machine, "", *reports.table(figures)]) + "\n")
    return 0


def _module(name: str) -> ModuleType:
    from importlib import import_module

    return import_module(f"kkmp.bench.{name}")


def _say(text: str) -> None:
    started = float(os.environ.get("KKMP_STARTED") or time.time())
    sys.stdout.write(f"{time.time() - started:6.1f} s  {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
