"""Processes that tell the stories. No tables here: a process that begins reads this first."""

import os
from multiprocessing import parent_process
from threading import Thread

import django


def begin() -> None:
    """Make a new process ready, and end it when the load that started it is killed.

    It would go on writing what the next load writes again.
    """
    django.setup()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
