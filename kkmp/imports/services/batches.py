"""The steps of an import: send a file, look at what it would do, import or discard it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.imports import preview, tables
from kkmp.imports.choices import Choices
from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import BatchItem, BatchStatus, ImportBatch
from kkmp.imports.preview import Preview, State
from kkmp.imports.rows import Posted
from kkmp.imports.tables import Table
from kkmp.lib import spreadsheet
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.seal import seal
from kkmp.registry.models import Cooperative

#: After this time the content of files is deleted, because it may hold identity numbers; so are the
#: old values of what an import has changed, which cannot be undone then.
KEPT_FOR = timedelta(days=30)
_ROWS_A_STATEMENT = 1000


class ImportRefused(DomainError):
    """The rows may not be imported; the message is fit to show."""


class ColumnsRefused(ImportRefused):
    """A needed column is missing, or one was chosen twice."""


class BatchClosed(Conflict):
    """The batch was imported or discarded before."""


class PreviewOutdated(Conflict):
    """The rows that would be imported are no longer those that were shown."""


class HalfPosted(RuntimeError):
    """The kind of list has not written the rows it was given: a bug, and nothing is written."""


@transaction.atomic
def upload(
    *,
    cooperative: Cooperative,
    kind: ImportKind,
    content: bytes,
    filename: str,
    on: date,
    at: datetime,
    by: User | None,
) -> ImportBatch:
    """Keep a file for import; nothing is registered yet. Old files' content is deleted.

    :param on: the day that opening balances will be dated, until another is chosen
    :raises SpreadsheetError: the file cannot be read, or holds no list
    """
    table = tables.find(spreadsheet.read(content), kind.columns)
    _forget_old(cooperative, at - KEPT_FOR)
    batch = ImportBatch.objects.create(
        cooperative=cooperative,
        kind=kind.code,
        filename=filename[-120:],
        sha256=hashlib.sha256(content).hexdigest(),
        table_sealed=seal(table.dumped()),
        choices_sealed=seal(first_choices(table).dumped()),
        balance_on=on,
        created_by=by,
    )
    audit.record(
        cooperative=cooperative,
        action="import.upload",
        by=by,
        subject=batch,
        kind=kind.code,
        rows=len(table.rows),
    )
    return batch


def first_choices(table: Table) -> Choices:
    """The choices before the user has made any: the columns as guessed."""
    return Choices(table.guess, undecided=tuple(table.undecided))


def examine(batch: ImportBatch, kind: ImportKind) -> Preview:
    """What an import would do with every row now; writes nothing but that somebody guesses."""
    return preview.examine(
        kind,
        batch.table(),
        batch.choices(),
        cooperative=batch.cooperative,
        on=batch.balance_on,
        by=batch.created_by,
    )


def left_behind(batch: ImportBatch, kind: ImportKind) -> tuple[Table, Mapping[int, str]]:
    """The rows with problems, which were or would be left behind; and why, by row number."""
    table = batch.table()
    if not batch.is_open:
        return table, table.remarks
    left = examine(batch, kind).in_state(State.PROBLEM)
    rows = replace(table, rows=tuple(row.row for row in left))
    return rows, {row.number: row.why for row in left}


@transaction.atomic
def run(
    *,
    batch: ImportBatch,
    kind: ImportKind,
    at: datetime,
    by: User | None,
    expected: int | None = None,
    seen: str | None = None,
) -> ImportBatch:
    """Register and post all rows that are ready and all accepted changes, or nothing at all.

    :param expected: how many rows were shown to the user as ready
    :param seen: :attr:`Preview.seen` of the changes that were shown to the user
    :raises PreviewOutdated: other rows are ready than were shown, or a change is another one
    :raises ImportRefused: no row is ready
    :raises DomainError: a row may not be written after all
    :raises HalfPosted: the kind has not written the rows it was given
    """
    locked = locked_open(batch)
    found = examine(locked, kind)
    _refuse_other(found, expected, seen)
    posted = kind.post(
        found.ready,
        changes=found.accepted,
        cooperative=locked.cooperative,
        key=locked.id,
        on=locked.balance_on,
        by=by,
        title=locked.filename,
    )
    if (posted.rows, posted.changed) != (len(found.ready), len(found.accepted)):
        raise HalfPosted(f"{kind.code}: {posted.rows} and {posted.changed} rows")
    _close(locked, kind, found, at)
    locked.journals = posted.journals
    locked.kept_sealed = seal(posted.kept) if posted.kept else None
    locked.save()
    _remember(locked, posted)
    audit.record(
        cooperative=locked.cooperative,
        action="import.run",
        by=by,
        subject=locked,
        kind=kind.code,
        rows=posted.rows,
        changed=posted.changed,
        **locked.amounts,
    )
    return locked


@transaction.atomic
def discard(*, batch: ImportBatch, by: User | None) -> ImportBatch:
    """Delete the content of a file: all of it, or what was not imported."""
    locked = locked_batch(batch)
    if locked.is_open:
        locked.status = BatchStatus.DISCARDED
    locked.table_sealed = locked.choices_sealed = None
    locked.save()
    audit.record(
        cooperative=locked.cooperative,
        action="import.forget",
        by=by,
        subject=locked,
        kind=locked.kind,
    )
    return locked


def _refuse_other(found: Preview, expected: int | None, seen: str | None) -> None:
    """Refuse if other rows were shown than would be imported, or if none would be."""
    if (expected is not None and expected != len(found.ready)) or (
        seen is not None and seen != found.seen
    ):
        raise PreviewOutdated(
            _("In the meantime something has changed: look at the rows again, then import.")
        )
    if found.ready or found.accepted:
        return
    if found.counts[State.CHANGES]:
        raise ImportRefused(
            _("No row is ready to be imported. Accept the changes first, or leave those rows out.")
        )
    raise ImportRefused(_("No row is ready to be imported."))


def _remember(batch: ImportBatch, posted: Posted) -> None:
    """Keep a record of what was added or changed, so that the import can be undone."""
    items = (
        BatchItem(
            cooperative=batch.cooperative,
            batch=batch,
            subject_id=touched.subject_id,
            is_new=touched.is_new,
            fingerprint=touched.fingerprint,
        )
        for touched in posted.touched
    )
    BatchItem.objects.bulk_create(items, batch_size=_ROWS_A_STATEMENT)


def _close(batch: ImportBatch, kind: ImportKind, found: Preview, at: datetime) -> None:
    """Write the counts and sums; of the rows, keep only those that were not imported."""
    batch.status, batch.imported_at = BatchStatus.IMPORTED, at
    batch.imported_rows = found.counts[State.READY]
    batch.changed_rows = len(found.accepted)
    # Rows with changes that nobody has accepted count as known already.
    left_alone = found.counts[State.CHANGES] - batch.changed_rows
    batch.existing_rows = found.counts[State.EXISTS] + left_alone
    batch.problem_rows = found.counts[State.PROBLEM]
    batch.skipped_rows = found.counts[State.SKIPPED]
    batch.amounts = {name: found.total(name) for name, _label in kind.totals}
    left = found.in_state(State.PROBLEM)
    if not left:
        batch.table_sealed = batch.choices_sealed = None
        return
    remarks = {row.number: row.why for row in left}
    rest = replace(batch.table(), rows=tuple(row.row for row in left), remarks=remarks, source=())
    batch.table_sealed = seal(rest.dumped())
    choices = batch.choices()
    batch.choices_sealed = seal(Choices(choices.columns, added=choices.added).dumped())


def _forget_old(cooperative: Cooperative, before: datetime) -> None:
    every = ImportBatch.objects.of(cooperative)
    every.filter(imported_at__lt=before, kept_sealed__isnull=False).update(kept_sealed=None)
    old = every.filter(created_at__lt=before, table_sealed__isnull=False)
    old.filter(status=BatchStatus.UPLOADED).update(
        status=BatchStatus.DISCARDED, table_sealed=None, choices_sealed=None
    )
    old.exclude(status=BatchStatus.UPLOADED).update(table_sealed=None, choices_sealed=None)


def locked_batch(batch: ImportBatch) -> ImportBatch:
    """The batch as it is now, locked until the transaction ends."""
    return (
        ImportBatch.objects.of(batch.cooperative_id)
        .select_for_update(of=("self",))
        .select_related("cooperative")
        .get(id=batch.id)
    )


def locked_open(batch: ImportBatch) -> ImportBatch:
    """The batch, locked, if its file still waits to be imported.

    :raises BatchClosed: it was imported or discarded
    """
    locked = locked_batch(batch)
    if not locked.is_open:
        raise BatchClosed(_("This file was imported or discarded before."))
    return locked
