"""Payments by QRIS against the books, for ``manage.py check_books``."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative
from shops.settling import queries


def qris_difference(cooperative: Cooperative) -> Iterator[str]:
    """Compare QRIS payments that have not reached the bank with the balance of their account."""
    owed_idr = queries.unsettled_idr(cooperative)
    booked_idr = books.balance_of_all_time(cooperative, Code.QRIS)
    if owed_idr != booked_idr:
        yield _(
            "QRIS payments still to be settled are %(owed)s, account %(code)s says %(booked)s."
        ) % {
            "owed": format_rupiah(owed_idr),
            "code": Code.QRIS,
            "booked": format_rupiah(booked_idr),
        }
