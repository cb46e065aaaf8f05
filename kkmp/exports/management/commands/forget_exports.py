"""``manage.py forget_exports``: empty what is kept no longer; the worker runs it every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from typing_extensions import override

from kkmp.exports.services import jobs
from kkmp.registry import scope
from kkmp.registry.models import Cooperative


class Command(BaseCommand):
    help = "Empty the files of exports that are kept no longer (a day, or an hour once fetched)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cooperative", metavar="CODE", help="only this one")

    @override
    def handle(self, *args: Any, cooperative: str | None = None, **options: Any) -> None:
        now, emptied = timezone.now(), 0
        named = {} if cooperative is None else {"code": cooperative}
        for one in Cooperative.objects.filter(**named).order_by("code"):
            with scope.cooperative(one.pk):
                emptied += jobs.forget(cooperative=one, at=now)
        self.stdout.write(f"{emptied} files emptied")
