"""What is chosen before a list is taken in: columns, sheets, and what to do with rows."""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.imports import tables
from kkmp.imports.choices import Choices
from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import ImportBatch
from kkmp.imports.services.batches import ColumnsRefused, ImportRefused, first_choices, locked_open
from kkmp.imports.tables import Table
from kkmp.lib import spreadsheet
from kkmp.lib.cells import text_of
from kkmp.lib.seal import seal


@transaction.atomic
def choose_columns(
    *, batch: ImportBatch, kind: ImportKind, columns: Mapping[str, int | Sequence[int]]
) -> ImportBatch:
    """Choose which of the file's columns is which.

    :param columns: for each of our columns, by name, the index of the file's, or several to add up
    :raises ColumnsRefused: a needed column is missing, one is chosen twice, or several are chosen
        for a column that holds no amounts
    """
    locked = locked_open(batch)
    chosen = {
        name: (indexes,) if isinstance(indexes, int) else tuple(indexes)
        for name, indexes in columns.items()
    }
    refuse_missing(kind, chosen)
    _refuse_unfit(kind, locked.table(), chosen)
    locked.is_mapped = True
    return _save(locked, locked.choices().with_columns(chosen), "is_mapped")


@transaction.atomic
def choose_sheets(*, batch: ImportBatch, kind: ImportKind, names: Collection[str]) -> ImportBatch:
    """Choose which sheets of the file are read; earlier choices of columns and rows are dropped.

    :raises ColumnsRefused: there is no such sheet
    :raises SpreadsheetError: none of these holds a list
    """
    locked = locked_open(batch)
    table = locked.table()
    if not set(names) <= {sheet.name for sheet in table.source}:
        raise ColumnsRefused(_("There is no such sheet in this file."))
    table = tables.find(table.source, kind.columns, names)
    locked.table_sealed = seal(table.dumped())
    locked.is_mapped = False
    return _save(locked, first_choices(table), "table_sealed", "is_mapped")


def _refuse_unfit(kind: ImportKind, table: Table, columns: Mapping[str, Sequence[int]]) -> None:
    known = {column.name: column for column in kind.columns}
    used: set[int] = set()
    for name, indexes in columns.items():
        if name not in known:
            raise ColumnsRefused(_("There is no column “%(name)s” in this list.") % {"name": name})
        if len(indexes) > 1 and not known[name].is_amount:
            raise ColumnsRefused(_("“%(column)s” is chosen twice.") % {"column": known[name].label})
        for index in indexes:
            if index in used or index not in range(len(table.titles)):
                raise ColumnsRefused(_("A column of the file is chosen twice, or is not there."))
            used.add(index)


def refuse_missing(kind: ImportKind, columns: Container[str]) -> None:
    """:raises ColumnsRefused: a needed column was not chosen"""
    missing = [column for column in kind.columns if column.is_required]
    missing = [column for column in missing if column.name not in columns]
    if missing:
        raise ColumnsRefused(
            _("Choose the column for: %(columns)s.")
            % {"columns": ", ".join(str(column.label) for column in missing)}
        )


@transaction.atomic
def fix_row(*, batch: ImportBatch, number: int, cells: Mapping[int, str]) -> ImportBatch:
    """Correct cells of one row, by index of the file's column; other cells stay as they are.

    :raises ImportRefused: there is no such row
    """
    locked = locked_open(batch)
    choices = locked.choices()
    row = choices.fixed(_row(locked, number))
    changed = {
        index: text
        for index, text in cells.items()
        if index in row.merged
        or text_of(text) != (text_of(row.cells[index]) if index < len(row.cells) else "")
    }
    return _save(locked, choices.with_fix(number, changed) if changed else choices)


@transaction.atomic
def skip_row(*, batch: ImportBatch, number: int) -> ImportBatch:
    """Leave a row out.

    :raises ImportRefused: there is no such row
    """
    locked = locked_open(batch)
    _row(locked, number)
    return _save(locked, locked.choices().with_skip(number))


@transaction.atomic
def restore_row(*, batch: ImportBatch, number: int) -> ImportBatch:
    """Import a row after all that the user had left out."""
    locked = locked_open(batch)
    return _save(locked, locked.choices().without_skip(number))


@transaction.atomic
def confirm_row(*, batch: ImportBatch, number: int) -> ImportBatch:
    """Confirm that a row is right as it is, which answers the questions about it.

    :raises ImportRefused: there is no such row
    """
    locked = locked_open(batch)
    _row(locked, number)
    return _save(locked, locked.choices().with_confirmed(number))


@transaction.atomic
def accept_changes(*, batch: ImportBatch, accepts: bool) -> ImportBatch:
    """Accept that rows change what is on the register already, or withdraw it."""
    locked = locked_open(batch)
    return _save(locked, replace(locked.choices(), accepts_changes=accepts))


@transaction.atomic
def date_balances(*, batch: ImportBatch, on: date) -> ImportBatch:
    """Choose the day that opening balances are dated."""
    locked = locked_open(batch)
    locked.balance_on = on
    return _save(locked, locked.choices(), "balance_on")


def _row(batch: ImportBatch, number: int) -> spreadsheet.Row:
    for row in batch.table().rows:
        if row.number == number:
            return row
    raise ImportRefused(_("There is no such row in this file."))


def _save(batch: ImportBatch, choices: Choices, *fields: str) -> ImportBatch:
    batch.choices_sealed = seal(choices.dumped())
    batch.save(update_fields=["choices_sealed", *fields])
    return batch
