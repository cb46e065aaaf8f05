"""What a user has chosen for a file: its columns, corrected cells, rows to leave out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from kkmp.lib.cells import Cell
from kkmp.lib.spreadsheet import Row


@dataclass(frozen=True, slots=True)
class Choices:
    """:param columns: for each of our columns, by name, the index of the file's column
    :param fixes: corrected cells: by row number, then by index of the column
    :param skips: numbers of the rows to leave out
    :param accepts_changes: whether rows may change what is on the register already
    :param added: further columns of the file whose amounts are added to that in ``columns``
    :param confirmed: numbers of the rows whose questions were answered with yes
    :param undecided: our columns that several of the file's fit, as long as nobody has chosen
    """

    columns: Mapping[str, int]
    fixes: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    skips: frozenset[int] = frozenset()
    accepts_changes: bool = False
    added: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    confirmed: frozenset[int] = frozenset()
    undecided: tuple[str, ...] = ()

    def indexes(self, name: str) -> tuple[int, ...]:
        """All of the file's columns that are used for one of ours."""
        first = self.columns.get(name)
        return () if first is None else (first, *self.added.get(name, ()))

    def with_columns(self, columns: Mapping[str, Sequence[int]]) -> Self:
        """These choices with other columns; none is undecided any more."""
        chosen = {name: tuple(indexes) for name, indexes in columns.items() if indexes}
        return replace(
            self,
            columns={name: indexes[0] for name, indexes in chosen.items()},
            added={name: indexes[1:] for name, indexes in chosen.items() if indexes[1:]},
            undecided=(),
        )

    def with_fix(self, number: int, cells: Mapping[int, str]) -> Self:
        """These choices with corrected cells of a row; earlier corrections stay."""
        row = {**self.fixes.get(number, {}), **cells}
        return replace(
            self,
            fixes={**self.fixes, number: row},
            skips=self.skips - {number},
            confirmed=self.confirmed - {number},
        )

    def with_skip(self, number: int) -> Self:
        return replace(self, skips=self.skips | {number})

    def without_skip(self, number: int) -> Self:
        return replace(self, skips=self.skips - {number})

    def with_confirmed(self, number: int) -> Self:
        return replace(self, confirmed=self.confirmed | {number})

    def fixed(self, row: Row) -> Row:
        """The row with its corrections put in; a corrected cell is no longer a merged one."""
        fixes = self.fixes.get(row.number)
        if not fixes:
            return row
        cells: list[Cell] = list(row.cells)
        cells += [""] * (max(fixes) + 1 - len(cells))
        for index, text in fixes.items():
            cells[index] = text
        return Row(row.number, tuple(cells), row.merged - fixes.keys())

    def dumped(self) -> str:
        return json.dumps(
            {
                "columns": self.columns,
                "fixes": self.fixes,
                "skips": sorted(self.skips),
                "accepts_changes": self.accepts_changes,
                "added": self.added,
                "confirmed": sorted(self.confirmed),
                "undecided": self.undecided,
            }
        )

    @classmethod
    def loaded(cls, text: str) -> Self:
        kept = json.loads(text)
        return cls(
            columns=kept["columns"],
            fixes={
                int(number): {int(index): value for index, value in cells.items()}
                for number, cells in kept["fixes"].items()
            },
            skips=frozenset(kept["skips"]),
            accepts_changes=kept["accepts_changes"],
            added={name: tuple(indexes) for name, indexes in kept["added"].items()},
            confirmed=frozenset(kept["confirmed"]),
            undecided=tuple(kept["undecided"]),
        )
