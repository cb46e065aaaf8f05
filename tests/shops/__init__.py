"""Tests of the shop."""

import pytest

# Its assertions say what they compared, as those of the tests do.
pytest.register_assert_rewrite("tests.shops.mornings.model")
