"""What somebody decided about a file: its columns, corrections of cells, rows to leave out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from kkmp.lib.spreadsheet import Cell, Row


@dataclass(frozen=True, slots=True)
class Choices:
    """:param columns: index of the file's column by name of ours
    :param fixes: corrected cells by index, by row number
    :param skips: numbers of the rows to leave out
    :param accepts_changes: whether what the register holds already may be changed
    """

    columns: Mapping[str, int]
    fixes: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    skips: frozenset[int] = frozenset()
    accepts_changes: bool = False

    def with_fix(self, number: int, cells: Mapping[int, str]) -> Self:
        """Cells of one row corrected; corrections made before stay."""
        row = {**self.fixes.get(number, {}), **cells}
        return replace(self, fixes={**self.fixes, number: row}, skips=self.skips - {number})

    def with_skip(self, number: int) -> Self:
        return replace(self, skips=self.skips | {number})

    def without_skip(self, number: int) -> Self:
        return replace(self, skips=self.skips - {number})

    def fixed(self, row: Row) -> Row:
        """The row with its corrections put in."""
        fixes = self.fixes.get(row.number)
        if not fixes:
            return row
        cells: list[Cell] = list(row.cells)
        cells += [""] * (max(fixes) + 1 - len(cells))
        for index, text in fixes.items():
            cells[index] = text
        return Row(row.number, tuple(cells))

    def dumped(self) -> str:
        return json.dumps([self.columns, self.fixes, sorted(self.skips), self.accepts_changes])

    @classmethod
    def loaded(cls, text: str) -> Self:
        columns, fixes, skips, *accepts = json.loads(text)
        by_row = {
            int(number): {int(index): value for index, value in cells.items()}
            for number, cells in fixes.items()
        }
        return cls(columns, by_row, frozenset(skips), accepts == [True])
