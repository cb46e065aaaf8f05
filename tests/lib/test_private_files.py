"""What people have uploaded is read by nobody but the server's own user."""

import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_and_its_folders_are_the_servers_alone(folder):
    name = default_storage.save("stages/2026/akta.pdf", ContentFile(b"%PDF"))
    assert mode(folder / name) == 0o600
    assert mode(folder / "stages" / "2026") == mode(folder / "stages") == mode(folder) == 0o700


def test_a_folder_that_was_open_is_shut(folder):
    (folder / "stages").mkdir(parents=True)
    folder.chmod(0o755)
    default_storage.save("stages/akta.pdf", ContentFile(b"%PDF"))
    assert mode(folder) == 0o700


def test_a_folder_that_was_open_is_shut_when_a_file_is_read(folder):
    (folder / "stages").mkdir(parents=True)
    (folder / "stages" / "akta.pdf").write_bytes(b"%PDF")
    folder.chmod(0o755)
    with default_storage.open("stages/akta.pdf") as file:
        assert file.read() == b"%PDF"
    assert mode(folder) == 0o700


def test_style_sheets_are_for_everybody():
    """A proxy of another user may serve them."""
    assert storages["staticfiles"].file_permissions_mode in (None, 0o644)
