"""``make reset`` removes what runs made, and nothing else."""

from pathlib import Path

import pytest

from kkmp.runner import cleanup
from kkmp.runner.errors import CannotGoOn


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "postgres").mkdir()
    (tmp_path / "files" / "receipts").mkdir(parents=True)
    (tmp_path / "files" / "receipts" / "one.pdf").write_text("paid")
    (tmp_path / "test-postgres").mkdir()
    return tmp_path


def test_reset_removes_database_and_files_and_keeps_keys(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KKMP_ENV_FILE", raising=False)
    (var / "kkmp.env").write_text("# keys\n")
    assert cleanup.reset() == 0
    assert not (var / "postgres").exists()
    assert not (var / "files").exists()
    assert (var / "kkmp.env").exists()
    assert (var / "test-postgres").exists()


def test_reset_never_touches_a_foreign_database(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://someone@elsewhere/kkmp")
    with pytest.raises(CannotGoOn, match="never dropped"):
        cleanup.reset()
    assert (var / "postgres").exists()
    assert (var / "files" / "receipts" / "one.pdf").exists()


def test_reset_sees_a_foreign_database_in_the_env_file_too(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KKMP_ENV_FILE", raising=False)
    # Set and taken away, so that what the file brings is taken away after the test.
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.delenv("DATABASE_URL")
    (var / "kkmp.env").write_text("DATABASE_URL=postgres://someone@elsewhere/kkmp\n")
    with pytest.raises(CannotGoOn, match="never dropped"):
        cleanup.reset()
    assert (var / "postgres").exists()
