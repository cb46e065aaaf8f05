"""Re-adding the books and naming every difference.

A check takes a cooperative, within its scope, and returns differences whose text is a sentence;
none when all is well. Apps above register what only they can compare, in ``plugins``::

    checks.register(queries.savings_differences)
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from finance.ledger import queries
from finance.ledger.models import Account
from finance.ledger.services import chart, ledger
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date, format_month
from kkmp.registry.models import Cooperative

Check = Callable[[Cooperative], Iterable[object]]
_plugged_in: list[Check] = []


def register(check: Check) -> None:
    """Add a check to all that follow; adding it twice changes nothing."""
    if check not in _plugged_in:
        _plugged_in.append(check)


def differences(cooperative: Cooperative) -> list[str]:
    """Everything that does not agree, in sentences; call it within the cooperative's scope."""
    checks = (
        _journals,
        _misdated,
        _numbers,
        _reversals,
        _balances,
        _counts,
        _accounts,
        _cash,
        *_plugged_in,
    )
    return [str(difference) for check in checks for difference in check(cooperative)]


_UNEQUAL = """
    SELECT j.number, j.amount_idr,
           coalesce(sum(l.debit_idr), 0)::bigint, coalesce(sum(l.credit_idr), 0)::bigint
    FROM finance_journal j
    LEFT JOIN finance_line l ON l.cooperative_id = j.cooperative_id AND l.journal_id = j.id
    WHERE j.cooperative_id = %(cooperative)s
    GROUP BY j.id, j.number, j.amount_idr
    HAVING coalesce(sum(l.debit_idr), 0) <> j.amount_idr
        OR coalesce(sum(l.credit_idr), 0) <> j.amount_idr
    ORDER BY j.number
"""


def _journals(cooperative: Cooperative) -> Iterator[str]:
    for number, amount, debits, credits in _rows(_UNEQUAL, cooperative):
        yield _(
            "Journal %(number)s is of %(amount)s, but its debits add up to %(debits)s and its "
            "credits to %(credits)s."
        ) % {
            "number": number,
            "amount": format_rupiah(amount),
            "debits": format_rupiah(debits),
            "credits": format_rupiah(credits),
        }


_MISDATED = """
    SELECT j.number, j.date, l.position, l.date
    FROM finance_journal j
    JOIN finance_line l ON l.cooperative_id = j.cooperative_id AND l.journal_id = j.id
    WHERE j.cooperative_id = %(cooperative)s AND l.date <> j.date
    ORDER BY j.number, l.position
"""


def _misdated(cooperative: Cooperative) -> Iterator[str]:
    for number, day, position, other in _rows(_MISDATED, cooperative):
        yield _("Journal %(number)s is of %(day)s, but its line %(line)s of %(other)s.") % {
            "number": number,
            "day": format_date(day),
            "line": position,
            "other": format_date(other),
        }


_GAPS = """
    SELECT previous + 1, number - 1
    FROM (
        SELECT j.number, lag(j.number, 1, 0::bigint) OVER (ORDER BY j.number) AS previous
        FROM finance_journal j WHERE j.cooperative_id = %(cooperative)s
        UNION ALL
        SELECT c.last + 1, (
            SELECT coalesce(max(j.number), 0) FROM finance_journal j
            WHERE j.cooperative_id = %(cooperative)s
        )
        FROM registry_documentcounter c
        WHERE c.cooperative_id = %(cooperative)s AND c.series = %(series)s
    ) numbers
    WHERE number > previous + 1
    ORDER BY number
"""


def _numbers(cooperative: Cooperative) -> Iterator[str]:
    """Numbers run without a gap: a failed posting gives its number back."""
    for first, last in _rows(_GAPS, cooperative, series=ledger.SERIES):
        yield _("Journals %(first)s to %(last)s are missing.") % {"first": first, "last": last}


_UNLIKE = """
    SELECT r.number, o.number
    FROM finance_journal r
    JOIN finance_journal o ON o.cooperative_id = r.cooperative_id AND o.id = r.reverses_id
    WHERE r.cooperative_id = %(cooperative)s AND (
        r.amount_idr <> o.amount_idr OR r.date < o.date OR EXISTS (
            SELECT l.position, l.account_id, l.party_id, l.unit_id, l.debit_idr, l.credit_idr
            FROM finance_line l
            WHERE l.cooperative_id = %(cooperative)s AND l.journal_id = r.id
            EXCEPT
            SELECT m.position, m.account_id, m.party_id, m.unit_id, m.credit_idr, m.debit_idr
            FROM finance_line m
            WHERE m.cooperative_id = %(cooperative)s AND m.journal_id = o.id
        )
    )
    ORDER BY r.number
"""


