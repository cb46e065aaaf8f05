"""Workers in threads of the test, and as processes of their own on the test's database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from kkmp.lib.ids import new_id
from kkmp.tasks import worker


def queued(name: str) -> list[DBTaskResult]:
    """The tasks of one function, oldest first."""
    found = DBTaskResult.objects.filter(task_path__endswith=f".{name}")
    return list(found.order_by("enqueued_at", "id"))


def work_off() -> None:
    """Do all that is ready, as a worker would, with a connection of its own."""
    done = Thread(target=work_off_here)
    done.start()
    done.join(timeout=120)
    assert not done.is_alive()


def work_off_here() -> None:
    """Work off what waits in the thread that calls it; its connections are closed in the end."""
    try:
        worker.Taker(new_id(), until_empty=True).run()
    finally:
        connections.close_all()


@contextmanager
def process(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process that connects to the test's database as the application does.

    It is killed at the end of the block, if it has not ended.
    """
    environment = {
        **os.environ,
        "APP_DATABASE_URL": _address(),
        "DJANGO_SETTINGS_MODULE": "kkmp.settings",
    }
    child = subprocess.Popen([sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment)
    try:
        yield child
    finally:
        child.kill()
        child.wait(timeout=120)


def _address() -> str:
    database = connection.settings_dict
    host = quote(str(database["HOST"]), safe="")
    port = f":{database['PORT']}" if database["PORT"] else ""
    options = "&".join(
        f"{name}={quote(value, safe='')}"
        for name, value in (database.get("OPTIONS") or {}).items()
        if isinstance(value, str)
    )
    who = f"{database['USER']}:{database['PASSWORD']}"
    return f"postgresql://{who}@{host}{port}/{database['NAME']}?{options}"
