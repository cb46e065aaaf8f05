"""Judging the PIN for savings that a member types, before the sale's transaction begins."""

from datetime import datetime

from django.views.decorators.debug import sensitive_variables

from finance.ledger import queries as books
from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.pins.services import pins
from shops.pricing.methods import Method
from shops.till.services.sales import SaleRequest


@sensitive_variables("pin")
def asked_for(
    *, cooperative: Cooperative, request: SaleRequest, pin: str, at: datetime, by: User
) -> pins.Proof | None:
    """The proof that a member typed the right PIN; None for a sale that savings do not pay.

    A sale with a key that was used before needs no PIN: it sells nothing more, and a till that
    sends it again, because no answer came, has not kept the PIN.

    :param pin: as the member typed it
    :raises pins.MemberPinRefused: the PIN is wrong or blocked, or the member has none
    :raises leaving_open.LeavingOpen: the member's leaving waits for a decision
    """
    if request.member_id is None or all(one.method != Method.SAVINGS for one in request.payments):
        return None
    with scope.cooperative(cooperative.pk):
        if books.journals(cooperative).filter(key=request.key).exists():
            return None
    return pins.prove(
        cooperative=cooperative, member_id=request.member_id, digits=pin, at=at, by=by
    )
