"""What is owed to the shop and by it, against the books, for ``manage.py check_books``."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from finance import queries as books
from finance.accounts import Code
from finance.models.parties import Party
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative
from shops import credits, incoming, voucher_lists


def qris_difference(cooperative: Cooperative) -> Iterator[str]:
    """Payments by QRIS that have not reached the bank, against their account."""
    owed_idr = incoming.unsettled_idr(cooperative)
    booked_idr = books.balance_of_all_time(cooperative, Code.QRIS)
    if owed_idr != booked_idr:
        yield _(
            "QRIS payments still to be settled are %(owed)s, account %(code)s says %(booked)s."
        ) % {
            "owed": format_rupiah(owed_idr),
            "code": Code.QRIS,
            "booked": format_rupiah(booked_idr),
        }


def voucher_difference(cooperative: Cooperative) -> Iterator[str]:
    """What vouchers are good for, against their account."""
    left_idr = voucher_lists.left_idr(cooperative)
    booked_idr = books.balance_of_all_time(cooperative, Code.VOUCHERS)
    if left_idr != booked_idr:
        yield _("The vouchers are good for %(left)s, account %(code)s says %(booked)s.") % {
            "left": format_rupiah(left_idr),
            "code": Code.VOUCHERS,
            "booked": format_rupiah(booked_idr),
        }


def credit_differences(cooperative: Cooperative) -> Iterator[str]:
    """What each member bought on credit and paid, against what the shop's journals say."""
    by_rows = credits.balances_by_rows(cooperative)
    by_books = credits.balances_by_books(cooperative)
    differing = {
        party
        for party in by_rows.keys() | by_books.keys()
        if by_rows.get(party, 0) != by_books.get(party, 0)
    }
    for party in Party.objects.of(cooperative).filter(id__in=differing).order_by("name", "id"):
        yield _(
            "%(name)s owes %(rows)s by sales and payments, account %(code)s says %(books)s."
        ) % {
            "name": party.name,
            "rows": format_rupiah(by_rows.get(party.id, 0)),
            "code": Code.MEMBER_CREDIT,
            "books": format_rupiah(by_books.get(party.id, 0)),
        }
