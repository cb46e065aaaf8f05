"""Processes that load the demo. A new one imports this before Django is set up: no models here."""

import os
from multiprocessing import parent_process
from threading import Thread

import django

from kkmp.lib.existing import present


def begin() -> None:
    """Set up Django in a new process, and end it when the load that started it is killed.

    Otherwise it would go on writing what the next load writes too.
    """
    django.setup()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    present(parent_process(), "a worker has been started").join()
    os._exit(1)
