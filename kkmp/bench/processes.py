"""What the server's and the database's processes have worked, and the most memory they held."""

from pathlib import Path

import psutil
from django.db import connection

from kkmp.bench.report import Figure

TARGET_MB = 300


def worked(server: int) -> float:
    """Seconds of processor time so far: of the server, and of the database's sessions with it.

    Unlike the clock it hardly changes when other programs use the same cores.

    :param server: number of the server's first process; the workers are its children
    """
    return sum(map(_seconds, [*_family(server), *_sessions()]))


def peak(server: int) -> Figure:
    """The most memory that the hungriest process of the server has held."""
    most = max(map(_peak_mb, _family(server)))
    return Figure("Memory, hungriest server process", "MB", most, target=TARGET_MB)


def _family(server: int) -> list[psutil.Process]:
    first = psutil.Process(server)
    return [first, *first.children(recursive=True)]


def _sessions() -> list[psutil.Process]:
    """The database's processes that serve this database; none where it runs elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
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


def _peak_mb(process: psutil.Process) -> float:
    """The kernel's own high-water mark where it keeps one, else what is held now."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return float(process.memory_info().rss / 1024**2)
