"""``manage.py forget_tries``: delete counts of wrong tries that are over; run every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from typing_extensions import override

from kkmp.access.services import tries


class Command(BaseCommand):
    help = "Delete the counts of wrong PINs, passwords and codes that mean nothing any more."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tries.forget_old(at=timezone.now())} counts deleted")
