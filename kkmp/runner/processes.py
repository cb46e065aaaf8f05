"""Child processes that do not outlive us, and locks that do not outlive their holder."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

import psutil

from kkmp.runner.environment import ROOT
from kkmp.runner.errors import CannotGoOn

MANAGE = (sys.executable, str(ROOT / "manage.py"))
Child = subprocess.Popen[bytes]
#: Seconds that a child has to end by itself before it is killed.
PATIENCE = 10


def stop_once(_number: int, _frame: FrameType | None) -> None:
    """Turn the first Ctrl-C or termination into KeyboardInterrupt; ignore those that follow."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def listen_for_stop() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup and `&` ask for
            signal.signal(number, stop_once)


@contextmanager
def only_one(file: Path, refusal: str) -> Iterator[None]:
    """Hold ``file`` for the block; the kernel lets go of it however this process ends.

    :param refusal: the line for a second comer; ``{pid}`` stands for the holder's number
    """
    with file.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotGoOn(refusal.format(pid=lock.read().strip() or "?")) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def holder(file: Path) -> psutil.Process | None:
    """The process that holds the lock, if one does."""
    try:
        with file.open("r") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return psutil.Process(int(lock.read()))
    except (OSError, ValueError, psutil.NoSuchProcess):
        pass
    return None


@contextmanager
def child(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    note: Path | None = None,
    foreground: bool = False,
    folder: Path = ROOT,
    output: IO[str] | None = None,
) -> Iterator[Child]:
    """Run a process for the block and end it, whatever happens in the block.

    :param note: where to write down what runs, for `end_leftover` after we were killed
    :param foreground: the terminal's Ctrl-C reaches the child too, and it may end by itself;
        else it reaches only us, and we end the child in our order
    :param output: where its words go; to the terminal if None
    """
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        start_new_session=not foreground,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    )
    try:
        if note:
            note.write_text(json.dumps({"pid": process.pid, "command": list(command)}))
        yield process
    finally:
        if process.poll() is None:
            if foreground:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE)
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if note:
            note.unlink(missing_ok=True)


def notes(var: Path, run: str) -> tuple[Path, Path]:
    """The files in which a run notes its first child and its worker."""
    return var / f"{run}.child", var / f"{run}.worker"


def end_leftovers(var: Path, run: str) -> bool:
    """End what a killed run left behind, its worker too; True if it was killed."""
    ended = [end_leftover(note) for note in notes(var, run)]
    return any(ended)


def end_leftover(note: Path) -> bool:
    """End the child that a killed run left behind, with its workers; True if we were killed."""
    if not note.exists():
        return False
    try:
        written = json.loads(note.read_text())
        process = psutil.Process(written["pid"])
        # The number may be another process's by now.
        ours = bool(process.cmdline() == written["command"])
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        ours = False
    if ours:
        with suppress(psutil.NoSuchProcess):
            family = [process, *process.children(recursive=True)]
            process.terminate()
            _gone, alive = psutil.wait_procs(family, timeout=PATIENCE)
            for one in alive:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            psutil.wait_procs(alive, timeout=PATIENCE)
    note.unlink(missing_ok=True)
    return True
