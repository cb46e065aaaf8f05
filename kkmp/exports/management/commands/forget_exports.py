"""``manage.py forget_exports``: empty the files that are kept no longer; for a timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kkmp.exports.services import jobs
from kkmp.registry import scope
from kkmp.registry.models import Cooperative


class Command(BaseCommand):
    help = "Empty the files of exports that are kept no longer (a day, or an hour once fetched)."

    def handle(self, *args: Any, **options: Any) -> None:
        now, emptied = timezone.now(), 0
        for cooperative in Cooperative.objects.order_by("code"):
            with scope.cooperative(cooperative.pk):
                emptied += jobs.forget(cooperative=cooperative, at=now)
        self.stdout.write(f"{emptied} files emptied")
