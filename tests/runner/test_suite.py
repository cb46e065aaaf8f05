"""When ``make test`` has failed, and what it and ``make soak`` run."""

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


@pytest.mark.parametrize(
    ("linters", "code", "ended"),
    [
        ([], 0, 0),
        (["mypy"], 0, 1),
        ([], 1, 1),
        (["mypy"], 1, 1),
        ([], 2, 2),
        ([], 5, 5),
        (["mypy"], 5, 5),
    ],
)
def test_linters_and_tests_have_both_to_pass(monkeypatch, runs, linters, code, ended):
    monkeypatch.setattr(suite.checks, "failures", lambda _settings: linters)
    runs.code = code
    assert suite._everything({}, Path("note")) == ended
    assert len(runs) == 1, "a linter's complaint does not keep the tests from running"


def test_one_run_holds_all_tests_on_more_processes_than_processors(monkeypatch, runs):
    monkeypatch.setattr(suite.checks, "failures", lambda _settings: [])
    monkeypatch.setattr(suite.os, "cpu_count", lambda: 2)
    suite._everything({}, Path("note"))
    assert runs[0][:2] == ("-n", "3")
    assert "-m" not in runs[0]
    assert "--durations=25" in runs[0]


def test_a_big_machine_does_not_open_a_browser_for_each_processor(monkeypatch):
    monkeypatch.setattr(suite.os, "cpu_count", lambda: 64)
    assert suite._parallel() == ("-n", "8")
