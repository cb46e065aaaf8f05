"""Many cases in one test: each is named, counted and judged by itself.

A loop over files or models costs nothing beside a thousand tests of their own, but it would end
at the first case that fails and say nothing about those it never came to. So each case of a
loop stands in ``with case(name):``; the test fails with all that failed, and the run says how
many cases were visited and lists them in ``cases.txt`` beside the files of the tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

#: Under which a test's report carries the names of its cases.
PROPERTY = "cases"


class Cases:
    """The cases of one test."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._failures: list[Exception] = []

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        name = " ".join(name.split())
        self.names.append(name)
        try:
            yield
        except Exception as failure:
            failure.add_note(f"in the case {name!r}")
            self._failures.append(failure)

    def verdict(self) -> None:
        """:raises ExceptionGroup: of all that failed"""
        assert self.names, "no case was visited"
        assert len(self.names) == len(set(self.names)), "two cases have one name"
        if self._failures:
            told = f"{len(self._failures)} of {len(self.names)} cases"
            raise ExceptionGroup(told, self._failures)


def judge(item: pytest.Function) -> None:
    """After the test's own end."""
    cases: Cases | None = item.funcargs.get("case")
    if cases is not None:
        item.user_properties.append((PROPERTY, cases.names))
        cases.verdict()


def visited(reports: dict[str, list[Any]]) -> list[str]:
    """All cases that a run visited, each as if it were a test of its own."""
    return sorted(
        f"{report.nodeid}[{name}]"
        for kind in ("passed", "failed")
        for report in reports.get(kind, [])
        if report.when == "call"
        for key, names in report.user_properties
        if key == PROPERTY
        for name in names
    )


def write(file: Path, names: list[str]) -> None:
    file.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
