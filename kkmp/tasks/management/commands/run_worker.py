"""``manage.py run_worker``: do background work until stopped; one process, one piece at a time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from typing_extensions import override

from kkmp.tasks import worker


class Command(BaseCommand):
    help = "Do background work: long lists, nightly checks. Run one or more beside the web server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-empty", action="store_true", help="end when there is nothing to do"
        )

    @override
    def handle(self, *args: Any, until_empty: bool, **options: Any) -> None:
        worker.work(until_empty=until_empty)
