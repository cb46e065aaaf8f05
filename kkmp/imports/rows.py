"""Columns and rows of a list, the verdict on a row, and what an import has done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy

from kkmp.lib.cells import Cell
from kkmp.lib.errors import DomainError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    #: Words, perhaps not yet translated.
    Words = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a kind of list asks for.

    :param synonyms: titles that files give it, in small letters, the usual one first
    :param is_secret: shown only to who sent the file or may see identity numbers
    :param is_amount: it holds rupiah; several of the file's columns may be added up for it
    :param looks: pattern of its cells, by which one of several fitting columns is chosen
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
    """A row of the file: its cells by our column names, with the user's corrections.

    :param place: the row's number, with its sheet where there are several
    """

    number: int
    cells: Mapping[str, Cell]
    place: str = ""

    def __getitem__(self, name: str) -> Cell:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem or warning about a row, in a sentence that says what to do.

    :param is_question: whether the user may confirm that the row is right as it is
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
    """A value on the register that a row would change: old and new in words, or empty."""

    label: Words
    old: str
    new: str


class State(models.TextChoices):
    """What an import would do with a row."""

    READY = "ready", gettext_lazy("Ready")
    CHANGES = "changes", gettext_lazy("With changes")
    PROBLEM = "problem", gettext_lazy("With problems")
    EXISTS = "exists", gettext_lazy("Known already")
    SKIPPED = "skipped", gettext_lazy("Left out")


#: Codes of a row that is ready, of one that is on the register already, and of one that is
#: there with other particulars.
OK = "ok"
EXISTS = "exists"
CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement of a kind of list on one row.

    :param title: names the row, such as a person's name
    :param detail: a second line about the row, with nothing secret in it
    :param problems: with any of them the row is not imported
    :param warnings: shown only; the row is imported
    :param known_as: what is on the register already, if the row is; it then adds nothing
    :param changes: what the row would change on the register, if the user accepts it
    :param notes: shown only; there is nothing to be done about them
    :param value: what will be posted or changed, if there are no problems
    :param seen: tells whether the register has changed since the row was shown
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
    """Something that an import has added or changed, such as a person.

    :param fingerprint: hash of its content, to tell later whether anybody has changed it
    """

    subject_id: UUID
    fingerprint: bytes
    is_new: bool


@dataclass(frozen=True, slots=True)
class Posted:
    """What an import has done to the register and the books.

    :param rows: how many rows were added
    :param changed: how many rows changed what was there
    :param touched: what was added or changed, so that the import can be undone
    :param kept: the old values of what was changed, as text that the kind can read
    """

    rows: int
    journals: int
    changed: int = 0
    touched: Sequence[Touched] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that depends on an import, so that it cannot be undone.

    :param title: names the person or thing that it is about
    """

    title: str
    why: str
