"""When ``make test`` has failed."""

import pytest

from kkmp.runner import suite


@pytest.mark.parametrize(
    ("without", "within", "failed"),
    [
        (0, 0, []),
        (0, 5, []),
        (5, 0, []),
        (5, 5, ["no tests were found"]),
        (1, 0, ["tests"]),
        (0, 1, ["browser tests"]),
        (1, 5, ["tests"]),
        (1, 1, ["tests", "browser tests"]),
        (0, 2, ["browser tests"]),
    ],
)
def test_verdict_by_exit_codes(without: int, within: int, failed: list[str]) -> None:
    assert suite.verdicts(without, within) == failed
