"""``manage.py check_books``: re-add the books and name what does not agree."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from typing_extensions import override

from finance.ledger import checks
from kkmp.registry import scope
from kkmp.registry.models import Cooperative


class Command(BaseCommand):
    help = "Re-add every cooperative's books and name each difference; exit code 1 if there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cooperative", metavar="CODE", help="only this one")

    @override
    def handle(self, *args: Any, cooperative: str | None = None, **options: Any) -> None:
        cooperatives = _cooperatives(cooperative)
        found = 0
        for one in cooperatives:
            with _snapshot(one):
                for difference in checks.differences(one):
                    self.stdout.write(f"{one.code} {one.name}: {difference}")
                    found += 1
        if found:
            raise CommandError(
                f"{found} differences in the books of {len(cooperatives)} cooperatives."
            )
        self.stdout.write(f"{len(cooperatives)} cooperatives checked: the books agree.")


def _cooperatives(code: str | None) -> list[Cooperative]:
    every = Cooperative.objects.order_by("code")
    if code is None:
        return list(every)
    named = list(every.filter(code=code))
    if not named:
        raise CommandError(f"There is no cooperative {code}.")
    return named


@contextmanager
def _snapshot(cooperative: Cooperative) -> Iterator[None]:
    """The books as they stand at one moment, while others go on posting."""
    is_outermost = not connection.in_atomic_block
    with scope.cooperative(cooperative.pk):
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
