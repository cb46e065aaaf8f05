"""Vouchers against the books, for ``manage.py check_books``."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative
from shops.vouchers import queries as vouchers_queries


def voucher_difference(cooperative: Cooperative) -> Iterator[str]:
    """What vouchers are good for, against their account."""
    left_idr = vouchers_queries.left_idr(cooperative)
    booked_idr = books.balance_of_all_time(cooperative, Code.VOUCHERS)
    if left_idr != booked_idr:
        yield _("The vouchers are good for %(left)s, account %(code)s says %(booked)s.") % {
            "left": format_rupiah(left_idr),
            "code": Code.VOUCHERS,
            "booked": format_rupiah(booked_idr),
        }
