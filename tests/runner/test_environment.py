"""The env file, and which database is meant."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from kkmp.runner import environment
from kkmp.runner.errors import CannotGoOn

NAMES = ("SECRET_KEY", "NIK_ENCRYPTION_KEYS", "NIK_HASH_KEY", "DEBUG", "SECURE")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*NAMES, "KKMP_ENV_FILE", "DATABASE_URL"):
        # Set first, so that what the code under test puts there is taken away afterwards.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_first_start_writes_keys_that_only_their_owner_reads(tmp_path: Path) -> None:
    environment.load_env_file(tmp_path)
    file = tmp_path / "kkmp.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [name for name in NAMES if f"{name}=" not in file.read_text()] == []
    assert [entry.name for entry in tmp_path.iterdir()] == ["kkmp.env"]


def test_written_keys_reach_the_children_and_work(tmp_path: Path) -> None:
    environment.load_env_file(tmp_path)
    key = Fernet(os.environ["NIK_ENCRYPTION_KEYS"])
    assert key.decrypt(key.encrypt(b"3374110101900001")) == b"3374110101900001"
    assert len(os.environ["SECRET_KEY"]) >= 50
    assert (os.environ["DEBUG"], os.environ["SECURE"]) == ("0", "0")


def test_second_start_keeps_the_keys(tmp_path: Path) -> None:
    environment.load_env_file(tmp_path)
    before = (tmp_path / "kkmp.env").read_text()
    environment.load_env_file(tmp_path)
    assert (tmp_path / "kkmp.env").read_text() == before


def test_what_is_set_already_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBUG", "1")
    environment.load_env_file(tmp_path)
    assert os.environ["DEBUG"] == "1"


def test_lost_keys_of_a_database_that_is_there_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    with pytest.raises(CannotGoOn, match=r"kkmp\.env is gone"):
        environment.load_env_file(tmp_path)
    assert not (tmp_path / "kkmp.env").exists()


def test_given_database_that_does_not_answer_is_named_in_one_line() -> None:
    with pytest.raises(CannotGoOn, match=r"DATABASE_URL: .*127\.0\.0\.1") as refusal:
        environment.check_server("postgres://nobody:secret@127.0.0.1:1/none")
    assert "\n" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_given_database_is_used_and_no_other_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql://someone@elsewhere/kkmp"
    monkeypatch.setenv("DATABASE_URL", url)
    asked: list[str] = []
    monkeypatch.setattr(environment, "check_server", asked.append)
    with environment.database(environment.development_cluster(tmp_path)) as used:
        assert used == url
    assert asked == [url]
    assert list(tmp_path.iterdir()) == []
