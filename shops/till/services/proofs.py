"""Having a member type their PIN for one sale, before the transaction of the sale begins."""

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
    """The proof that a sale needs where savings pay; None where it needs none.

    A sale whose key is taken sells nothing more, so it is asked for no PIN: whoever sends it again
    because no answer came has none any more.

    :param pin: as the member typed it
    :raises pins.MemberPinRefused: there is none, it is wrong, or it is blocked
    :raises leaving_open.LeavingOpen: the leaving waits for a decision
    """
    if request.member_id is None or all(one.method != Method.SAVINGS for one in request.payments):
        return None
    with scope.cooperative(cooperative.pk):
        if books.journals(cooperative).filter(key=request.key).exists():
            return None
    return pins.prove(
        cooperative=cooperative, member_id=request.member_id, digits=pin, at=at, by=by
    )
