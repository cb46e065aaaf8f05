"""The till's script as a test asks it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.node import SCRIPTS, Node, running


class Device:
    """Asks and waits for the answer."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def __call__(self, act: str, **given: Any) -> Any:
        return self._node.ask({"act": act} | given)

    def call(self, name: str, *args: Any) -> Any:
        return self("call", name=name, args=args)


@pytest.fixture(scope="module")
def device() -> Iterator[Device]:
    with running(Path(__file__).with_name("device.mjs"), SCRIPTS / "till") as node:
        yield Device(node)
