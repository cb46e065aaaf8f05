"""Locks and children of killed runs."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from kkmp.runner import processes
from kkmp.runner.errors import CannotGoOn

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_second_comer_is_told_who_runs(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    with processes.only_one(lock, "Running already ({pid})."):
        assert processes.holder(lock) == psutil.Process()
        refusal = pytest.raises(CannotGoOn, match=rf"Running already \({os.getpid()}\)\.")
        with refusal, processes.only_one(lock, "Running already ({pid})."):
            pytest.fail("both run")
    assert processes.holder(lock) is None


def test_lock_of_a_killed_holder_is_free(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    hold = (
        "import os, pathlib, signal, sys\n"
        "from kkmp.runner import processes\n"
        "with processes.only_one(pathlib.Path(sys.argv[1]), ''): os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", hold, str(lock)], cwd=processes.ROOT, check=False)
    assert done.returncode == -9
    with processes.only_one(lock, "Running already ({pid})."):
        assert lock.read_text() == str(os.getpid())


def test_child_ends_with_the_block_even_after_an_error(tmp_path: Path) -> None:
    note = tmp_path / "note"
    children = []

    def interrupted() -> None:
        with processes.child(SLEEP, environment=os.environ, note=note) as process:
            children.append(process)
            assert note.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert children[0].returncode == -15
    assert not note.exists()


def wait_for_name(pid: int) -> None:
    """Wait until a process has its command line: for an instant after its start it has none."""
    while not psutil.Process(pid).cmdline():
        time.sleep(0.01)


def test_leftover_child_is_ended(tmp_path: Path) -> None:
    note = tmp_path / "note"
    with processes.child(SLEEP, environment=os.environ, note=note) as process:
        wait_for_name(process.pid)
        assert processes.end_leftover(note)
        assert not psutil.pid_exists(process.pid)
    assert not note.exists()


def test_process_that_got_the_number_since_is_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "note"
    with processes.child(SLEEP, environment=os.environ, note=note) as process:
        wait_for_name(process.pid)
        note.write_text(note.read_text().replace("time.sleep(60)", "time.sleep(61)"))
        assert processes.end_leftover(note)
        assert process.poll() is None


@pytest.mark.parametrize("text", ["", "garbage", "[]", '{"pid": 99999999, "command": []}'])
def test_unreadable_note_is_thrown_away(tmp_path: Path, text: str) -> None:
    note = tmp_path / "note"
    note.write_text(text)
    assert processes.end_leftover(note)
    assert not note.exists()


def test_without_a_note_nothing_was_left(tmp_path: Path) -> None:
    assert not processes.end_leftover(tmp_path / "note")


def test_both_children_of_a_killed_run_are_ended(tmp_path: Path) -> None:
    server_note, worker_note = processes.notes(tmp_path, "run")
    with (
        processes.child(SLEEP, environment=os.environ, note=server_note) as server,
        processes.child(SLEEP, environment=os.environ, note=worker_note) as worker,
    ):
        wait_for_name(server.pid)
        wait_for_name(worker.pid)
        assert processes.end_leftovers(tmp_path, "run")
        assert not psutil.pid_exists(server.pid)
        assert not psutil.pid_exists(worker.pid)
    assert not processes.end_leftovers(tmp_path, "run")
