"""The processes that load the demo."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
from django.conf import settings

_KILLED_LOAD = """
import os, signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from kkmp.demo import workers
pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=workers.begin)
print(pool.submit(os.getpid).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_ends_with_the_load_that_is_killed(tmp_path: Path) -> None:
    said = tmp_path / "pid"
    # No pipe: a process that lives on would hold its other end.
    with said.open("w") as output:
        subprocess.run(
            [sys.executable, "-c", _KILLED_LOAD],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "kkmp.settings"},
            stdout=output,
            check=False,
            timeout=120,
        )
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(said.read_text())).wait(120)
