from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from kkmp.city.figures.services import rebuild
from kkmp.registry import scope
from kkmp.registry.models import Cooperative


class Command(BaseCommand):
    """Count the city's figures again, cooperative by cooperative; exit code 1 on a difference."""

    help = "Rebuild every counter from members, savings and sales, and name each difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="*", help="cooperatives by code; all when left out")
        parser.add_argument("--fix", action="store_true", help="write what was counted")

    @override
    def handle(self, *args: Any, codes: list[str], fix: bool, **options: Any) -> None:
        cooperatives = self._cooperatives(codes)
        found = [line for one in cooperatives for line in self._check(one, fix=fix)]
        if not found:
            self.stdout.write(f"{len(cooperatives)} cooperatives checked: every figure agrees.")
            return
        left = [line for line in found if not (fix and line.is_fixable)]
        self.stdout.write(
            f"{len(cooperatives)} cooperatives checked: {len(found)} differences, "
            f"{len(found) - len(left)} fixed."
        )
        raise CommandError("The figures did not agree.", returncode=1)

    def _cooperatives(self, codes: list[str]) -> list[Cooperative]:
        every = Cooperative.objects.order_by("code")
        if not codes:
            return list(every)
        named = list(every.filter(code__in=codes))
        if missing := set(codes) - {cooperative.code for cooperative in named}:
            raise CommandError(f"No such cooperative: {', '.join(sorted(missing))}")
        return named

    def _check(self, cooperative: Cooperative, *, fix: bool) -> list[rebuild.Difference]:
        with scope.cooperative(cooperative.pk):
            found = rebuild.compare(cooperative=cooperative)
            if fix and any(line.is_fixable for line in found):
                rebuild.fix(cooperative=cooperative)
        for line in found:
            where = line.day.isoformat() if line.day else "status"
            kind = "" if line.is_fixable else " (register against its history)"
            self.stdout.write(
                f"{cooperative.code} {cooperative.name}, {where}, unit {line.unit or '-'}, "
                f"{line.measure}: counted {line.counted}, kept {line.kept}{kind}"
            )
        return found
