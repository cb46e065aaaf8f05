"""Every page on a small phone, in letters of twice the size, and on sheets of A4.

The pages are made by the application with a thing of every kind, and shown to a browser from a
server of files: once in letters of each size, for all tests here.
"""

import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.pages.server import serving
from tests.browser.pages.visiting import WINDOWS, Visit, visit_all
from tests.browser.pages.walk import make_all
from tests.guards.side import Side
from tests.guards.world import World, undone

#: Shows people by numbers, below a list's filters; its tables are no list.
NO_LIST = {"members:figures"}


@pytest.fixture(scope="module")
def visits(
    built: World, sides: tuple[Side, Side], browser: Browser, django_db_blocker: Any
) -> Iterator[list[Visit]]:
    began = time.monotonic()
    with serving() as made:
        with django_db_blocker.unblock(), undone():
            pages = make_all(built, *sides, made)
        found = visit_all(browser, pages, made)
        sys.stdout.write(f"{len(found)} pages in {time.monotonic() - began:.0f} seconds\n")
        # Pages of files and of what is asked for by scripts are not found; pages are.
        assert len(found) > 125
        yield found


def test_all_is_read_and_pressed_on_a_phone_and_in_large_letters(visits, case):
    """Nothing scrolls sideways, is covered, is cut, or stands a letter a line."""
    for visit in visits:
        assert [*visit.faults] == WINDOWS
        for window, faults in visit.faults.items():
            with case(f"{visit.page.name} {window}"):
                assert faults == []


def test_a_list_begins_on_a_phone_s_first_screen(visits, case):
    lists = [one for one in visits if one.below is not None and one.page.name not in NO_LIST]
    assert len(lists) >= 10
    for visit in lists:
        with case(visit.page.name):
            assert visit.below <= 0


def test_no_page_begins_with_an_empty_sheet(visits, case):
    """However long its tables and lists are, the first one begins below the heading."""
    long = [one for one in visits if one.filled is not None]
    assert len(long) >= 40
    for visit in long:
        with case(visit.page.name):
            assert visit.filled > 0.6


def test_what_is_for_the_screen_is_not_printed(visits, case):
    for visit in visits:
        with case(visit.page.name):
            assert visit.for_the_screen == []