def _reversals(cooperative: Cooperative) -> Iterator[str]:
    for number, original in _rows(_UNLIKE, cooperative):
        yield _("Journal %(number)s does not mirror journal %(original)s, which it reverses.") % {
            "number": number,
            "original": original,
        }


_OUT_OF_STEP = """
    SELECT coalesce(added.month, kept.month), account.code,
           coalesce(added.debits, 0)::bigint, coalesce(added.credits, 0)::bigint,
           coalesce(kept.debit_idr, 0), coalesce(kept.credit_idr, 0)
    FROM (
        SELECT date_trunc('month', l.date)::date AS month, l.account_id,
               sum(l.debit_idr) AS debits, sum(l.credit_idr) AS credits
        FROM finance_line l WHERE l.cooperative_id = %(cooperative)s
        GROUP BY 1, 2
    ) added
    FULL JOIN (
        SELECT b.month, b.account_id, b.debit_idr, b.credit_idr
        FROM finance_balance b WHERE b.cooperative_id = %(cooperative)s
    ) kept ON kept.month = added.month AND kept.account_id = added.account_id
    JOIN finance_account account ON account.cooperative_id = %(cooperative)s
        AND account.id = coalesce(added.account_id, kept.account_id)
    WHERE coalesce(added.debits, 0) <> coalesce(kept.debit_idr, 0)
        OR coalesce(added.credits, 0) <> coalesce(kept.credit_idr, 0)
    ORDER BY 1, 2
"""


def _balances(cooperative: Cooperative) -> Iterator[str]:
    for month, code, debits, credits, kept_debits, kept_credits in _rows(_OUT_OF_STEP, cooperative):
        yield _(
            "%(month)s, account %(account)s: the lines add up to debits of %(debits)s and credits "
            "of %(credits)s, the balance kept says %(kept_debits)s and %(kept_credits)s."
        ) % {
            "month": format_month(month),
            "account": code,
            "debits": format_rupiah(debits),
            "credits": format_rupiah(credits),
            "kept_debits": format_rupiah(kept_debits),
            "kept_credits": format_rupiah(kept_credits),
        }


_MISCOUNTED = """
    SELECT month, sum(journals)::bigint, sum(kept)::bigint
    FROM (
        SELECT date_trunc('month', j.date)::date AS month, count(*) AS journals, 0 AS kept
        FROM finance_journal j WHERE j.cooperative_id = %(cooperative)s
        GROUP BY 1
        UNION ALL
        SELECT c.month, 0, c.journals
        FROM finance_journalcount c WHERE c.cooperative_id = %(cooperative)s
    ) counted
    GROUP BY month
    HAVING sum(journals) <> sum(kept)
    ORDER BY month
"""


def _counts(cooperative: Cooperative) -> Iterator[str]:
    for month, journals, kept in _rows(_MISCOUNTED, cooperative):
        yield _("%(month)s has %(journals)s journals, the count kept says %(kept)s.") % {
            "month": format_month(month),
            "journals": journals,
            "kept": kept,
        }


def _accounts(cooperative: Cooperative) -> Iterator[str]:
    theirs = {account.code: account for account in Account.objects.of(cooperative)}
    for row in chart.rows():
        account = theirs.get(row["code"])
        if account is None:
            yield _("Account %(account)s is missing from the chart.") % {"account": row["code"]}
        elif (account.kind, account.is_contra) != (row["kind"], row["is_contra"]):
            yield _("Account %(account)s is not of the kind that the chart gives it.") % {
                "account": row["code"]
            }


def _cash(cooperative: Cooperative) -> Iterator[str]:
    for account, end in queries.below_zero(cooperative):
        yield below_zero_said(account, end)


def below_zero_said(account: Account, end: queries.DayEnd) -> str:
    """The finding that a cash box held less than nothing, which cannot be."""
    return _(
        "%(account)s held %(held)s at the end of %(date)s. No box holds less than nothing: "
        "something that came in is missing, or went out twice."
    ) % {
        "account": account,
        "held": format_rupiah(end.held_idr),
        "date": format_date(end.on),
    }


def _rows(statement: str, cooperative: Cooperative, **more: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"cooperative": cooperative.pk} | more)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
