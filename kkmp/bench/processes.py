"""What the server's and the database's processes have worked, and the most memory they held."""

from dataclasses import dataclass
from pathlib import Path

import psutil
from django.db import connection

from kkmp.bench.report import Figure

TARGET_MB = 300


@dataclass(frozen=True, slots=True)
class Work:
    """Seconds of processor time, by number of the process.

    :param server: of the server's processes
    :param database: of the database's sessions
    """

    server: dict[int, float]
    database: dict[int, float]

    @property
    def seconds(self) -> float:
        return sum(self.server.values()) + sum(self.database.values())

    def since(self, earlier: "Work") -> "Work":
        """What came to it; a process that has ended meanwhile counts nothing."""
        return Work(
            _difference(self.server, earlier.server), _difference(self.database, earlier.database)
        )

    @property
    def busiest(self) -> float:
        """The share of the server's work that its busiest process did."""
        return max(self.server.values()) / (sum(self.server.values()) or 1)


class Worked:
    """Asks for the processor time so far, which unlike the clock hardly changes when other
    programs use the same cores.

    :param server: number of the server's first process; the workers are its children
    """

    def __init__(self, server: int) -> None:
        self.server = server

    def __call__(self) -> float:
        """Seconds of server and database together."""
        return self.work().seconds

    def work(self) -> Work:
        return Work(
            {each.pid: _seconds(each) for each in _family(self.server)},
            {each.pid: _seconds(each) for each in _sessions()},
        )

    def workers(self) -> list[int]:
        return [each.pid for each in _family(self.server)[1:]]

    def worker_of(self, port: int) -> int:
        """The number of the worker that holds the connection from a port; 0 for none."""
        for process in _family(self.server)[1:]:
            for each in process.net_connections("tcp"):
                if each.raddr and each.raddr.port == port:
                    return int(process.pid)
        return 0


def peak(server: int) -> Figure:
    """The most memory that the hungriest process of the server has held."""
    most = max(map(peak_mb, family(server)))
    return Figure("Memory, hungriest server process", "MB", most, target=TARGET_MB)


def _difference(now: dict[int, float], earlier: dict[int, float]) -> dict[int, float]:
    return {number: spent - earlier.get(number, 0.0) for number, spent in now.items()}


def _family(server: int) -> list[psutil.Process]:
    first = psutil.Process(server)
    return [first, *first.children(recursive=True)]


def _sessions() -> list[psutil.Process]:
    """The database's processes that serve this database; none where it runs elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        numbers = [row[0] for row in cursor.fetchall()]
    found = [psutil.Process(number) for number in numbers if psutil.pid_exists(number)]
    return [process for process in found if process.name().startswith("postgres")]


def _seconds(process: psutil.Process) -> float:
    try:
        spent = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(spent.user + spent.system)


def family(server: int) -> list[int]:
    """The numbers of the server's processes, its first one in front."""
    return [process.pid for process in _family(server)]


def peak_mb(number: int) -> float:
    """The kernel's own high-water mark where it keeps one, else what is held now.

    Nothing for a process that has ended.
    """
    try:
        status = Path(f"/proc/{number}/status")
        if status.exists():
            for line in status.read_text().splitlines():
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) / 1024
        return float(psutil.Process(number).memory_info().rss / 1024**2)
    except (psutil.Error, OSError):
        return 0.0
