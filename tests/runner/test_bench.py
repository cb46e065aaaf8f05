"""The benchmark's database."""

import os
import re

import pytest

from kkmp.runner import bench, chromium, environment
from kkmp.runner.errors import CannotGoOn


def test_a_database_of_its_own_is_made_and_removed() -> None:
    url, name = os.environ["DATABASE_URL"], "kkmp_test_empty"
    with (
        environment.empty_database(url, name) as own,
        environment._connect(own) as connection,
    ):
        assert connection.execute("SELECT current_database()").fetchone() == (name,)
        connection.close()
    with environment._connect(re.sub(r"/[^/?]+(?=\?|$)", "/postgres", url)) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        assert found.rowcount == 0


def test_a_missing_browser_is_said_before_anything_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> str:
        raise CannotGoOn("no browser")

    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "ensure", missing)
    monkeypatch.setattr(environment, "var_dir", lambda: pytest.fail("it goes on all the same"))
    with pytest.raises(CannotGoOn, match="no browser"):
        bench.bench([])
