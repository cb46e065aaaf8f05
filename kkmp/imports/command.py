"""Imports from the command line, with the same reader, rules and services as the pages."""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
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
from kkmp.imports.not_imported import title_of
from kkmp.imports.preview import Preview, State
from kkmp.imports.services import batches, choosing
from kkmp.imports.tables import Table
from kkmp.lib import spreadsheet
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import parse_date
from kkmp.registry import scope
from kkmp.registry.models import Cooperative

#: Exit status when some rows were imported and others were not, because of problems.
SOME_LEFT = 2


class ImportCommand(BaseCommand):
    """A command that imports a list; subclasses say of which kind.

    It prints what the page shows, with identity numbers covered. It exits with 0 when every row
    was imported or known, with 1 when nothing could be imported, and with 2 when rows with
    problems were not.
    """

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
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help="which column of the file is which, by letter or title, several joined by +: "
            "mandatory=E+F+G; may be given several times",
        )
        parser.add_argument(
            "--sheet",
            action="append",
            default=[],
            help="a sheet to read; may be given several times",
        )
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
                    left = self._rehearse(cooperative, content, on, accepts, options)
                else:
                    name = options["file"].name
                    left = self._import(cooperative, content, name, on, by, accepts, options)
        except (DomainError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if left:
            raise CommandError(
                _("%(count)d rows with problems were left behind.") % {"count": left},
                returncode=SOME_LEFT,
            )

    def _user(self, username: str | None) -> User | None:
        user = User.objects.filter(username=username).first() if username else None
        if username and user is None:
            raise CommandError(f"There is no user {username}.")
        return user

    def _rehearse(
        self,
        cooperative: Cooperative,
        content: bytes,
        on: date,
        accepts: bool,
        options: dict[str, Any],
    ) -> int:
        sheets = spreadsheet.read(content)
        table = tables.find(sheets, self.kind.columns, options["sheet"] or None)
        choices = replace(self._choices(table, options["column"]), accepts_changes=accepts)
        choosing.refuse_missing(self.kind, choices.columns)
        found = preview.examine(self.kind, table, choices, cooperative=cooperative, on=on)
        self._tell(found)
        self.stdout.write(_("Nothing was written (--dry-run)."))
        self._refuse_empty(found)
        return found.counts[State.PROBLEM]

    def _import(
        self,
        cooperative: Cooperative,
        content: bytes,
        filename: str,
        on: date,
        by: User | None,
        accepts: bool,
        options: dict[str, Any],
    ) -> int:
        batch = batches.upload(
            cooperative=cooperative,
            kind=self.kind,
            content=content,
            filename=filename,
            on=on,
            at=timezone.now(),
            by=by,
        )
        if options["sheet"]:
            batch = choosing.choose_sheets(batch=batch, kind=self.kind, names=options["sheet"])
        choices = self._choices(batch.table(), options["column"])
        batch = choosing.choose_columns(
            batch=batch,
            kind=self.kind,
            columns={name: choices.indexes(name) for name in choices.columns},
        )
        batch = choosing.accept_changes(batch=batch, accepts=accepts)
        found = batches.examine(batch, self.kind)
        self._tell(found)
        self._refuse_empty(found)
        batch = batches.run(batch=batch, kind=self.kind, at=timezone.now(), by=by)
        self._tell_done(batch)
        return batch.problem_rows

    def _choices(self, table: Table, named: Sequence[str]) -> Choices:
        """The columns as guessed or as named on the command line; none may be undecided."""
        choices = batches.first_choices(table)
        columns = {name: list(choices.indexes(name)) for name in choices.columns}
        for text in named:
            name, _equals, theirs = text.partition("=")
            indexes = [table.index_of(one) for one in theirs.split("+")] if theirs else []
            columns = {
                other: [at for at in known if at not in indexes] for other, known in columns.items()
            } | {name: indexes}
        undecided = [name for name in table.undecided if name not in columns]
        if undecided:
            name = undecided[0]
            raise CommandError(
                _("Several columns fit “%(column)s”: %(titles)s. Say --column %(name)s=…")
                % {
                    "column": self.kind.column(name).label,
                    "titles": ", ".join(title_of(table, at) for at in table.undecided[name]),
                    "name": name,
                }
            )
        return choices.with_columns({name: at for name, at in columns.items() if at})

    def _tell(self, found: Preview) -> None:
        """Print the rows that will not be imported, the warnings about others, and the sums."""
        for row in found.rows:
            remarks = [row.why, *(warning.message for warning in row.verdict.warnings)]
            if row.state == State.CHANGES:
                remarks += [f"{c.label}: {c.old or '–'} → {c.new};" for c in row.verdict.changes]
            if row.state != State.EXISTS and any(remarks):
                start = _("Row %(number)s, %(title)s:") % {
                    "number": row.place,
                    "title": row.verdict.title or "–",
                }
                self.stdout.write(" ".join(filter(None, [start, *remarks])).rstrip(";"))
        self.stdout.write("")
        for state in State:
            if state == State.CHANGES and not self.kind.changes_known:
                continue
            self.stdout.write(f"{state.label}: {found.counts[state]}")
        for name, label in self.kind.totals:
            told = f"{label}: {format_rupiah(found.total(name))}"
            if name in found.stated:
                stated = format_rupiah(found.stated[name])
                told += " " + _("(total row in the file: %(amount)s)") % {"amount": stated}
            self.stdout.write(told)
        if found.aside:
            self.stdout.write(_("In the file, but not coming in:"))
            for sentence in found.aside:
                self.stdout.write(f"- {sentence}")

    def _tell_done(self, batch: ImportBatch) -> None:
        text = _("%(count)d rows have been imported.") % {"count": batch.imported_rows}
        self.stdout.write(self.style.SUCCESS(text))
        if batch.changed_rows:
            text = _("%(count)d rows have been changed.") % {"count": batch.changed_rows}
            self.stdout.write(self.style.SUCCESS(text))

    def _refuse_empty(self, found: Preview) -> None:
        if not found.ready and not found.accepted:
            # It ends the transaction, so that the batch is not kept either.
            if found.counts[State.CHANGES]:
                raise CommandError(
                    _("No row is ready to be imported. With --update the changes are made.")
                )
            raise CommandError(_("No row is ready to be imported."))
