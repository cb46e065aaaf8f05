"""Translations are compiled without GNU gettext."""

import gettext
import os
from pathlib import Path

import pytest

from kkmp.runner import messages

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Save"
msgstr "Simpan"

#, python-format
msgid "%(count)s members"
msgstr "%(count)s anggota"

#, fuzzy
msgid "Cancel"
msgstr "Simpan"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    file = tmp_path / "id" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOGUE)
    return file


def test_compiled_catalogue_translates_what_is_sure(tmp_path: Path, catalogue: Path) -> None:
    assert messages.compile_catalogues(tmp_path) == 1
    translations = gettext.translation("django", localedir=tmp_path, languages=["id"])
    assert translations.gettext("Save") == "Simpan"
    assert translations.gettext("%(count)s members") == "%(count)s anggota"
    assert translations.gettext("Cancel") == "Cancel"


def test_only_changed_catalogues_are_compiled(tmp_path: Path, catalogue: Path) -> None:
    messages.compile_catalogues(tmp_path)
    assert messages.compile_catalogues(tmp_path) == 0
    later = catalogue.with_suffix(".mo").stat().st_mtime + 1
    os.utime(catalogue, (later, later))
    assert messages.compile_catalogues(tmp_path) == 1
