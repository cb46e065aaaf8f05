"""What a register of all members takes: the memory of the web processes and of its own."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from kkmp.bench import processes
from kkmp.bench.browser import Browser
from kkmp.bench.report import Figure

#: Each of the two web processes gets some of them.
TIMES = 12
_TARGET_MB, _LOOK_SECONDS = 300, 0.05


@dataclass(slots=True)
class _Held:
    """The most megabytes that a process has held, by whether it was there from the beginning."""

    web: float = 0.0
    apart: float = 0.0
    over: Event = field(default_factory=Event)


def measure(browser: Browser, cooperative: str, server: int) -> Iterator[Figure]:
    """
    :param browser: of somebody who may take the register out
    :param server: number of the server's first process
    """
    address = f"/k/{cooperative}/anggota/buku/daftar-anggota.pdf"
    before = processes.peak(server).value
    taken = []
    with _watched(server) as held:
        for _time in range(TIMES):
            start = time.perf_counter()
            browser.get(address)
            taken.append(time.perf_counter() - start)
    taken.sort()
    yield Figure("Register of all members, PDF", "s", taken[TIMES // 2], taken[-1])
    yield Figure(
        f"Memory, hungriest web process after {TIMES} registers",
        "MB",
        held.web,
        target=_TARGET_MB,
        baseline=before,
    )
    yield Figure("Memory, the process that sets a register", "MB", held.apart)


@contextmanager
def _watched(server: int) -> Iterator[_Held]:
    """Look at all processes of the server for as long as the block takes."""
    held, known = _Held(), set(processes.family(server))
    watcher = Thread(target=_watch, args=(server, known, held), daemon=True)
    watcher.start()
    try:
        yield held
    finally:
        held.over.set()
        watcher.join()


def _watch(server: int, known: set[int], held: _Held) -> None:
    is_last = False
    while not is_last:
        is_last = held.over.wait(_LOOK_SECONDS)
        for number in processes.family(server):
            most = processes.peak_mb(number)
            if number in known:
                held.web = max(held.web, most)
            else:
                held.apart = max(held.apart, most)
