"""The stock against its movements and against the books, for ``manage.py check_books``."""

from django.utils.translation import gettext as _

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from kkmp.lib.money import format_rupiah
from kkmp.lib.quantity import format_quantity
from kkmp.registry.models import Cooperative
from shops.stock import queries as stock_queries


def stock_differences(cooperative: Cooperative) -> list[str]:
    """What does not agree, in sentences: each product, and the whole against its account."""
    found = [
        _(
            "%(product)s: the movements add up to %(moved)s at %(moved_value)s, "
            "the stock is %(held)s at %(held_value)s."
        )
        % {
            "product": row["product"].name,
            "moved": format_quantity(row["moved_quantity"]),
            "moved_value": format_rupiah(row["moved_value_idr"]),
            "held": format_quantity(row["quantity"]),
            "held_value": format_rupiah(row["value_idr"]),
        }
        for row in stock_queries.stock_differences(cooperative)
    ]
    held_idr = stock_queries.stock_value_idr(cooperative)
    booked_idr = books.balance_of_all_time(cooperative, Code.MERCHANDISE)
    if held_idr != booked_idr:
        found.append(
            _("The stock is worth %(held)s, account %(code)s says %(booked)s.")
            % {
                "held": format_rupiah(held_idr),
                "code": Code.MERCHANDISE,
                "booked": format_rupiah(booked_idr),
            }
        )
    return found
