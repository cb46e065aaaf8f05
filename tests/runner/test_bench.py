"""The benchmark's database."""

import os
import re

from kkmp.runner import environment


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
