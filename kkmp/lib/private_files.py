"""Files of people: evidence, photos and letters, which nobody reads but through the server."""

import os
import stat
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files of mode 0600 in folders of 0700, also where the folder was there before.

    What could not be written to its end, as on a full disk, is taken away again.
    """

    def __init__(self, **options: Any) -> None:
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        super().__init__(**(modes | options))

    def _save(self, name: str, content: File[bytes]) -> str:
        was_there = Path(self.path(name)).exists()
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]
        except OSError:
            if not was_there:
                Path(self.path(name)).unlink(missing_ok=True)
            raise
        self._shut(Path(self.location))
        return saved

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        found: File[bytes] = super()._open(name, mode)  # type: ignore[misc]
        self._shut(Path(self.location))
        return found

    @staticmethod
    def _shut(folder: Path) -> None:
        """What lies in the folder may be older and open; the folder alone has to be shut."""
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            os.chmod(folder, 0o700)
