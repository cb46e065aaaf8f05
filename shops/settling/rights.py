"""Who may confirm which payments, for pages and API alike."""

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
    """Let cashiers only confirm payments that they took, and decide on none that never came.

    :param is_missing: whether the payments are to be recorded as never having come
    :raises PermissionDenied: this needs the permission to confirm everybody's payments
    """
    if Permission.PAYMENTS_CONFIRM in permissions:
        return
    may_own = Permission.SALES_SELL in permissions and not is_missing
    for one in found:
        if not may_own or one.cashier.pk != user.pk or one.state == State.MISSING:
            raise PermissionDenied
