"""Small wrong changes to the code, written down in one file, made and taken back."""

import importlib.util
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kkmp.runner.errors import CannotGoOn

#: In the order in which they are reported.
AREAS = ("money", "stock", "rights", "tenancy", "idempotency", "dates", "identity")
#: Makes what the migrations say into statements.
TABLES = Path("kkmp", "registry")


@dataclass(frozen=True, slots=True)
class Change:
    """A text that stands once in a file, and what stands there instead."""

    file: str
    before: str
    after: str

    def applied_to(self, root: Path) -> str:
        """What the file says after the change.

        :raises CannotGoOn: the text does not stand there exactly once: the code has moved on
        """
        path = root / self.file
        found = path.read_text() if path.exists() else ""
        if found.count(self.before) != 1:
            raise CannotGoOn(
                f"{self.file} has {found.count(self.before)} times, not once:\n{self.before}"
            )
        return found.replace(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong change, which may need several places to be made.

    :param what: the change in words
    :param harm: what it would do to people
    :param tests: where it should be seen first: files or folders of tests
    """

    id: str
    area: str
    what: str
    harm: str
    tests: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def makes_tables(self) -> bool:
        """Whether the tests' database has to be made anew to have it."""
        files = [Path(change.file) for change in self.changes]
        return any(
            file.suffix == ".sql" or "migrations" in file.parts or TABLES in file.parents
            for file in files
        )

    @contextmanager
    def made(self, root: Path) -> Iterator[None]:
        """Make it in a copy of the tree for the block.

        :raises CannotGoOn: one of its texts does not stand exactly once in its file
        """
        files = [root / change.file for change in self.changes]
        before = [file.read_bytes() for file in files]
        try:
            for change in self.changes:
                _write(root / change.file, change.applied_to(root).encode())
            yield
        finally:
            for file, content in zip(files, before, strict=True):
                _write(file, content)


def read(file: Path) -> list[Mutant]:
    """All that are written down, in the order of their areas.

    :raises CannotGoOn: something is missing, too much or there twice
    """
    found = [_mutant(one) for one in tomllib.loads(file.read_text())["mutant"]]
    ids = [one.id for one in found]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        raise CannotGoOn(f"Written down twice: {', '.join(twice)}")
    return sorted(found, key=lambda one: AREAS.index(one.area))


def _mutant(told: dict[str, Any]) -> Mutant:
    named = f"mutant {told.get('id', '')}".strip()
    missing = {"id", "area", "what", "harm", "tests", "change"} ^ told.keys()
    if missing:
        raise CannotGoOn(f"{named}: missing or unknown: {', '.join(sorted(missing))}")
    if told["area"] not in AREAS:
        raise CannotGoOn(f"{named}: {told['area']} is none of {', '.join(AREAS)}")
    changes = tuple(Change(**one) for one in told["change"])
    if any(not one.before or one.before == one.after for one in changes):
        raise CannotGoOn(f"{named}: a change has nothing to look for, or changes nothing")
    words = {name: told[name] for name in ("id", "area", "what", "harm")}
    return Mutant(**words, tests=tuple(told["tests"]), changes=changes)


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    # Python trusts what it has compiled where a file's time and size are the same, and two
    # changes within one second may be.
    Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)
