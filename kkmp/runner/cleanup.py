"""``make stop`` and ``make reset``."""

import os
import shutil
from contextlib import suppress

import psutil

from kkmp.runner import environment, processes
from kkmp.runner.console import step
from kkmp.runner.errors import CannotGoOn

STOP_SECONDS = 90
#: What a reset removes; the keys and the installed packages stay.
MADE_BY_RUNS = ("postgres", "postgres.new", "files", "made", "static", "static.stamp")


def stop() -> int:
    """End a running ``make run``, or what a killed one has left behind."""
    var = environment.var_dir()
    if running := processes.holder(var / "run.lock"):
        step(f"Stopping process {running.pid}")
        with suppress(psutil.NoSuchProcess):
            running.terminate()
            try:
                running.wait(STOP_SECONDS)
            except psutil.TimeoutExpired:
                raise CannotGoOn(f"Process {running.pid} does not stop.") from None
    processes.end_leftovers(var, "run")
    environment.development_cluster(var).stop()
    return 0


def reset() -> int:
    """Remove the embedded database, the uploaded files and the demo with them.

    Until the first release it is also the way from an older checkout: its database is not
    migrated further.

    :raises CannotGoOn: DATABASE_URL names a database that is not ours to drop
    """
    var = environment.var_dir()
    if (var / "kkmp.env").exists() or os.environ.get("KKMP_ENV_FILE"):
        environment.load_env_file(var)
    if os.environ.get("DATABASE_URL"):
        raise CannotGoOn(
            "DATABASE_URL is set, and a foreign database is never dropped: unset it to reset "
            "the embedded one."
        )
    stop()
    for name in MADE_BY_RUNS:
        path = var / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    step("Fresh: the next `make run` makes a new database. Older ones are not migrated further.")
    return 0
