"""What a member sees of the own savings."""

from django.core.paginator import Paginator

from members.register.own_page import Asked, Part
from members.savings import queries

HISTORY_SIZE = 20


def savings(asked: Asked) -> Part:
    """What there is, by kind."""
    held = queries.holdings(asked.member, on=asked.on)
    context = {
        "holdings": [holding for holding in held if holding.is_shown],
        "total_idr": sum(holding.balance_idr for holding in held),
    }
    return Part("members/savings/_own.html", context)


def history(asked: Asked) -> Part:
    """Every deposit and withdrawal, a page at a time."""
    pages = Paginator(queries.history(asked.member), HISTORY_SIZE)
    return Part("members/savings/_own_history.html", {"history": pages.get_page(asked.number)})
