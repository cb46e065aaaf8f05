"""A kind of list, as its app describes it: its columns, how rows are judged and posted.

A kind may also change what is on the register already, and undo an import.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.imports.models import ImportBatch
from kkmp.imports.rows import Blocker, Column, Posted, SourceRow, Verdict
from kkmp.registry.models import Cooperative

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    #: Words, perhaps not yet translated.
    Words = str


class ImportKind(ABC):
    """One kind of list."""

    #: Kept on every batch; never changes.
    code: ClassVar[str]
    #: Its name in the addresses of its pages.
    slug: ClassVar[str]
    permission: ClassVar[Permission]
    columns: ClassVar[tuple[Column, ...]]
    #: Names and labels of the sums that are shown before posting.
    totals: ClassVar[tuple[tuple[str, Words], ...]]
    #: The column that names a row which was left out.
    naming: ClassVar[str] = "name"
    #: Words of the pages: the list's name, what file to send, and the page that follows.
    title: ClassVar[Words]
    icon: ClassVar[str]
    lead: ClassVar[Words]
    done_url_name: ClassVar[str]
    done_label: ClassVar[Words]
    #: Whether a list may change what is on the register already.
    changes_known: ClassVar[bool] = False
    #: What undoing an import does, in words.
    undo_words: ClassVar[Words] = ""
    #: Why an import of this kind cannot be undone as a whole; empty if it can.
    undo_refusal: ClassVar[Words] = ""

    @abstractmethod
    def check(
        self,
        rows: Sequence[SourceRow],
        *,
        cooperative: Cooperative,
        on: date,
        by: User | None = None,
    ) -> list[Verdict]:
        """Judge all rows of a file, in their order; writes nothing of what is in it.

        :param on: the day that opening balances will be dated
        :param by: whose file it is, so that it can be counted how often they guess; None for the
            operator, who has the database
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
        """Write the rows that are ready, all of them or none.

        :param changes: rows that change what is on the register, if the user has accepted it
        :param key: the batch's idempotency key: the same key posts once
        :param title: names the act, such as the name of the file
        :raises DomainError: one of the rows may not be written after all
        """

    def blockers(self, batch: ImportBatch) -> list[Blocker]:
        """What depends on an import, so that it cannot be undone.

        Locks what it looks at until the transaction ends.
        """
        raise NotImplementedError

    def undo(self, batch: ImportBatch, *, reason: str, on: date, by: User | None) -> None:
        """Undo what an import has added and changed; call it when there are no blockers.

        :param reason: why, in words
        """
        raise NotImplementedError

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_registered: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Add a kind of list; packages call it in their module ``plugins``."""
    _registered[kind.code] = kind


def registered() -> list[ImportKind]:
    """All kinds, in the order in which the apps registered them."""
    return list(_registered.values())


def by_code(code: str) -> ImportKind:
    return _registered[code]
