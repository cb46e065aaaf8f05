import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from kkmp.lib import catalogue


class Command(BaseCommand):
    help = "Bring the Indonesian catalogue in step with the sources."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only name what is missing")
        parser.add_argument(
            "--fill", nargs="*", type=Path, default=[], help="JSON files: message to translation"
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            translations: dict[str, str] = {}
            for path in options["fill"]:
                translations |= json.loads(path.read_text(encoding="utf-8"))
            catalogue.update(translations)
        missing = catalogue.missing()
        for message in missing:
            self.stdout.write(json.dumps(message, ensure_ascii=False))
        if missing and options["check"]:
            raise CommandError(f"{len(missing)} messages have no Indonesian translation.")
        self.stdout.write(f"{len(missing)} missing")
