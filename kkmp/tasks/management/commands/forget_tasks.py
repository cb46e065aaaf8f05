"""``manage.py forget_tasks``: clear what is long finished; run every night by the worker."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from typing_extensions import override

from kkmp.tasks.models import Night, Worker

KEPT_FOR = timedelta(days=14)


class Command(BaseCommand):
    help = "Clear tasks that are finished for two weeks, with nights and workers as old."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - KEPT_FOR
        finished = DBTaskResult.objects.finished().filter(finished_at__lt=before)
        cleared, _by_model = finished.delete()
        Night.objects.filter(day__lt=before.date()).delete()
        Worker.objects.filter(beat_at__lt=before).delete()
        self.stdout.write(f"{cleared} tasks cleared")
