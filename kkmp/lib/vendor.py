"""Browser packages as static files: the few files the pages use, out of ``node_modules``."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.checks import CheckMessage, Error
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from typing_extensions import override
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

#: Address below STATIC_URL -> file below NODE_MODULES. Nothing else of a package is served.
FILES = {
    "vendor/tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/barcode-detector/ponyfill.js": "barcode-detector/dist/iife/ponyfill.js",
    "vendor/barcode-detector/zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "vendor/chart.js/chart.umd.min.js": "chart.js/dist/chart.umd.min.js",
    "vendor/fonts/plus-jakarta-sans.woff2": (
        "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2"
    ),
}
_SOURCE_MAP = re.compile(rb"^(?://|/\*)# sourceMappingURL=[^\n]*$", re.MULTILINE)


class VendorStorage(FileSystemStorage):
    """Reads the listed files by their address; drops the pointer to a source map not served."""

    def path(self, name: str) -> str:
        return str(Path(settings.NODE_MODULES, FILES[name]))

    def _open(self, name: str, _mode: str = "rb") -> File[bytes]:
        content = Path(self.path(name)).read_bytes()
        if name.endswith((".css", ".js")):
            content = _SOURCE_MAP.sub(b"", content)
        return ContentFile(content, name=name)


class VendorFinder(BaseFinder):
    """Finds exactly the files of :data:`FILES`, for ``collectstatic`` and while developing."""

    storage = VendorStorage()

    @override
    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [
            Error(
                f"The browser package file {source} is missing.",
                hint="Run `npm ci` in kkmp/frontend (`make run` does it).",
                id="kkmp.E010",
            )
            for source in FILES.values()
            if not Path(settings.NODE_MODULES, source).is_file()
        ]

    @override
    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file's path; with ``find_all`` a list; an empty list for what is not listed."""
        found = [self.storage.path(path)] if path in FILES else []
        return found if find_all else (found[0] if found else [])

    @override
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, VendorStorage]]:
        for name in FILES:
            yield name, self.storage


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names inside our own ES modules' imports too, so that a release never mixes versions.

    Only ours: packages may hold text that merely looks like an import.
    """

    patterns = (
        *HashedFilesMixin.patterns,
        ("kkmp/js/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1]),  # type: ignore[attr-defined]
    )

    @override
    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Pack files on real servers only: on one's own machine the packing would take longer."""
        if settings.SECURE:
            yield from super().compress_files(paths)
