"""The most memory that the server's processes have held."""

from pathlib import Path

import psutil

from kkmp.bench.report import Figure

TARGET_MB = 300


def peak(server: int) -> Figure:
    """Of the hungriest process of the server.

    :param server: number of its first process; the workers are its children
    """
    first = psutil.Process(server)
    family = [first, *first.children(recursive=True)]
    return Figure(
        "Memory, hungriest server process", "MB", max(map(_peak_mb, family)), None, TARGET_MB
    )


def _peak_mb(process: psutil.Process) -> float:
    """The kernel's own high-water mark where it keeps one, else what is held now."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return float(process.memory_info().rss / 1024**2)
