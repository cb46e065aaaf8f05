"""The import from the command line: the same reader, rules and services as the pages."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from typing_extensions import override

from kkmp.access.models import User
from kkmp.imports import preview, tables
from kkmp.imports.choices import Choices
from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import ImportBatch
from kkmp.imports.preview import Preview, State
from kkmp.imports.services import batches
from kkmp.lib import spreadsheet
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import parse_date
from kkmp.registry import scope
from kkmp.registry.models import Cooperative


class ImportCommand(BaseCommand):
    """Subclasses say which kind of list. Exits with 1 when nothing could be imported."""

    kind: ClassVar[ImportKind]

    def add_arguments(self, parser: ArgumentParser) -> None:
        if self.kind.changes_known:
            parser.add_argument(
                "--update",
                action="store_true",
                help="change what is registered already as the file says",
            )
        parser.add_argument("code", help="of the cooperative, such as 3374111002")
        parser.add_argument("file", type=Path, help="xlsx, xls, ods or csv")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and write nothing"
        )
        parser.add_argument("--on", help="day of the opening balances (default: today)")
        parser.add_argument("--user", help="username of who imports (default: the system)")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        cooperative = Cooperative.objects.filter(code=options["code"]).first()
        if cooperative is None:
            raise CommandError(f"There is no cooperative with the code {options['code']}.")
        by = self._user(options["user"])
        try:
            on = parse_date(options["on"]) if options["on"] else business_today()
            accepts = options.get("update", False)
            content = options["file"].read_bytes()
            with scope.cooperative(cooperative.pk):
                if options["dry_run"]:
                    self._rehearse(cooperative, content, on, accepts)
                else:
                    self._import(cooperative, content, options["file"].name, on, by, accepts)
        except (DomainError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _user(self, username: str | None) -> User | None:
        user = User.objects.filter(username=username).first() if username else None
        if username and user is None:
            raise CommandError(f"There is no user {username}.")
        return user

    def _rehearse(self, cooperative: Cooperative, content: bytes, on: date, accepts: bool) -> None:
        table = tables.find(spreadsheet.read(content), self.kind.columns)
        batches.refuse_missing(self.kind, table.guess)
        choices = Choices(table.guess, accepts_changes=accepts)
        found = preview.examine(self.kind, table, choices, cooperative=cooperative, on=on)
        self._tell(found)
        self.stdout.write(_("Nothing was written (--dry-run)."))
        self._refuse_empty(found)

    def _import(
        self,
        cooperative: Cooperative,
        content: bytes,
        filename: str,
        on: date,
        by: User | None,
        accepts: bool,
    ) -> None:
        batch = batches.upload(
            cooperative=cooperative,
            kind=self.kind,
            content=content,
            filename=filename,
            on=on,
            at=timezone.now(),
            by=by,
        )
        batch = batches.choose_columns(batch=batch, kind=self.kind, columns=batch.choices().columns)
        batch = batches.accept_changes(batch=batch, accepts=accepts)
        found = batches.examine(batch, self.kind)
        self._tell(found)
        self._refuse_empty(found)
        batch = batches.run(batch=batch, kind=self.kind, at=timezone.now(), by=by)
        self._tell_done(batch)

    def _tell(self, found: Preview) -> None:
        """Every row that does not go in, what is odd about those that do, and the sums."""
        for row in found.rows:
            remarks = [row.why, *(warning.message for warning in row.verdict.warnings)]
            if row.state == State.CHANGES:
                remarks += [f"{c.label}: {c.old or '–'} → {c.new};" for c in row.verdict.changes]
            if row.state != State.EXISTS and any(remarks):
                start = _("Row %(number)d, %(title)s:") % {
                    "number": row.number,
                    "title": row.verdict.title or "–",
                }
                self.stdout.write(" ".join(filter(None, [start, *remarks])).rstrip(";"))
        self.stdout.write("")
        for state in State:
            if state == State.CHANGES and not self.kind.changes_known:
                continue
            self.stdout.write(f"{state.label}: {found.counts[state]}")
        for name, label in self.kind.totals:
            self.stdout.write(f"{label}: {format_rupiah(found.total(name))}")

    def _tell_done(self, batch: ImportBatch) -> None:
        text = _("%(count)d rows have been imported.") % {"count": batch.imported_rows}
        self.stdout.write(self.style.SUCCESS(text))
        if batch.changed_rows:
            text = _("%(count)d rows have been changed.") % {"count": batch.changed_rows}
            self.stdout.write(self.style.SUCCESS(text))

    def _refuse_empty(self, found: Preview) -> None:
        if not found.ready and not found.accepted:
            # Raised within the transaction, which takes the batch back with it.
            if found.counts[State.CHANGES]:
                raise CommandError(
                    _("No row is ready to be imported. With --update the changes are made.")
                )
            raise CommandError(_("No row is ready to be imported."))
