"""A world that is made once a module; each test undoes what it has done to it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.guards import writes
from tests.guards.refusing import drawn_once
from tests.guards.side import Side
from tests.guards.world import World, build, furnish, undone


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        yield build()


@pytest.fixture
def world(built: World, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        yield built


@pytest.fixture(scope="module")
def refusals_drawn_once() -> Iterator[None]:
    """For a module that looks at nothing of a page that refuses but its status."""
    with drawn_once():
        yield


@pytest.fixture(scope="module")
def sides(built: World, django_db_blocker: Any) -> Iterator[tuple[Side, Side]]:
    with django_db_blocker.unblock(), undone():
        yield furnish(built)


@pytest.fixture
def ours(sides: tuple[Side, Side], world: World) -> Side:
    return sides[0]


@pytest.fixture
def theirs(sides: tuple[Side, Side], world: World) -> Side:
    return sides[1]


@pytest.fixture
def ids(ours: Side) -> dict[str, Any]:
    """The ids of what is at Melati, by kind; with what only writing needs."""
    return writes.things(ours)
