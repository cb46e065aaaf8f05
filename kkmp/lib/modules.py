"""Our own browser modules: the list of behaviours made from them, and what each of them imports.

A module that binds itself to parts of a page says to which, in a line of its own::

    export const selector = "[data-rupiah]";

``kkmp/js/behaviours.js`` is made from these lines, so that a new behaviour is a new file and
nothing else. It is a static file like the others: found while developing, collected and hashed
for real.
"""

import json
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from typing_extensions import override

FOLDER = "kkmp/js"
BEHAVIOURS = f"{FOLDER}/behaviours.js"
_SELECTOR = re.compile(r'^export const selector = "([^"\n]+)";$', re.MULTILINE)
_BIND = re.compile(r"^export (?:async )?function bind\(", re.MULTILINE)
_IMPORT = re.compile(r'^(?:import|export)\b[^"\n]*"(\.[^"\n]+)";', re.MULTILINE)


def sources() -> dict[str, str]:
    """Address below STATIC_URL -> text of each module of ours, the made one among them."""
    root = Path(settings.STATICFILES_DIRS[0])
    found = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((root / FOLDER).rglob("*.js"))
    }
    return found | {BEHAVIOURS: _written(found)}


def _written(modules: dict[str, str]) -> str:
    lines = [
        f"  [{json.dumps(match[1])}, () => import({json.dumps(_from_folder(name))})],\n"
        for name, text in modules.items()
        if (match := _SELECTOR.search(text))
    ]
    return (
        "// Made from the modules: see kkmp/lib/modules.py.\n"
        f"export const behaviours = [\n{''.join(lines)}];\n"
    )


def _from_folder(name: str) -> str:
    return f"./{posixpath.relpath(name, FOLDER)}"


@cache
def needed_by(*names: str) -> tuple[str, ...]:
    """The modules themselves and all that they import, and these import, nearest first.

    What is imported only when it is needed (``import()``) is not among them.
    """
    modules = sources()
    needed: dict[str, None] = dict.fromkeys(names)
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        for target in _imports(name, modules.get(name, "")):
            if target not in needed:
                needed[target] = None
                waiting.append(target)
    return tuple(needed)


def _imports(name: str, text: str) -> list[str]:
    folder = posixpath.dirname(name)
    return [posixpath.normpath(posixpath.join(folder, each)) for each in _IMPORT.findall(text)]


class BehaviourFinder(BaseFinder):
    """Finds ``behaviours.js``, written to VAR_DIR whenever the modules say something new."""

    @property
    def storage(self) -> FileSystemStorage:
        return FileSystemStorage(location=str(settings.VAR_DIR / "made"))

    @override
    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """A module that has the one and not the other is never bound, and nobody would see why."""
        return [
            Error(
                f"{name} exports only one of `bind` and `selector`.",
                hint='A behaviour says `export const selector = "…";` in a line of its own.',
                id="kkmp.E011",
            )
            for name, text in sources().items()
            if bool(_SELECTOR.search(text)) != bool(_BIND.search(text))
        ]

    @override
    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Finds ``behaviours.js`` as :class:`BaseFinder` asks; an empty list for any other file."""
        found = [self._file()] if path == BEHAVIOURS else []
        return found if find_all else (found[0] if found else [])

    @override
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        self._file()
        yield BEHAVIOURS, self.storage

    def _file(self) -> str:
        file = Path(self.storage.path(BEHAVIOURS))
        text = sources()[BEHAVIOURS]
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            # Whoever reads it meanwhile gets the old one or the new one, whole.
            new = file.with_name(f"{file.name}.{os.getpid()}")
            new.write_text(text, encoding="utf-8")
            new.replace(file)
        return str(file)
