"""The floor's messages are tested in the language of the source."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests import node


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def scripts() -> Iterator[Callable[..., Any]]:
    """Calls a function of a module of our pages: its file below ``js/``, its name, arguments."""
    with node.running(Path(node.__file__).with_suffix(".mjs")) as running:
        yield running.call
