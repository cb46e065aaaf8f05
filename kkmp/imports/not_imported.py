"""What a file holds that will not be imported; people read it before they import."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kkmp.imports.choices import Choices
from kkmp.imports.excluded_rows import Skip
from kkmp.imports.kinds import ImportKind
from kkmp.imports.masking import covered
from kkmp.imports.rows import State
from kkmp.imports.tables import SheetSeen, Table, amount_at, letter
from kkmp.lib.money import format_rupiah

if TYPE_CHECKING:
    from kkmp.imports.preview import Examined


def not_imported(
    kind: ImportKind, table: Table, choices: Choices, rows: Sequence["Examined"]
) -> tuple[str, ...]:
    """A sentence for each sheet, column of amounts and group of rows that is not imported."""
    return (
        *(sheet_in_words(sheet) for sheet in table.sheets if not sheet.is_read),
        *unused(table, choices, rows),
        *_left_behind(kind, choices, rows),
    )


def title_of(table: Table, index: int) -> str:
    """The letter and title of a column, by which people find it in the file."""
    title = covered(table.titles[index])[:60] if index < len(table.titles) else ""
    return f"{letter(index)} “{title}”" if title else letter(index)


def sheet_in_words(sheet: SheetSeen) -> str:
    """A sentence about a sheet that is not read."""
    words = {"sheet": covered(sheet.name), "count": sheet.rows}
    if sheet.is_hidden:
        return _("The hidden sheet “%(sheet)s” is not read: %(count)d rows.") % words
    return _("The sheet “%(sheet)s” is not read: %(count)d rows.") % words


def unused(table: Table, choices: Choices, rows: Sequence["Examined"]) -> Iterable[str]:
    """A sentence for each column that holds amounts and is not used."""
    used = {at for name in choices.columns for at in choices.indexes(name)}
    data = [row.row for row in rows if row.skip in (None, Skip.USER)]
    for index in range(len(table.titles)):
        if index in used or index == table.ordinal:
            continue
        amounts = [amount for row in data if (amount := amount_at(row, index))]
        if amounts:
            yield _("Column %(column)s is not used: %(count)d amounts, %(sum)s together.") % {
                "column": title_of(table, index),
                "count": len(amounts),
                "sum": format_rupiah(sum(amounts)),
            }


def _left_behind(kind: ImportKind, choices: Choices, rows: Sequence["Examined"]) -> Iterable[str]:
    columns = [
        index
        for column in kind.columns
        if column.is_amount
        for index in choices.indexes(column.name)
    ]
    groups: list[tuple[str, list[Examined]]] = [
        (_("%(count)d rows with problems stay behind"), _in(rows, State.PROBLEM)),
        (_("%(count)d rows with changes wait until they are accepted"), _in(rows, State.CHANGES)),
        (_("%(count)d rows are left out by you"), _skipped(rows, Skip.USER)),
        (_("%(count)d rows of totals are left out"), _skipped(rows, Skip.TOTAL)),
        (_("%(count)d rows of titles are left out"), _skipped(rows, Skip.TITLES)),
        (_("%(count)d lines of text are left out"), _skipped(rows, Skip.STRAY)),
    ]
    for words, group in groups:
        if not group:
            continue
        text = words % {"count": len(group)}
        sum_idr = sum(amount_at(row.row, index) for row in group for index in columns)
        if sum_idr and group[0].skip != Skip.TOTAL:
            text = _("%(rows)s, with %(sum)s") % {"rows": text, "sum": format_rupiah(sum_idr)}
        yield f"{text}."


def _in(rows: Sequence["Examined"], state: State) -> list["Examined"]:
    return [row for row in rows if row.state == state]


def _skipped(rows: Sequence["Examined"], skip: Skip) -> list["Examined"]:
    return [row for row in rows if row.skip == skip]
