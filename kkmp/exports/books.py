"""The lists of the books, which lie below this package and cannot offer them themselves."""

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.ledger import kinds, queries
from finance.ledger.filters import JournalListFilter
from kkmp.access.permissions import Permission
from kkmp.exports import lists, words
from kkmp.exports.lists import Column, Content, ExportList, Kind, ListRequest, Sheet


class _Listed(Protocol):
    """A journal as the list brings it."""

    kind: str
    is_reversed: bool


def _kind(journal: _Listed) -> str:
    label = str(kinds.label(journal.kind))
    return f"{label} ({_('Reversed')})" if journal.is_reversed else label


class Journals(ExportList):
    code = "journals"
    slug = "jurnal"
    permission = Permission.BOOKS_READ
    title = gettext_lazy("Journals")
    page = "finance:journals"
    parameters = ("q", "since", "until", "kind", "account")

    def content(self, request: ListRequest) -> Content:
        found = JournalListFilter(
            request.query,
            queryset=queries.journals(request.cooperative),
            request=request,
        )
        sheet = Sheet(self.title, COLUMNS, found.qs)
        return Content([sheet], words.conditions(found.form))


COLUMNS = (
    Column(gettext_lazy("Description"), lambda journal: journal.memo, width=44),
    Column(gettext_lazy("Number"), lambda journal: journal.number, Kind.CODE, 10),
    Column(gettext_lazy("Date"), lambda journal: journal.date, Kind.DATE, 12),
    Column(gettext_lazy("Kind"), _kind, width=24),
    Column(gettext_lazy("Amount"), lambda journal: journal.amount_idr, Kind.RUPIAH, 18),
)


def register() -> None:
    lists.register(Journals())
