"""Closed shifts against what went through their drawers, for ``manage.py check_books``."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative

#: Cash by shift; what no shift holds has no number.
_DRAWERS = """
    SELECT s.number, s.closed_at IS NULL, s.expected_idr,
           (coalesce(s.float_idr, 0) + coalesce(sum(cash.amount), 0))::bigint
    FROM (
        SELECT sale.shift_id, p.amount_idr AS amount
        FROM shops_salepayment p
        JOIN shops_sale sale ON sale.cooperative_id = p.cooperative_id AND sale.id = p.sale_id
        WHERE p.cooperative_id = %(cooperative)s AND p.method = 'cash'
        UNION ALL
        SELECT r.shift_id, -f.amount_idr - f.rounding_idr
        FROM shops_refund f
        JOIN shops_salereturn r ON r.cooperative_id = f.cooperative_id AND r.id = f.returned_id
        JOIN shops_salepayment p ON p.cooperative_id = f.cooperative_id AND p.id = f.payment_id
        WHERE f.cooperative_id = %(cooperative)s
          AND coalesce(nullif(f.paid_as, ''), p.method) = 'cash'
        UNION ALL
        SELECT c.shift_id, c.amount_idr + c.rounding_idr
        FROM shops_creditpayment c
        WHERE c.cooperative_id = %(cooperative)s AND c.method = 'cash'
          AND c.shift_id IS NOT NULL  -- else it went into the main cash box
        UNION ALL
        SELECT m.shift_id, m.amount_idr
        FROM shops_cashmovement m
        WHERE m.cooperative_id = %(cooperative)s
          AND m.shift_id IS NOT NULL  -- else its drawer was empty already
    ) cash
    FULL JOIN (
        SELECT shift.id, shift.number, shift.closed_at, shift.expected_idr, shift.float_idr
        FROM shops_shift shift WHERE shift.cooperative_id = %(cooperative)s
    ) s ON s.id = cash.shift_id
    GROUP BY s.id, s.number, s.closed_at, s.expected_idr, s.float_idr
    ORDER BY s.number
"""


def drawer_differences(cooperative: Cooperative) -> Iterator[str]:
    """Closed shifts against what they did, and what lies in open drawers against the books."""
    held_idr = 0
    for number, is_open, expected_idr, cash_idr in rows_of(_DRAWERS, cooperative):
        if is_open:
            held_idr += cash_idr
        elif cash_idr != expected_idr:
            yield _(
                "Shift %(number)s was closed with %(expected)s expected; its cash adds up to "
                "%(cash)s."
            ) % {
                "number": number,
                "expected": format_rupiah(expected_idr),
                "cash": format_rupiah(cash_idr),
            }
    booked_idr = books.balance_of_all_time(cooperative, Code.DRAWER)
    if held_idr != booked_idr:
        yield _(
            "There should be %(held)s in the open drawers, account %(code)s says %(booked)s."
        ) % {
            "held": format_rupiah(held_idr),
            "code": Code.DRAWER,
            "booked": format_rupiah(booked_idr),
        }


def rows_of(statement: str, cooperative: Cooperative) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"cooperative": cooperative.pk})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
