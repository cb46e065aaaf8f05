"""What an app says about one kind of list: its columns, what is wrong with a row, how it posts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from kkmp.access.permissions import Permission
from kkmp.lib.errors import DomainError
from kkmp.lib.spreadsheet import Cell
from kkmp.registry.models import Cooperative

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


#: Codes of a row that is fine, and of one that is in the register already.
OK = "ok"
EXISTS = "exists"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a checker says of one row.

    :param title: names the row, as a person's name
    :param detail: a second line about it, without anything secret
    :param problems: any of them keeps the row out
    :param warnings: shown, and no hindrance
    :param known_as: what the register holds already; the row then adds nothing
    :param value: what will be posted, if there are no problems
    :param amounts: rupiah that will be posted, by the names of :attr:`ImportKind.totals`
    """

    number: int
    title: str = ""
    detail: str = ""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    known_as: str = ""
    value: Any = None
    amounts: Mapping[str, int]

    @property
    def code(self) -> str:
        if self.problems:
            return self.problems[0].code
        return EXISTS if self.known_as else OK


@dataclass(frozen=True, slots=True)
class Posted:
    """What an import did to the register and the books."""

    rows: int
    journals: int


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
    #: Words of the pages: the list's name, what to send, the page to go on to.
    title: ClassVar[Words]
    icon: ClassVar[str]
    lead: ClassVar[Words]
    done_url_name: ClassVar[str]
    done_label: ClassVar[Words]

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
        key: UUID,
        on: date,
        by: Any,
    ) -> Posted:
        """Write rows that were found fine, all of them or none.

        :param key: of the batch; the same key posts once
        :raises DomainError: one of them may not be written after all
        """

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_registered: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Offer a kind of list. Apps do it in their module ``imports``, which is found at start."""
    _registered[kind.code] = kind


def registered() -> list[ImportKind]:
    """All kinds, in the order of the apps."""
    return list(_registered.values())


def by_code(code: str) -> ImportKind:
    return _registered[code]
