"""Which tests one worker runs together, and in which order they are begun.

Some modules make a world for all their tests, and one visits every page. Handed out test by test,
their tests would make it once more in each worker. So the tests of a module stay together. Those
in a browser take long and share nothing: each is handed out by itself.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

from tests import databases

#: Visits every page once, for all its tests: it takes longest of all.
PAGES = "tests/browser/pages/"
#: The fixture of a world that a module makes once (tests/guards/conftest.py).
WORLD = "built"


class Scheduling(LoadFileScheduling):
    """Hands out tests as ``--dist loadfile`` does, by module; those in a browser one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def unit_of(nodeid: str) -> str:
    is_alone = nodeid.startswith("tests/browser/") and not nodeid.startswith(PAGES)
    return nodeid if is_alone else nodeid.partition("::")[0]


def order(items: list[pytest.Item]) -> Callable[[pytest.Item], Any]:
    """What takes longest is begun first, so that all workers end together.

    Those of a module that find the same in the database follow each other.
    """
    places: dict[Path, int] = {}
    worlds: Counter[Path] = Counter()
    for item in items:
        places.setdefault(item.path, len(places))
        worlds[item.path] += WORLD in getattr(item, "fixturenames", ())

    def key(item: pytest.Item) -> Any:
        return (
            not item.nodeid.startswith(PAGES),
            item.get_closest_marker("browser") is None,
            -worlds[item.path],
            places[item.path],
            databases.house_of(item),
        )

    return key
