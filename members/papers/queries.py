"""What a member's own page shows: that member's savings, purchases and share of the surplus.

Every query names the member or the member's party. Purchases and shares of the surplus are read
from the books.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth

from finance.ledger.accounts import Code
from finance.ledger.models import Line
from kkmp.lib.periods import add_months, month_of, months_between
from kkmp.lib.phone import format_phone
from kkmp.registry import queries as registry
from members.dues.queries import grid
from members.dues.queries.arrears import Rules, paid_by
from members.pins import queries as pin_queries
from members.register.models import Member
from members.savings import queries as savings_queries

HISTORY_SIZE = 20
LATEST = 10
#: Months that a passbook lists one by one.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """:param amount_idr: zero where there was nothing"""

    month: date
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of the books as it concerns the member; negative where it was taken back."""

    date: date
    amount_idr: int


def page(member: Member, *, number: str | None, on: date) -> dict[str, Any]:
    """The whole page.

    :param number: of the page of the history, as the address has it
    """
    held = savings_queries.holdings(member, on=on)
    bought = _lines(member, Code.MEMBER_SALES)
    shares = _lines(member, Code.SURPLUS_PAYABLE)
    return {
        "member": member,
        "phone": masked_phone(member.phone),
        "holdings": [holding for holding in held if holding.is_shown],
        "total_idr": sum(holding.balance_idr for holding in held),
        "path": savings_queries.path_to_membership(member, held, on=on),
        "history": Paginator(savings_queries.history(member), HISTORY_SIZE).get_page(number),
        "mandatory": _mandatory(member, on) if member.is_active else None,
        "pins": list(pin_queries.history(member)) if member.is_active else [],
        "purchases": _by_month(bought, on),
        "latest": _moved(bought)[:LATEST],
        "shares": _moved(shares),
        "shares_idr": shares.aggregate(total=Sum(_NET))["total"] or 0,
        "on": on,
    }


def masked_phone(phone: str) -> str:
    """``0812-•••-001``: enough for its owner to know it; empty where there is none."""
    shown = format_phone(phone) if phone else ""
    return f"{re.split('[- ]', shown)[0]}-•••-{phone[-3:]}" if shown else ""


_NET = F("credit_idr") - F("debit_idr")


def _lines(member: Member, account: Code) -> QuerySet[Line]:
    lines = Line.objects.of(member.cooperative_id)
    return lines.filter(party_id=member.party_id, account__code=account)


def _moved(lines: QuerySet[Line]) -> list[Moved]:
    rows = lines.annotate(net=_NET).order_by("-date", "-id").values_list("date", "net")
    return [Moved(*row) for row in rows[: LATEST * 2]]


def _by_month(lines: QuerySet[Line], on: date) -> list[Month]:
    """The last months since the first with anything in it, newest first; none if none has."""
    first = add_months(month_of(on), 1 - MONTHS)
    months = lines.filter(date__gte=first).annotate(month=TruncMonth("date")).order_by("month")
    return _filled(dict(months.values_list("month").annotate(net=Sum(_NET))), on)


def _filled(sums: dict[date, int], on: date) -> list[Month]:
    months = reversed(months_between(min(sums), on)) if sums else []
    return [Month(month, sums.get(month, 0)) for month in months]


def _mandatory(member: Member, on: date) -> dict[str, Any]:
    """What is asked a month, and this year month by month: paid, due, ahead."""
    rules = Rules.of(member.cooperative)
    paid_idr = paid_by(member, rules)
    return {
        "monthly_idr": registry.settings_on(member.cooperative, on).mandatory_of(member.category),
        "year": on.year,
        "row": grid.row(rules, member, paid_idr, grid.Words.of(on.year), on=on),
    }
