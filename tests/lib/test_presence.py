"""What is there for certain."""

import pytest

from kkmp.lib.existing import Missing, present


def test_what_is_there_is_given_back_even_if_it_counts_as_nothing():
    assert present(0) == 0
    assert present("") == ""


def test_what_is_missing_is_a_fault_that_says_why_it_should_be_there():
    with pytest.raises(Missing, match="every shift has a cashier"):
        present(None, "every shift has a cashier")
