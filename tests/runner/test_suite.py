"""When ``make test`` has failed, and what it and ``make soak`` run."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from kkmp.runner import suite


@pytest.fixture
def runs(monkeypatch):
    """pytest's arguments of each run; it ends with the code that stands in ``runs.code``."""

    class Runs(list):
        code = 0

    made = Runs()

    def run(_settings, _note, *arguments):
        made.append(arguments)
        return made.code

    monkeypatch.setattr(suite, "_pytest", run)
    return made


@pytest.fixture
def linters(monkeypatch, request):
    """The linters beside the tests find nothing, or something where a test says False."""

    @contextmanager
    def beside(_settings):
        yield lambda: getattr(request, "param", True)

    monkeypatch.setattr(suite.checks, "beside", beside)


@pytest.mark.parametrize(
    ("linters", "code", "ended"),
    [
        (True, 0, 0),
        (False, 0, 1),
        (True, 1, 1),
        (False, 1, 1),
        (True, 2, 2),
        (True, 5, 5),
        (False, 5, 5),
    ],
    indirect=["linters"],
)
def test_linters_and_tests_have_both_to_pass(runs, linters, code, ended):
    runs.code = code
    assert suite._everything({}, Path("note")) == ended
    assert len(runs) == 1, "a linter's complaint does not keep the tests from running"


def test_one_run_holds_all_tests_on_more_processes_than_processors(monkeypatch, runs, linters):
    monkeypatch.setattr(suite.os, "cpu_count", lambda: 2)
    suite._everything({}, Path("note"))
    assert runs[0][:2] == ("-n", "3")
    assert runs[0][2:4] == ("--dist", "loadfile")
    assert "-m" not in runs[0]
    assert "--durations=25" in runs[0]


def test_a_big_machine_does_not_open_a_browser_for_each_processor(monkeypatch):
    monkeypatch.setattr(suite.os, "cpu_count", lambda: 64)
    assert suite._parallel() == ("-n", "8")
