"""The compiled catalogue follows the written one."""

import gettext
import os
from pathlib import Path

import pytest

from kkmp.runner import words


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "id" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    _write(path, "Anggota", at=1_000)
    return path


def test_what_is_missing_is_compiled_once(written: Path, tmp_path: Path) -> None:
    assert words.refresh(tmp_path) == [written.with_suffix(".mo")]
    assert _word(written) == "Anggota"
    assert words.refresh(tmp_path) == []


@pytest.mark.parametrize("moment", [2_000, 500], ids=["newer", "older"])
def test_another_catalogue_is_compiled_anew(written: Path, tmp_path: Path, moment: int) -> None:
    words.refresh(tmp_path)
    _write(written, "Para anggota", at=moment)
    words.refresh(tmp_path)
    assert _word(written) == "Para anggota"


def test_a_catalogue_that_cannot_be_read_leaves_the_old_one(written: Path, tmp_path: Path) -> None:
    words.refresh(tmp_path)
    written.write_bytes(b'msgid "Members"\nmsgstr "\xff"\n')
    with pytest.raises(UnicodeDecodeError):
        words.refresh(tmp_path)
    assert _word(written) == "Anggota"
    assert sorted(path.name for path in written.parent.iterdir()) == ["django.mo", "django.po"]


def test_every_user_may_read_it(written: Path, tmp_path: Path) -> None:
    words.refresh(tmp_path)
    assert written.with_suffix(".mo").stat().st_mode & 0o777 == 0o644


def _write(path: Path, translation: str, at: int) -> None:
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(f'{header}msgid "Members"\nmsgstr "{translation}"\n')
    os.utime(path, (at, at))


def _word(written: Path) -> str:
    with written.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled).gettext("Members")
