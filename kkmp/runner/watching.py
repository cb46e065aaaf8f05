"""The database beside a running server: one that has ended is told, and ours is started again."""

import time

from kkmp.runner import environment
from kkmp.runner.console import step
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.postgres import Cluster

#: Between two looks.
LOOK_SECONDS = 2.0


class DatabaseWatch:
    """Looks every now and then whether the database lives, and says when that changes.

    :param url: of the owner
    :param cluster: the one that is ours to start again; None where the address was given
    """

    def __init__(self, url: str, cluster: Cluster | None) -> None:
        self.url = url
        self.cluster = cluster
        self.is_away = False
        self._next = 0.0

    def look(self) -> None:
        """Nothing, if it was looked at a moment ago."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + LOOK_SECONDS
        if self.cluster is not None:
            self._revive(self.cluster)
        else:
            self._tell()

    def _revive(self, cluster: Cluster) -> None:
        if cluster.is_up():
            self.is_away = False
            return
        if not self.is_away:
            step("The database has ended by itself; starting it again")
        try:
            cluster.revive()
        except CannotGoOn as error:
            if not self.is_away:
                step(f"It did not start: {error}. Trying again until it does")
            self.is_away = True
            return
        step("The database is there again; whoever was just saving tries once more")
        self.is_away = False

    def _tell(self) -> None:
        try:
            environment.check_server(self.url)
        except CannotGoOn as error:
            if not self.is_away:
                step(f"The database does not answer, so pages show errors. {error}")
            self.is_away = True
            return
        if self.is_away:
            step("The database answers again")
        self.is_away = False
