"""A member's passbook: what moved in a period, kind by kind, with the balances around it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from finance.ledger import kinds as journals
from kkmp.lib import documents
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date, format_month
from kkmp.registry import queries as registry
from members.dues.queries.arrears import Rules, paid_by
from members.register.documents import letterhead
from members.register.models import Member
from members.register.numbers import member_number
from members.savings import queries as savings_queries
from members.savings.documents import receipt_number
from members.savings.models import SavingsEntry, SavingsKind


class PeriodRefused(DomainError):
    """The period cannot be shown; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry and the balance of its kind afterwards, in the order of days."""

    entry: SavingsEntry
    balance_idr: int

    @property
    def in_idr(self) -> int:
        return max(self.entry.amount_idr, 0)

    @property
    def out_idr(self) -> int:
        return max(-self.entry.amount_idr, 0)

    @property
    def what(self) -> str:
        """What caused it, in the reader's language."""
        return journals.label(self.entry.journal.kind)


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of savings over the period."""

    kind: SavingsKind
    opening_idr: int
    rows: list[Row]

    @property
    def in_idr(self) -> int:
        return sum(row.in_idr for row in self.rows)

    @property
    def out_idr(self) -> int:
        return sum(row.out_idr for row in self.rows)

    @property
    def closing_idr(self) -> int:
        return self.opening_idr + self.in_idr - self.out_idr


@dataclass(frozen=True, slots=True)
class Passbook:
    """:param pages: kinds with a balance before or a movement within the period"""

    member: Member
    since: date
    until: date
    pages: list[Page]

    @property
    def opening_idr(self) -> int:
        return sum(page.opening_idr for page in self.pages)

    @property
    def closing_idr(self) -> int:
        return sum(page.closing_idr for page in self.pages)


def passbook(member: Member, *, since: date, until: date) -> Passbook:
    """A period of a member's savings, both days included.

    :raises PeriodRefused: it ends before it begins
    """
    if until < since:
        raise PeriodRefused(
            _("The last day lies before the first. Change one of them."), field="until"
        )
    entries = SavingsEntry.objects.of(member.cooperative_id).filter(member=member)
    before = entries.filter(date__lt=since).order_by("kind_id").values_list("kind_id")
    opening = dict(before.annotate(Sum("amount_idr")))
    moved = entries.filter(date__gte=since, date__lte=until).select_related("journal", "reverses")
    by_kind: dict[Any, list[SavingsEntry]] = {}
    for entry in moved.order_by("date", "number", "id"):
        by_kind.setdefault(entry.kind_id, []).append(entry)
    pages = [
        _page(kind, opening.get(kind.id, 0), by_kind.get(kind.id, []))
        for kind in savings_queries.kinds(member.cooperative)
        if opening.get(kind.id) or kind.id in by_kind
    ]
    return Passbook(member, since, until, pages)


def _page(kind: SavingsKind, opening_idr: int, entries: list[SavingsEntry]) -> Page:
    rows, balance_idr = [], opening_idr
    for entry in entries:
        balance_idr += entry.amount_idr
        rows.append(Row(entry, balance_idr))
    return Page(kind, opening_idr, rows)


def pdf(book: Passbook, *, paper: str, on: date) -> bytes:
    """A passbook on paper, Indonesian as all documents.

    :param paper: ``a4`` or ``a5``
    :param on: the day it is printed
    """
    return documents.render("members/papers/passbook.typ", _data(book, paper, on))


def undrawn(book: Passbook, *, on: date) -> list[tuple[str, str]]:
    """What stands on its paper with empty boxes in it, and for which letters."""
    return documents.undrawn_in(_data(book, "a4", on))


def message(member: Member, *, on: date) -> str:
    """The passbook in short, Indonesian, for who has no paper and no page: to be sent by WhatsApp.

    Balances, the last entries, and when mandatory savings were last paid.
    """
    with in_indonesian():
        held = [h for h in savings_queries.holdings(member, on=on) if h.balance_idr]
        number = f" (no. anggota {member_number(member.number)})" if member.number else ""
        lines = [
            f"*{member.cooperative.name}*",
            f"Simpanan {member.name}{number} per {format_date(on)}:",
            *(f"• {h.kind.name}: {format_rupiah(h.balance_idr)}" for h in held),
            f"Jumlah: *{format_rupiah(sum(h.balance_idr for h in held))}*",
        ]
        last = list(savings_queries.entries(member).select_related("journal")[:5])
        if last:
            lines += ["", "Catatan terakhir:", *(_in_a_line(entry) for entry in last)]
        return "\n".join(lines + _dues(member, on))


def _in_a_line(entry: SavingsEntry) -> str:
    sign = "+" if entry.amount_idr > 0 else "-"
    amount = f"{sign}{format_rupiah(abs(entry.amount_idr))}"
    note = " (koreksi)" if entry.reverses_id else ""
    return f"• {format_date(entry.date)}: {entry.kind.name} {amount}{note}"


def _dues(member: Member, on: date) -> list[str]:
    """What is asked a month, and what is open of it."""
    monthly_idr = registry.settings_on(member.cooperative, on).mandatory_of(member.category)
    if not member.is_active or not monthly_idr:
        return []
    rules = Rules.of(member.cooperative)
    status = rules.status(member, paid_by(member, rules), on=on)
    if status.arrears_idr and status.oldest:
        since = format_month(status.oldest)
        state = f"tunggakan {format_rupiah(status.arrears_idr)} sejak {since}"
    elif status.open_idr:
        state = f"bulan ini belum disetor {format_rupiah(status.open_idr)}"
    else:
        state = "sudah lunas sampai bulan ini"
    return ["", f"Simpanan wajib {format_rupiah(monthly_idr)} sebulan, {state}."]


def _data(book: Passbook, paper: str, on: date) -> dict[str, Any]:
    member = book.member
    with in_indonesian():
        return {
            "paper": paper,
            "cooperative": {
                "name": member.cooperative.name,
                "lines": letterhead(member.cooperative),
            },
            "logo": documents.picture("logo.svg"),
            "name": member.name,
            "number": member_number(member.number) or "belum bernomor",
            "since": format_date(book.since),
            "until": format_date(book.until),
            "printed": format_date(on),
            "total": format_rupiah(book.closing_idr),
            "pages": [_page_data(page) for page in book.pages],
            "demo": registry.is_demo(),
        }


def _page_data(page: Page) -> dict[str, Any]:
    return {
        "kind": page.kind.name,
        "opening": format_rupiah(page.opening_idr),
        "in": format_rupiah(page.in_idr),
        "out": format_rupiah(page.out_idr),
        "closing": format_rupiah(page.closing_idr),
        "rows": [
            {
                "date": row.entry.date.strftime("%d/%m/%Y"),
                "receipt": receipt_number(row.entry.number),
                "what": _what(row),
                "in": format_rupiah(row.in_idr) if row.in_idr else "",
                "out": format_rupiah(row.out_idr) if row.out_idr else "",
                "balance": format_rupiah(row.balance_idr),
            }
            for row in page.rows
        ],
    }


def _what(row: Row) -> str:
    reverses = row.entry.reverses
    return f"Koreksi {receipt_number(reverses.number)}" if reverses else row.what
