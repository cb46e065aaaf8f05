from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from kkmp.access import rights


class Command(BaseCommand):
    help = "Compare docs/permissions.md with what the code says, or write it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write it anew")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR, "docs", "permissions.md")
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        said = rights.written(kept)
        if options["write"]:
            path.write_text(said, encoding="utf-8")
        elif said != kept:
            raise CommandError("docs/permissions.md says otherwise: `make permissions`, and read.")
