"""Figures, the machine they were taken on, and the table that shows both."""

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

#: Requests that are measured, after those that warm up.
REQUESTS, WARM_UP = 30, 5


#: What comes after this line is kept by hand, and stays as it is.
BY_HAND = "<!-- Below here it is written by hand. -->"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured.

    :param value: the median where it was measured often
    :param p95: what 95 of 100 stay below; None where it was measured once
    :param work: processor time of one, of server and database together, in the same unit
    :param target: None where nobody promised anything
    :param baseline: what the same machine took, in the same run, for the plainest thing alike
    :param places: decimals that are shown; two of seconds and none else, if not said
    """

    what: str
    unit: str
    value: float
    p95: float | None = None
    work: float | None = None
    target: float | None = None
    baseline: float | None = None
    more_is_better: bool = False
    places: int | None = None

    def __str__(self) -> str:
        return f"{self.what}: {self.amount(self.value)}"

    def amount(self, value: float | None) -> str:
        """A value of this figure with its unit; nothing for None."""
        if value is None:
            return ""
        usual = 2 if self.unit == "s" else 0
        places = usual if self.places is None else self.places
        return f"{value:.{places}f} {self.unit}".strip()

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        kept = self.value >= self.target if self.more_is_better else self.value <= self.target
        return "yes" if kept else "NO"


def repeated(
    what: str,
    ask: Callable[[], float],
    worked: Callable[[], float],
    *,
    target: float | None = None,
    baseline: float | None = None,
) -> Figure:
    """Ask often and keep the median, in milliseconds.

    :param ask: one request; the seconds it took
    :param worked: processor time of the server so far, in seconds
    """
    for _ in range(WARM_UP):
        ask()
    before = worked()
    taken = sorted(ask() * 1000 for _ in range(REQUESTS))
    work = (worked() - before) * 1000 / REQUESTS
    p95 = taken[max(0, round(0.95 * len(taken)) - 1)]
    return Figure(what, "ms", statistics.median(taken), p95, work, target, baseline)


def once(
    what: str,
    ask: Callable[[], float],
    worked: Callable[[], float],
    *,
    target: float | None = None,
    baseline: float | None = None,
) -> Figure:
    """Ask once, in seconds; the parameters are those of :func:`repeated`."""
    before = worked()
    taken = ask()
    return Figure(what, "s", taken, None, worked() - before, target, baseline)


def machine(today: date) -> list[str]:
    """The lines that say where and when it was measured."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgresql = cursor.fetchone()[0].split()[0]
    return [
        f"{today.isoformat()}, {platform.system()} {platform.machine()}",
        f"{os.cpu_count()} cores, {_memory()} of memory, load {_load()} at the start",
        f"Python {platform.python_version()}, PostgreSQL {postgresql}",
    ]


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures as a table in Markdown, which reads well in a terminal too."""
    titles = ["What", "Median", "p95", "Work", "Target", "Kept", "Baseline", "Ratio"]
    rows = [
        [
            one.what,
            one.amount(one.value),
            one.amount(one.p95),
            one.amount(one.work),
            one.amount(one.target),
            one.verdict,
            one.amount(one.baseline),
            f"{one.value / one.baseline:.2f}" if one.baseline else "",
        ]
        for one in figures
    ]
    widths = [max(len(row[at]) for row in [titles, *rows]) for at in range(len(titles))]
    lines = [_line(titles, widths), "|" + "|".join("-" * (width + 2) for width in widths) + "|"]
    return lines + [_line(row, widths) for row in rows]


def write(file: Path, heading: str, parts: Sequence[Sequence[str]], kept: str = "") -> None:
    """
    :param kept: the document as it stands, whose part by hand goes over into the new one
    """
    text = "\n\n".join("\n".join(lines) for lines in parts)
    _before, mark, by_hand = kept.partition(BY_HAND)
    file.write_text(f"{heading}\n\n{text}\n" + (f"\n{mark}{by_hand}" if mark else ""), "utf-8")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return "| " + " | ".join([first, *rest]) + " |"


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3:.1f} GB"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"
