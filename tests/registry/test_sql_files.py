"""Functions of the database are run again when their file has changed, and only then."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from kkmp.registry import database, functions

pytestmark = pytest.mark.django_db(transaction=True)

_ANSWER = """
CREATE OR REPLACE FUNCTION registry_answer() RETURNS integer
LANGUAGE sql SET search_path = public, pg_temp AS 'SELECT {}';
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose functions stand in this folder."""
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    monkeypatch.setattr(functions, "files", lambda: sorted(tmp_path.glob("*.sql")))
    return tmp_path


def _renew(*, triggers: bool = False) -> list[str]:
    with database.as_owner():
        return functions.renew(triggers=triggers)


def _answer() -> int:
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT registry_answer()")
        return cursor.fetchone()[0]


def test_a_file_is_run_when_it_has_changed(folder: Path) -> None:
    (folder / "answer.sql").write_text(_ANSWER.format(42))
    assert _renew() == ["answer.sql"]
    assert _renew() == []
    (folder / "answer.sql").write_text(_ANSWER.format(43))
    assert _renew() == ["answer.sql"]
    assert _answer() == 43


def test_all_of_them_are_run_or_none(folder: Path) -> None:
    (folder / "a.sql").write_text(_ANSWER.format(42))
    (folder / "b.sql").write_text("CREATE OR REPLACE FUNCTION nonsense")
    with pytest.raises(DatabaseError, match="syntax"):
        _renew()
    with pytest.raises(DatabaseError, match="does not exist"):
        _answer()
    (folder / "b.sql").write_text("SELECT 1")
    assert _renew() == ["a.sql", "b.sql"]


def test_what_triggers_call_has_a_turn_of_its_own(folder: Path) -> None:
    (folder / "triggers.sql").write_text(_ANSWER.format(1))
    (folder / "answer.sql").write_text(_ANSWER.format(2))
    assert _renew(triggers=True) == ["triggers.sql"]
    assert _renew() == ["answer.sql"]


def test_they_come_in_the_order_of_the_layers() -> None:
    rooms = [file.relative_to(settings.BASE_DIR).parts[:2] for file in functions.files()]
    found = list(dict.fromkeys(room[1] if room[0] == "kkmp" else room[0] for room in rooms))
    assert found == [
        each
        for each in ("registry", "access", "finance", "imports", "exports", "members", "shops")
        if each in found
    ]
    assert {"registry", "access", "finance", "shops"} <= set(found)


def test_a_stranger_may_call_none_of_them(as_owner: Callable[..., None]) -> None:
    as_owner(
        "DO $$ BEGIN ASSERT NOT EXISTS (SELECT 1 FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND"
        " (proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(proacl) WHERE grantee = 0))); END $$"
    )
