"""Pages that are looked at need no server of their own: what they are is made before."""

import pytest

from tests.guards.conftest import built, ours, sides, theirs, world  # noqa: F401


@pytest.fixture(autouse=True)
def _nothing_is_blocked_or_broken() -> None:
    """Nothing to watch: the fixture that this one replaces starts a server and a page each time."""
