"""Work that could take a whole machine along, done by a program of ours in a process of its own.

The process begins with one piece of work and ends with it, so that what it kept is given back.
How much memory and time it may take stands in its :class:`Bounds`, and how many may run at once on
this machine, whoever asks: whoever comes later waits a while, and is told so then. A process that
dies of its work takes nobody along: it holds no connection, no transaction and no secret.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_START = Path(__file__).with_name("apart_start.py")
#: Between two looks whether it is one's turn.
_LOOK_SECONDS = 0.02
#: What a program gets of our environment, and what keeps it from reserving memory by the core.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
_SMALL = {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "2", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """
    :param name: of the kind of work; those of one name wait for each other
    :param memory_mb: of addresses, which are a third more than the memory that is held
    :param seconds: by the clock
    :param at_once: on this machine
    :param patience_seconds: how long one waits for one's turn
    """

    name: str
    memory_mb: int
    seconds: float
    at_once: int
    patience_seconds: float = 20


class Busy(Exception):
    """No turn came: all the places were taken."""


class Ended(Exception):
    """The process ended without an answer: it was killed, out of memory or time, or failed.

    :param code: its exit code; below zero the signal that ended it; None for lack of time
    """

    def __init__(self, code: int | None, words: str = "") -> None:
        super().__init__(f"exit code {code}")
        self.code = code
        self.words = words


def run(program: Path, *arguments: str, given: bytes, bounds: Bounds) -> bytes:
    """What a program answers to what it is given; it imports nothing of ours.

    :raises Busy: no turn came
    :raises Ended: no answer came
    """
    start = (str(_START), str(bounds.memory_mb), str(max(1, round(bounds.seconds))))
    with _turn(bounds):
        try:
            done = subprocess.run(  # noqa: S603  our own program; what comes from outside is input
                [sys.executable, "-I", *start, str(program), *arguments],
                input=given,
                capture_output=True,
                timeout=bounds.seconds,
                check=False,
                env={name: os.environ[name] for name in _KEPT if name in os.environ} | _SMALL,
            )
        except subprocess.TimeoutExpired as error:
            raise Ended(None) from error
    if done.returncode:
        raise Ended(done.returncode, done.stderr.decode(errors="replace"))
    return done.stdout


@contextmanager
def _turn(bounds: Bounds) -> Iterator[None]:
    """Hold one of the places for the block; the kernel lets go of it however we end."""
    folder = Path(settings.VAR_DIR, "turns")
    folder.mkdir(parents=True, exist_ok=True)
    places = [folder / f"{bounds.name}.{number}" for number in range(bounds.at_once)]
    deadline = time.monotonic() + bounds.patience_seconds
    while True:
        for place in places:
            with place.open("a") as held:
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        if time.monotonic() > deadline:
            raise Busy(bounds.name)
        time.sleep(_LOOK_SECONDS)
