"""Which pages are pictured: each package says it in a ``screenshots.toml`` beside its code.

A file is a list of ``[[shot]]``, plain data without imports in either direction:

``name``
    of the picture, ``docs/screenshots/<name>.webp``
``path``
    where to begin; without it the shot goes on from where the one above it has ended
``who``
    signs in; nobody does if it is missing
``steps``
    to take once the page is open, as ``[what, selector, text]``: ``follow`` the first matching
    link, ``open`` an address, ``click``, ``click if shown``, ``fill``, ``press`` a key, ``wait``
    until something is there, ``upload`` a file of the tests' data
``phone``
    drawn as a phone shows it
``changes``
    what it does stays in the demo: drawn once all those that only look are done
``after``
    names of shots, of any package, whose changes it needs
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kkmp.runner import environment
from kkmp.runner.errors import CannotGoOn

FOLDERS = ("finance", "kkmp", "members", "shops")
FILE = "screenshots.toml"


@dataclass(frozen=True)
class Shot:
    """One picture; the fields are explained above."""

    name: str
    who: str = ""
    path: str = ""
    steps: tuple[tuple[str, ...], ...] = ()
    phone: bool = False
    changes: bool = False
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Walk:
    """Shots of one person, each going on from where the one before has ended."""

    shots: tuple[Shot, ...]

    @property
    def names(self) -> set[str]:
        return {shot.name for shot in self.shots}

    @property
    def only_looks(self) -> bool:
        return not any(shot.changes or shot.after for shot in self.shots)


def declared(root: Path = environment.ROOT) -> list[Walk]:
    """Every walk of every package, in the order in which they are to be taken.

    :raises CannotGoOn: a name is given twice, or a file cannot be understood
    """
    walks = [walk for file in _files(root) for walk in _walks(file)]
    names = [shot.name for walk in walks for shot in walk.shots]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CannotGoOn(f"Declared twice: {', '.join(twice)}.")
    return _in_order(walks, [walk for walk in walks if walk.only_looks] + walks)


def chosen(walks: Sequence[Walk], names: Iterable[str]) -> list[Walk]:
    """The walks that draw these names, after those whose changes they need.

    :raises CannotGoOn: nobody declares a name
    """
    return _in_order(walks, [_holder(walks, name) for name in names])


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob(FILE)):
            if "node_modules" not in file.parts:
                yield file


def _walks(file: Path) -> list[Walk]:
    walks: list[list[Shot]] = []
    for entry in tomllib.loads(file.read_text(encoding="utf-8")).get("shot", []):
        steps = tuple(tuple(step) for step in entry.pop("steps", []))
        try:
            shot = Shot(**entry, steps=steps)
        except TypeError as error:
            raise CannotGoOn(f"{file}: {error}") from error
        if shot.path:
            walks.append([shot])
        elif walks and not (shot.who or shot.phone):
            walks[-1].append(shot)
        else:
            raise CannotGoOn(f"{file}: {shot.name} goes on from another shot, or has a path.")
    return [Walk(tuple(shots)) for shots in walks]


def _in_order(walks: Sequence[Walk], wanted: Iterable[Walk]) -> list[Walk]:
    """The wanted ones in the order given, each after those that it names."""
    ordered: list[Walk] = []
    for walk in wanted:
        _append(walk, walks, ordered, ())
    return ordered


def _append(
    walk: Walk, walks: Sequence[Walk], ordered: list[Walk], waiting: tuple[Walk, ...]
) -> None:
    if walk in waiting:
        raise CannotGoOn(f"{walk.shots[0].name} is to be drawn after itself.")
    if walk in ordered:
        return
    for shot in walk.shots:
        for name in shot.after:
            _append(_holder(walks, name), walks, ordered, (*waiting, walk))
    ordered.append(walk)


def _holder(walks: Sequence[Walk], name: str) -> Walk:
    for walk in walks:
        if name in walk.names:
            return walk
    raise CannotGoOn(f"No package declares a screenshot {name}.")
