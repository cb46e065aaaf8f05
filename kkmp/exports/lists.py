"""What an app says about one list: its columns, its rows for a filter, and who may take it out."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from kkmp.access.permissions import Permission
from kkmp.lib.errors import insist
from kkmp.registry.models import Cooperative

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    #: Words, perhaps not yet translated.
    Words = str

#: Rows fetched from the database at a time.
_CHUNK = 500


class Kind(StrEnum):
    """What a column holds, and so how its cells are written."""

    #: Anything to read; an identity number among it is covered.
    TEXT = "text"
    #: Letters and digits that must not change: member numbers, phones, barcodes.
    CODE = "code"
    #: Whole numbers.
    NUMBER = "number"
    #: Whole rupiah.
    RUPIAH = "rupiah"
    #: A ``Decimal`` of up to three places.
    QUANTITY = "quantity"
    #: A ``Decimal`` or ``Fraction``; 1 is 100 %.
    PERCENT = "percent"
    #: A ``date``.
    DATE = "date"
    #: A ``datetime`` with its time zone; written as it is in Semarang.
    MOMENT = "moment"


class Total(StrEnum):
    """What stands below a column, in the last row of its table."""

    NOTHING = "nothing"
    #: All of it added up.
    SUM = "sum"
    #: What the last row says: a balance that runs.
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Column:
    """:param value: of a row; None leaves the cell empty
    :param width: in characters
    """

    title: Words
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    width: int = 16
    total: Total = Total.NOTHING


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. A queryset is read in parts, so that a long one needs little memory.

    :param before: rows that stand above the others and are none of them: a balance brought forward
    :param made: makes what the columns read of a part of the rows, one for each
    :param has_total: whether a last row says how many rows there are and what they come to
    :param whole: a row of all rows together, where their sums would count something twice
    """

    title: Words
    columns: Sequence[Column]
    rows: "QuerySet[Any] | Sequence[Any]"
    before: Sequence[Any] = ()
    made: Callable[[list[Any]], Iterable[Any]] | None = None
    has_total: bool = True
    whole: Any = None

    def count(self) -> int:
        rows = self.rows
        return rows.count() if isinstance(rows, QuerySet) else len(rows)

    def __iter__(self) -> Iterator[Any]:
        rows = self.rows
        found = rows.iterator(_CHUNK) if isinstance(rows, QuerySet) else iter(rows)
        if self.made is None:
            yield from found
            return
        while part := list(islice(found, _CHUNK)):
            yield from self.made(part)


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter in words: ``RW`` is ``003``.

    :param is_typed: whether it is what somebody typed freely; the log hides numbers in it
    """

    label: str
    value: str
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on the screen for one address, on all pages together.

    :param span: the days or the year it is about, as the file's name tells them; the day on
        which it is taken out where it is about no other
    :param title: what the file's name begins with, where that is not the list's
    """

    sheets: Sequence[Sheet]
    conditions: Sequence[Condition] = ()
    span: str = ""
    title: str = ""

    def counts(self) -> list[int]:
        """How many rows each sheet has."""
        return [sheet.count() for sheet in self.sheets]


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What somebody asked for. A filter takes it in place of a request.

    :param query: what stands behind the ``?`` of the page's address
    :param on: the business day on which it was asked for
    """

    cooperative: Cooperative
    query: QueryDict
    on: date


class ExportList(ABC):
    """One list that can be taken out."""

    #: Kept in the log and on every job; never changes.
    code: ClassVar[str]
    #: In the addresses of its pages.
    slug: ClassVar[str]
    permission: ClassVar[Permission]
    title: ClassVar[Words]
    #: The page that shows it, as the name of its address.
    page: ClassVar[str]
    #: Names in the page's address that say what is shown; others, as the page's number, do not.
    parameters: ClassVar[Iterable[str]]

    @abstractmethod
    def content(self, request: ListRequest) -> Content:
        """The rows as the page would show them: same filter, columns and order."""

    def address(self, cooperative: Cooperative, query: str) -> str:
        """The page that shows it, with the same filter."""
        url = reverse(self.page, args=[cooperative.code])
        return f"{url}?{query}" if query else url


_registered: dict[str, ExportList] = {}


def register(kind: ExportList) -> None:
    """Offer a list; packages do it in their module ``plugins``."""
    registered = _registered.get(kind.code, kind)
    insist(registered.__class__ is kind.__class__, "the code is taken")
    _registered[kind.code] = kind


def registered() -> list[ExportList]:
    """All lists, in the order of the apps."""
    return list(_registered.values())


def find(code: str) -> ExportList | None:
    return _registered.get(code)


def by_code(code: str) -> ExportList:
    return _registered[code]
