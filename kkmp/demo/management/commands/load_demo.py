import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from kkmp.demo import loading
from kkmp.lib.clock import business_today
from kkmp.registry import queries as registry

_WIDTH = 32


class Command(BaseCommand):
    help = "Load the invented demo of the city into a database that is marked as a demo."
    _tenths = -1

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="mark a fresh database and load; leave any other as it is",
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"]:
            if loading.is_fresh():
                loading.mark()
            elif not registry.is_demo() or loading.is_loaded():
                return
        if loading.is_loaded():
            raise CommandError("The demo is already loaded.")
        try:
            loading.load(last=business_today() - timedelta(days=1), progress=self._progress)
        except loading.NotADemo as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("")

    def _progress(self, done: int, total: int, what: str) -> None:
        """A bar that fills on a terminal; in a file, a line each tenth."""
        filled = _WIDTH * done // total
        bar = "█" * filled + "·" * (_WIDTH - filled)
        line = f"  {bar} {100 * done // total:3} %  {what}"
        if sys.stdout.isatty():
            self.stdout.write(f"\r\x1b[K{line}", ending="")
        elif 10 * done // total > self._tenths:
            self.stdout.write(line)
        self._tenths = 10 * done // total
        self.stdout.flush()
