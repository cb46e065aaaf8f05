"""One window of selling through the server: how fast, and what it cost whom."""

import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from kkmp.bench.clients import Cashier
from kkmp.bench.processes import Worked

#: Requests that each cashier has ready, for each second.
READY = 50
#: Tries to get a connection from the worker that has the fewest.
TRIES = 40


@dataclass(frozen=True, slots=True)
class Window:
    """What one window came to.

    :param server_ms: processor time of the server for one sale; ``database_ms`` likewise
    :param busiest: share of the server's work that its busiest process did
    :param taken: seconds of each sale
    """

    rate: float
    server_ms: float
    database_ms: float
    busiest: float
    taken: Sequence[float]

    @property
    def work_ms(self) -> float:
        return self.server_ms + self.database_ms


def window(cashiers: Sequence[Cashier], seconds: float, worked: Worked) -> Window:
    """Sell with all cashiers at once; connections and requests are made before it begins."""
    for one in cashiers:
        one.prepare(round(seconds * READY))
    _open(cashiers, worked)
    before, begun = worked.work(), time.perf_counter()
    threads = [threading.Thread(target=one.sell_until, args=(begun + seconds,)) for one in cashiers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work, took = worked.work().since(before), time.perf_counter() - begun
    for one in cashiers:
        one.close()
    taken = [each for one in cashiers for each in one.taken()]
    return Window(
        rate=len(taken) / took,
        server_ms=sum(work.server.values()) * 1000 / len(taken),
        database_ms=sum(work.database.values()) * 1000 / len(taken),
        busiest=work.busiest,
        taken=taken,
    )


def median(windows: Sequence[Window], part: str) -> float:
    """The median of one part over several windows."""
    return float(statistics.median(getattr(each, part) for each in windows))


def _open(cashiers: Sequence[Cashier], worked: Worked) -> None:
    """Connect one after the other, evenly over the workers: a connection that is kept stays with
    the worker that took it, and opened at once all of them can be one worker's."""
    held: dict[int, int] = dict.fromkeys(worked.workers(), 0)
    most = -(-len(cashiers) // max(1, len(held)))
    for one in cashiers:
        for _try in range(TRIES):
            port = one.open()
            worker = worked.worker_of(port)
            if held.get(worker, 0) < most:
                break
        held[worker] = held.get(worker, 0) + 1
