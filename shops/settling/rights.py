"""Who may say what of a payment; pages and the API ask it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from kkmp.access.models import User
from kkmp.access.permissions import Permission
from shops.settling.queries import Receivable, State


def refuse_others(
    permissions: frozenset[Permission],
    user: User,
    found: Sequence[Receivable],
    *,
    is_missing: bool = False,
) -> None:
    """A cashier confirms what the cashier took; everything else needs a permission of its own.

    :param is_missing: whether it is to be said that they never came
    :raises PermissionDenied: somebody else's, or it is about one that never came
    """
    if Permission.PAYMENTS_CONFIRM in permissions:
        return
    may_own = Permission.SALES_SELL in permissions and not is_missing
    for one in found:
        if not may_own or one.cashier.pk != user.pk or one.state == State.MISSING:
            raise PermissionDenied
