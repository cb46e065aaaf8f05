"""The embedded PostgreSQL: its address, what killed runs leave, and its users."""

import os
import subprocess
import sys
from pathlib import Path

import environ
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from kkmp.runner import postgres
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.postgres import Cluster

FAST = {"fsync": "off", "shared_buffers": "16MB"}


def pid_file(data: Path, pid: int) -> Path:
    """What a server with that process number would have left behind."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / "postmaster.pid"
    file.write_text(f"{pid}\n{data}\n1700000000\n5432\n{data}\n\n 1 1\nready   \n")
    return file


@pytest.mark.parametrize("folder", ["plain", "With Capitals", "50% + ä?#@:", "a=b&c"])
def test_address_means_the_same_to_django_and_to_libpq(tmp_path: Path, folder: str) -> None:
    cluster = Cluster(tmp_path / folder)
    url = cluster.url()
    read = environ.Env.db_url_config(url)
    assert read["ENGINE"] == "django.db.backends.postgresql"
    assert (read["NAME"], read["USER"], read["HOST"]) == ("kkmp", "kkmp_owner", "")
    assert read["OPTIONS"] == {"host": str(cluster.socket_dir)}
    assert conninfo_to_dict(url) == {
        "user": "kkmp_owner",
        "dbname": "kkmp",
        "host": str(cluster.socket_dir),
    }


def test_reused_process_number_is_no_server(tmp_path: Path) -> None:
    pid_file(tmp_path, os.getpid())
    assert not Cluster(tmp_path).is_up()


@pytest.mark.parametrize("text", ["", "garbage\n", "99999999\n", "-1\n"])
def test_unreadable_process_number_is_no_server(tmp_path: Path, text: str) -> None:
    (tmp_path / "postmaster.pid").write_text(text)
    assert not Cluster(tmp_path).is_up()


def test_dead_server_that_nobody_buried_is_no_server(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        pid_file(tmp_path, child.pid)
        assert not Cluster(tmp_path).is_up()


def test_stopping_what_does_not_run_harms_no_other_process(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        pid_file(tmp_path, other.pid)
        Cluster(tmp_path).stop()
        assert other.poll() is None
        other.communicate(b"\n")


def test_folder_of_another_version_is_named_and_kept(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    refusal = pytest.raises(CannotGoOn, match=r"made by PostgreSQL 9 and this is \d\d")
    with refusal, Cluster(data).running():
        pytest.fail("it may not run")
    assert (data / "PG_VERSION").exists()


def test_disposable_folder_of_another_version_is_made_anew(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    cluster = Cluster(data, settings=FAST, owner_may="CREATEDB", disposable=True)
    with cluster.running() as url, psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (True,)


def test_long_path_moves_the_socket_to_a_short_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    data = tmp_path / ("long" * 30)
    short = Cluster(data).socket_dir
    assert short.parent == tmp_path
    assert short.stat().st_mode & 0o077 == 0
    assert Cluster(data).socket_dir == short
    assert Cluster(tmp_path / ("other" * 30)).socket_dir != short


def test_short_folder_that_others_may_enter_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    cluster = Cluster(tmp_path / ("long" * 30))
    cluster.socket_dir.chmod(0o777)
    with pytest.raises(CannotGoOn, match="is not ours"):
        cluster.url()


def test_server_starts_over_leftovers_and_stops_with_its_last_user(tmp_path: Path) -> None:
    """One real server for the whole story, since making one takes a second."""
    data = tmp_path / "postgres"
    (tmp_path / "postgres.new" / "half").mkdir(parents=True)
    cluster = Cluster(data, settings=FAST)
    with cluster.running() as url:
        with psycopg.connect(url) as connection:
            row = connection.execute(
                "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles"
                " WHERE rolname = current_user"
            ).fetchone()
            assert row == (False, True, False)
        with Cluster(data, settings=FAST).running() as second:
            assert second == url
        assert cluster.is_up()
    assert not cluster.is_up()

    left = pid_file(data, os.getpid())
    os.chown(left, data.stat().st_uid, data.stat().st_gid)
    with cluster.running() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == (postgres.DATABASE,)
    assert not cluster.is_up()
