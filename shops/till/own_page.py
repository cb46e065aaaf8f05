"""What a member sees of the own purchases, on the page that opens by a link."""

from finance.ledger.accounts import Code
from members.papers import queries
from members.register.own_page import Asked, Part


def purchases(asked: Asked) -> Part:
    """Month by month, and the last ones by day; read from the books."""
    bought = queries.lines(asked.member, Code.MEMBER_SALES)
    context = {
        "months": queries.by_month(bought, asked.on),
        "latest": queries.moved(bought)[: queries.LATEST],
    }
    return Part("shops/till/_own.html", context)
