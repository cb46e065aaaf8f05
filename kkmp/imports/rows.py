"""The columns and rows of a list, what a checker says of a row, and what an import has done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy

from kkmp.lib.errors import DomainError
from kkmp.lib.spreadsheet import Cell

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    #: Words, perhaps not yet translated.
    Words = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Something a list may tell.

    :param synonyms: titles it goes by, in small letters, the usual one first
    :param is_secret: shown only to whoever sent the file or may see identity numbers
    :param is_amount: rupiah; several of the file's columns may be added up to it
    :param looks: what its cells look like, by which one of several columns is chosen
    """

    name: str
    label: Words
    synonyms: tuple[str, ...]
    is_required: bool = False
    is_secret: bool = False
    is_amount: bool = False
    looks: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as the file has it, its cells by column name, corrections of the user put in.

    :param place: what the row is called, with its sheet where there are several
    """

    number: int
    cells: Mapping[str, Cell]
    place: str = ""

    def __getitem__(self, name: str) -> Cell:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, or odd, with a row, in a sentence that says what to do.

    :param is_question: somebody may answer that it is right as it is
    """

    code: str
    message: str
    column: str = ""
    is_question: bool = False

    @classmethod
    def of(cls, refusal: DomainError, column: str) -> "Problem":
        return cls(refusal.code, str(refusal), column)


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would change of what the register holds, both in words; empty for nothing."""

    label: Words
    old: str
    new: str


class State(models.TextChoices):
    """What would become of a row."""

    READY = "ready", gettext_lazy("Ready")
    CHANGES = "changes", gettext_lazy("With changes")
    PROBLEM = "problem", gettext_lazy("With problems")
    EXISTS = "exists", gettext_lazy("Known already")
    SKIPPED = "skipped", gettext_lazy("Left out")


#: Codes of a row that is fine, of one that is in the register already, and of one that is
#: there with other particulars.
OK = "ok"
EXISTS = "exists"
CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a checker says of one row.

    :param title: names the row, as a person's name
    :param detail: a second line about it, without anything secret
    :param problems: any of them keeps the row out
    :param warnings: shown; they keep nothing out
    :param known_as: what the register holds already; the row then adds nothing
    :param changes: what would change of it, once somebody has agreed
    :param notes: to know, and nothing to be done about it
    :param value: what will be posted or changed, if there are no problems
    :param seen: tells whether what the register holds is still what was shown
    :param amounts: rupiah that will be posted, by the names in ``ImportKind.totals``
    """

    number: int
    title: str = ""
    detail: str = ""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    known_as: str = ""
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    value: Any = None
    seen: str = ""
    amounts: Mapping[str, int]

    @property
    def code(self) -> str:
        if self.problems:
            return self.problems[0].code
        if self.changes:
            return CHANGED
        return EXISTS if self.known_as else OK


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that an import has added or changed.

    :param fingerprint: of what it was then, to tell later whether anybody has changed it
    """

    subject_id: UUID
    fingerprint: bytes
    is_new: bool


@dataclass(frozen=True, slots=True)
class Posted:
    """What an import did to the register and the books.

    :param rows: added
    :param changed: rows that changed what was there
    :param touched: what to remember of it, so that the import can be undone
    :param kept: the old values of what was changed, as text that only the kind reads
    """

    rows: int
    journals: int
    changed: int = 0
    touched: Sequence[Touched] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something built on an import, because of which it cannot be undone.

    :param title: whom or what it is about
    """

    title: str
    why: str
