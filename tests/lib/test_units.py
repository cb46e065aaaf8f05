"""What the tests of a module share is made once, and what takes longest is begun first."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import units


@pytest.mark.parametrize(
    ("nodeid", "unit"),
    [
        ("tests/guards/test_keys.py::test_a[x::y]", "tests/guards/test_keys.py"),
        ("tests/browser/pages/test_all.py::test_b", "tests/browser/pages/test_all.py"),
        ("tests/browser/test_till.py::test_c[phone]", "tests/browser/test_till.py::test_c[phone]"),
    ],
)
def test_a_module_stays_together_but_in_a_browser_each_test_is_alone(nodeid, unit):
    assert units.unit_of(nodeid) == unit


def item(nodeid: str, *fixtures: str) -> Any:
    mark = "browser" if "browser" in nodeid else None
    return SimpleNamespace(
        nodeid=nodeid,
        path=Path(nodeid.partition("::")[0]),
        fixturenames=fixtures,
        get_closest_marker=lambda name: name == mark or None,
    )


def test_pages_come_first_then_browsers_then_large_worlds_then_the_others_as_they_came():
    items = [
        item("tests/lib/test_b.py::test_1", "shop"),
        item("tests/lib/test_b.py::test_2"),
        item("tests/guards/test_small.py::test_3", "built"),
        item("tests/lib/test_a.py::test_4"),
        item("tests/guards/test_large.py::test_5", "built"),
        item("tests/guards/test_large.py::test_6", "built"),
        item("tests/browser/test_till.py::test_7"),
        item("tests/browser/pages/test_every_page.py::test_8", "built"),
    ]
    items.sort(key=units.order(items))
    assert [one.nodeid[-1] for one in items] == list("87563214")
