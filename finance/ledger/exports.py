"""The lists of the books that can be taken out."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import WithAnnotations

from finance.ledger import forms, kinds, queries
from finance.ledger.filters import JournalListFilter
from finance.ledger.models import Account, Line
from finance.ledger.queries import AccountLedger, Moved
from kkmp.access.permissions import Permission
from kkmp.exports import words
from kkmp.exports.lists import (
    Column,
    Condition,
    Content,
    ExportList,
    Kind,
    ListRequest,
    Sheet,
    Total,
)
from kkmp.lib.periods import format_date, month_of
from kkmp.registry.models import Cooperative


class _Listed(Protocol):
    """A journal as the list brings it."""

    kind: str
    is_reversed: bool


def _kind(journal: _Listed) -> str:
    label = str(kinds.label(journal.kind))
    return f"{label} ({_('Reversed')})" if journal.is_reversed else label


class Journals(ExportList):
    """The journals of the page, and behind them their lines and what these come to by account."""

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
        lines = queries.lines_in(request.cooperative, found.qs)
        sheets = [
            Sheet(self.title, JOURNALS, found.qs),
            Sheet(_("Journal lines"), LINES, lines),
            Sheet(_("Sums by account"), BALANCES, queries.moves(request.cooperative, lines)),
        ]
        given = found.form.cleaned_data if found.form.is_valid() else {}
        span = words.span(given.get("since"), given.get("until"))
        return Content(sheets, words.conditions(found.form), span)


class TrialBalance(ExportList):
    code = "trial_balance"
    slug = "neraca-saldo"
    permission = Permission.BOOKS_READ
    title = gettext_lazy("Trial balance")
    page = "finance:trial_balance"
    parameters = ("date", "zero")

    def content(self, request: ListRequest) -> Content:
        form = forms.AsOf(_with(request, date=request.on.isoformat()))
        balance = queries.trial_balance(request.cooperative, form.day)
        rows = balance.rows if form.with_zero else balance.nonzero
        conditions = [Condition(str(_("At the end of")), format_date(form.day))]
        return Content([Sheet(self.title, BALANCES, rows)], conditions, f"{form.day:%Y-%m-%d}")


class AccountBook(ExportList):
    """The ledger of one account, which the address names beside the days."""

    code = "account_book"
    slug = "buku-besar"
    permission = Permission.BOOKS_READ
    title = gettext_lazy("Ledger of an account")
    page = "finance:account"
    parameters = ("account", "since", "until")

    def content(self, request: ListRequest) -> Content:
        wanted = Account.objects.of(request.cooperative).filter(code=_account(request.query))
        usual = {"since": month_of(request.on).isoformat(), "until": request.on.isoformat()}
        since, until = forms.Period(_with(request, **usual)).days
        span = words.span(since, until)
        account = wanted.first()
        if account is None:
            return Content([Sheet(self.title, BOOK, [])], span=span)
        book = queries.account_ledger(account, since, until)
        conditions = [
            Condition(str(_("Account")), str(account)),
            Condition(str(_("From")), format_date(since)),
            Condition(str(_("Until")), format_date(until)),
        ]
        sheet = Sheet(
            account.label,
            BOOK,
            book.lines,
            before=[_brought_forward(book)],
            made=lambda lines: [_entry(book, line) for line in lines],
        )
        return Content([sheet], conditions, span, f"{self.title} {account}")

    def address(self, cooperative: Cooperative, query: str) -> str:
        """The account stands in the path there."""
        kept = QueryDict(query, mutable=True)
        account = _account(kept)
        kept.pop("account", None)
        if not account:
            return reverse("finance:trial_balance", args=[cooperative.code])
        url = reverse(self.page, args=[cooperative.code, account])
        return f"{url}?{kept.urlencode()}" if kept else url


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of an account's ledger; the first one brings forward what stood there before."""

    memo: str
    balance_idr: int
    number: int | None = None
    on: date | None = None
    party: str = ""
    unit: str = ""
    debit_idr: int | None = None
    credit_idr: int | None = None


