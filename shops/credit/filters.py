"""Which accounts are looked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from kkmp.registry.models import Cooperative
from members.register import queries as register_queries
from members.register.models import Member
from shops.credit.accounts import Account


@dataclass(frozen=True, slots=True)
class Found:
    """:param others: members that were looked for, and who neither owe nor may"""

    accounts: list[Account]
    others: list[Member]


def narrowed(
    cooperative: Cooperative, everybody: Sequence[Account], *, show: str, text: str
) -> Found:
    """The accounts that the list and its file show: by name if one is given, else by ``show``."""
    if not text:
        return Found([one for one in everybody if _is_shown(one, show)], [])
    matching = register_queries.find_members(cooperative, text)
    ids, words = {member.id for member in matching}, text.lower().split()
    found = [
        one
        for one in everybody
        if one.member.id in ids or all(w in one.member.name.lower() for w in words)
    ]
    known = {one.member.id for one in everybody}
    return Found(found, [member for member in matching if member.id not in known])


def _is_shown(account: Account, show: str) -> bool:
    if show == "overdue":
        return account.overdue_idr > 0
    return show == "all" or account.owed_idr != 0
