"""Processes that tell the stories. No tables here: a process that begins reads this first."""

import os
from multiprocessing import parent_process
from threading import Thread

import django

from kkmp.lib.presence import present


def begin() -> None:
    """Make a new process ready, and end it when the load that started it is killed.

    It would go on writing what the next load writes again.
    """
    django.setup()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    present(parent_process(), "a worker has been started").join()
    os._exit(1)
