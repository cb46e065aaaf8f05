"""What a member sees of the own share of the surplus."""

from finance.ledger.accounts import Code
from members.papers import queries
from members.register.own_page import Asked, Part


def surplus(asked: Asked) -> Part:
    shares = queries.lines(asked.member, Code.SURPLUS_PAYABLE)
    context = {"shares": queries.moved(shares), "shares_idr": queries.sum_idr(shares)}
    return Part("members/papers/_own_surplus.html", context)