def _brought_forward(book: AccountLedger) -> _Entry:
    memo = _("Before %(day)s") % {"day": format_date(book.since)}
    return _Entry(memo, book.before.balance_idr)


def _entry(book: AccountLedger, line: "WithAnnotations[Line, Moved]") -> _Entry:
    return _Entry(
        memo=line.journal.memo,
        balance_idr=book.running_idr(line),
        number=line.journal.number,
        on=line.date,
        party=line.party.name if line.party else "",
        unit=line.unit.name if line.unit else "",
        debit_idr=line.debit_idr or None,
        credit_idr=line.credit_idr or None,
    )


def _account(query: QueryDict) -> str:
    """The code of the account that an address names; empty where it can be none."""
    code = query.get("account", "") or ""
    return code if re.fullmatch(r"[-\w]{1,10}", code, re.ASCII) else ""


def _with(request: ListRequest, **usual: str) -> QueryDict:
    """What was asked for, with what the page shows where nothing was."""
    query = request.query.copy()
    for name, value in usual.items():
        query.setdefault(name, value)
    return query


_MEMO = gettext_lazy("Description")
_ACCOUNT = gettext_lazy("Account")
_CODE = gettext_lazy("Account code")
_DEBIT = gettext_lazy("Debit")
_CREDIT = gettext_lazy("Credit")

JOURNALS = (
    Column(_MEMO, lambda journal: journal.memo, width=44),
    Column(gettext_lazy("Number"), lambda journal: journal.number, Kind.CODE, 10),
    Column(gettext_lazy("Date"), lambda journal: journal.date, Kind.DATE, 12),
    Column(gettext_lazy("Kind"), _kind, width=24),
    Column(gettext_lazy("Amount"), lambda journal: journal.amount_idr, Kind.RUPIAH, 18, Total.SUM),
)
#: Of the journals above, each side of each.
LINES = (
    Column(gettext_lazy("Journal"), lambda line: line.journal.number, Kind.CODE, 24),
    Column(gettext_lazy("Date"), lambda line: line.date, Kind.DATE, 12),
    Column(_CODE, lambda line: line.account.code, Kind.CODE, 12),
    Column(_ACCOUNT, lambda line: line.account.label, width=32),
    Column(_DEBIT, lambda line: line.debit_idr or None, Kind.RUPIAH, 18, Total.SUM),
    Column(_CREDIT, lambda line: line.credit_idr or None, Kind.RUPIAH, 18, Total.SUM),
    Column(_MEMO, lambda line: line.journal.memo, width=44),
    Column(gettext_lazy("Party"), lambda line: line.party and line.party.name, width=28),
    Column(gettext_lazy("Unit of business"), lambda line: line.unit and line.unit.name, width=20),
)
#: Of the trial balance as on the page, where the code stands below the name; and of sums.
BALANCES = (
    Column(_ACCOUNT, lambda row: row.account.label, width=40),
    Column(_CODE, lambda row: row.account.code, Kind.CODE, 12),
    Column(_DEBIT, lambda row: row.debit_idr, Kind.RUPIAH, 18, Total.SUM),
    Column(_CREDIT, lambda row: row.credit_idr, Kind.RUPIAH, 18, Total.SUM),
)
BOOK = (
    Column(_MEMO, lambda entry: entry.memo, width=44),
    Column(gettext_lazy("Journal"), lambda entry: entry.number, Kind.CODE, 10),
    Column(gettext_lazy("Date"), lambda entry: entry.on, Kind.DATE, 12),
    Column(_DEBIT, lambda entry: entry.debit_idr, Kind.RUPIAH, 18, Total.SUM),
    Column(_CREDIT, lambda entry: entry.credit_idr, Kind.RUPIAH, 18, Total.SUM),
    Column(gettext_lazy("Balance"), lambda entry: entry.balance_idr, Kind.RUPIAH, 18, Total.LAST),
    Column(gettext_lazy("Party"), lambda entry: entry.party, width=28),
    Column(gettext_lazy("Unit of business"), lambda entry: entry.unit, width=20),
)
