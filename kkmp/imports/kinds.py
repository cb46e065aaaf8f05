"""What an app says about one kind of list: its columns, what is wrong with a row, how it posts.

A kind may also put right what the register holds already, and take an import back.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.lib.errors import DomainError
from kkmp.lib.spreadsheet import Cell
from kkmp.registry.models import Cooperative

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words

    from kkmp.imports.models import ImportBatch
else:
    #: Words, perhaps not yet translated.
    Words = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Something a list may tell.

    :param synonyms: titles it goes by, in small letters, the usual one first
    :param is_secret: shown only to whoever sent the file or may see identity numbers
    """

    name: str
    label: Words
    synonyms: tuple[str, ...]
    is_required: bool = False
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as the file has it, its cells by column name, corrections of the user put in."""

    number: int
    cells: Mapping[str, Cell]

    def __getitem__(self, name: str) -> Cell:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, or odd, with a row, in a sentence that says what to do."""

    code: str
    message: str
    column: str = ""

    @classmethod
    def of(cls, refusal: DomainError, column: str) -> "Problem":
        return cls(refusal.code, str(refusal), column)


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would change of what the register holds, both in words; empty for nothing."""

    label: Words
    old: str
    new: str


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
    :param amounts: rupiah that will be posted, by the names of :attr:`ImportKind.totals`
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


class ImportKind(ABC):
    """One kind of list."""

    #: Kept on every batch; never changes.
    code: ClassVar[str]
    #: In the addresses of its pages.
    slug: ClassVar[str]
    permission: ClassVar[Permission]
    columns: ClassVar[tuple[Column, ...]]
    #: Names and labels of the sums of money shown before posting.
    totals: ClassVar[tuple[tuple[str, Words], ...]]
    #: The column that names a row which was left out.
    naming: ClassVar[str] = "name"
    #: Words of the pages: the list's name, what to send, the page to go on to.
    title: ClassVar[Words]
    icon: ClassVar[str]
    lead: ClassVar[Words]
    done_url_name: ClassVar[str]
    done_label: ClassVar[Words]
    #: Whether a list may change what the register holds already.
    changes_known: ClassVar[bool] = False
    #: What undoing an import does, in words.
    undo_words: ClassVar[Words] = ""
    #: Why an import of this kind cannot be undone as a whole; empty if it can.
    undo_refusal: ClassVar[Words] = ""

    @abstractmethod
    def check(
        self, rows: Sequence[SourceRow], *, cooperative: Cooperative, on: date
    ) -> list[Verdict]:
        """Judge all rows of a file, in its order; writes nothing.

        :param on: the day that opening balances will be dated
        """

    @abstractmethod
    def post(
        self,
        verdicts: Sequence[Verdict],
        *,
        cooperative: Cooperative,
        changes: Sequence[Verdict] = (),
        key: UUID,
        on: date,
        by: User | None,
        title: str = "",
    ) -> Posted:
        """Write rows that were found fine, all of them or none.

        :param changes: rows that change what the register holds, if somebody agreed to it
        :param key: of the batch; the same key posts once
        :param title: what the act is called, such as the name of the file
        :raises DomainError: one of them may not be written after all
        """

    def blockers(self, batch: "ImportBatch") -> list[Blocker]:
        """What has been built on an import and stands in the way of taking it back.

        Holds what it looks at until the transaction ends.
        """
        raise NotImplementedError

    def undo(self, batch: "ImportBatch", *, reason: str, on: date, by: User | None) -> None:
        """Take back what an import has added and changed; nothing stands in the way.

        :param reason: why, in words
        """
        raise NotImplementedError

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_registered: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Offer a kind of list; packages do it in their module ``plugins``."""
    _registered[kind.code] = kind


def registered() -> list[ImportKind]:
    """All kinds, in the order of the apps."""
    return list(_registered.values())


def by_code(code: str) -> ImportKind:
    return _registered[code]
