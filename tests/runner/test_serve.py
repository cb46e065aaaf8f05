"""A worker beside the server: another follows one that ended, none outlives the server."""

import json
import os
import re
import sys
import time
from pathlib import Path
from threading import Thread
from unittest.mock import Mock

import psutil
import pytest
from django.conf import settings
from django.db import connection
from gunicorn.config import Keepalive

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.lib import documents
from kkmp.runner import environment, processes, serve

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def noted(note: Path, *, other_than: int = 0) -> int:
    """The process that is written down, once there is one."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            pid = int(json.loads(note.read_text())["pid"])
        except (OSError, ValueError):
            pid = other_than
        if pid != other_than:
            return pid
        time.sleep(0.02)
    raise AssertionError("no worker was started")


def test_a_killed_worker_is_followed_by_another_and_all_end_with_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "WORKER", SLEEP)
    monkeypatch.setattr(serve, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(serve, "LOOK_SECONDS", 0.02)
    note, watch = tmp_path / "run.worker", Mock()
    with processes.child(SLEEP, environment=os.environ) as server:
        beside = Thread(target=serve._work_beside, args=(server, os.environ, note, watch))
        beside.start()
        first = noted(note)
        psutil.Process(first).kill()
        second = noted(note, other_than=first)
        assert psutil.pid_exists(second)
        server.terminate()
        beside.join(timeout=120)
        assert not beside.is_alive()
    assert not psutil.pid_exists(second)
    assert not note.exists()
    assert watch.look.called


def test_an_empty_installation_is_told_how_its_first_administrator_is_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    serve._welcome(8123, demo=False, entered=False)
    told = capsys.readouterr().out
    assert "make manage ARGS=createsuperuser" in told
    assert "http://127.0.0.1:8123/admin/" in told
    serve._welcome(8123, demo=False, entered=True)
    assert "createsuperuser" not in capsys.readouterr().out


def test_the_worker_is_the_command_of_the_units() -> None:
    unit = (processes.ROOT / "docs" / "deploy" / "kkmp-worker@.service").read_text()
    assert f"manage.py {serve.WORKER[-1]}\n" in unit


def test_the_server_is_the_command_of_the_readme_and_of_the_units() -> None:
    how = [part for part in serve.command(8000) if part.startswith("--")]
    asked = {part for part in how if part.startswith(("--worker", "--threads", "--timeout"))}
    assert len(asked) == 4
    for name in ("README.md", "docs/deploy/kkmp-web.service"):
        text = (processes.ROOT / name).read_text()
        (line,) = [line for line in text.splitlines() if "gunicorn kkmp.wsgi" in line]
        assert asked <= set(line.split()), name


@pytest.mark.django_db
@pytest.mark.empty_house
def test_only_an_administrator_who_may_sign_in_counts() -> None:
    user = User.objects.create_user("pertama")

    def found() -> int:
        with connection.cursor() as cursor:
            cursor.execute(environment.ADMINISTRATOR)
            return int(cursor.rowcount)

    assert found() == 0
    roles.grant(user=user, role=Role.ADMINISTRATOR, by=None)
    assert found() == 1
    User.objects.update(is_active=False)
    assert found() == 0


def test_the_proxy_of_the_readme_buffers_and_lets_nobody_say_who_he_is() -> None:
    text = (processes.ROOT / "docs" / "deploy" / "nginx.conf").read_text()
    assert "(docs/deploy/nginx.conf)" in (processes.ROOT / "README.md").read_text()
    for line in (
        "proxy_request_buffering on;",
        "proxy_buffering on;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header Host $host;",
    ):
        assert line in text
    (most,) = re.findall(r"client_max_body_size (\d+)m;", text)
    assert int(most) * 1024**2 > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    (longest,) = re.findall(r"proxy_read_timeout (\d+)s;", text)
    assert int(longest) >= documents.LARGE.seconds
    # Debian 12 has nginx 1.22, which knows "http2" as a word of "listen" alone.
    assert "http2 on" not in text.replace('no "http2 on"', "")
    assert "listen 443 ssl http2;" in text
    # The server hangs up first unless nginx does, and a sale sent meanwhile is answered 502.
    (idle,) = re.findall(r"^    keepalive_timeout (\d+)s;", text, re.MULTILINE)
    assert int(idle) < Keepalive.default
