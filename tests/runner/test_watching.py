"""A database that dies while `make run` serves: it is told, and ours is there again."""

import os
import signal
from pathlib import Path

import psutil
import psycopg
import pytest

from kkmp.runner import environment, watching
from kkmp.runner.postgres import Cluster
from kkmp.runner.watching import DatabaseWatch


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch):
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.0)


@pytest.fixture
def cluster(tmp_path: Path):
    """A server of our own, and its address."""
    made = Cluster(tmp_path / "postgres", settings={"fsync": "off", "shared_buffers": "16MB"})
    with made.running() as url:
        yield made, url


def killed(cluster: Cluster) -> None:
    """As the kernel does where memory is short."""
    process = psutil.Process(int((cluster.data / "postmaster.pid").read_text().splitlines()[0]))
    family = [process, *process.children()]
    os.kill(process.pid, signal.SIGKILL)
    psutil.wait_procs(family, timeout=30)


def test_a_killed_database_is_started_again_and_holds_what_was_written(cluster, capsys):
    ours, url = cluster
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    watch = DatabaseWatch(url, ours)
    watch.look()
    assert capsys.readouterr().out == ""
    killed(ours)
    watch.look()
    said = capsys.readouterr().out
    assert "The database has ended by itself; starting it again" in said
    assert "The database is there again" in said
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
        told = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
    assert told["log_error_verbosity"] == "terse"
    assert told["log_min_error_statement"] == "panic"


def test_somebody_else_s_database_is_told_of_once_and_when_it_answers_again(monkeypatch, capsys):
    answers = iter([True, False, False, True, True])

    def check(_url: str) -> None:
        if not next(answers):
            raise environment.CannotGoOn("connection refused")

    monkeypatch.setattr(environment, "check_server", check)
    watch = DatabaseWatch("postgresql://elsewhere/kkmp", None)
    for _look in range(5):
        watch.look()
    said = capsys.readouterr().out
    assert said.count("The database does not answer") == 1
    assert said.count("The database answers again") == 1
