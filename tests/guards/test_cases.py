"""A test of many cases fails with all that failed, and never by visiting none."""

import pytest

from tests.cases import Cases


def visit(names: str, failing: str = "") -> Cases:
    case = Cases()
    for name in names:
        with case(name):
            assert name not in failing
    return case


def test_every_case_is_visited_though_one_fails():
    case = visit("abcd", failing="bd")
    assert case.names == list("abcd")
    with pytest.raises(ExceptionGroup, match="2 of 4 cases") as told:
        case.verdict()
    assert [failure.__notes__ for failure in told.value.exceptions] == [
        ["in the case 'b'"],
        ["in the case 'd'"],
    ]


def test_good_cases_pass():
    visit("abcd").verdict()


def test_no_case_at_all_is_no_success():
    with pytest.raises(AssertionError, match="no case"):
        visit("").verdict()


def test_a_case_counts_once():
    with pytest.raises(AssertionError, match="one name"):
        visit("aa").verdict()
