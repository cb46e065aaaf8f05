"""Judging the PIN and the codes that a buyer types, before the sale's transaction begins."""

from dataclasses import replace
from datetime import datetime

from django.views.decorators.debug import sensitive_variables

from finance.ledger import queries as books
from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.pins.services import pins
from shops.pricing.basket import SaleRefused
from shops.pricing.methods import Method
from shops.till.services import tenders
from shops.till.services.sales import SaleRequest
from shops.vouchers.services import codes


@sensitive_variables("pin")
def proven(
    *, cooperative: Cooperative, request: SaleRequest, pin: str, at: datetime, by: User
) -> SaleRequest:
    """The sale with the proof that its member typed the right PIN, where savings pay.

    A sale with a key that was used before is asked for nothing: it sells nothing more, and a till
    that sends it again, because no answer came, has not kept the PIN.

    :param pin: as the member typed it
    :raises pins.MemberPinRefused: the PIN is wrong or blocked, or the member has none
    :raises leaving_open.LeavingOpen: the member's leaving waits for a decision
    :raises SaleRefused: there is no voucher with a code
    :raises tries.TooManyTries: there were too many such codes
    """
    typed = [
        codes.tidied(one.reference) for one in request.payments if one.method == Method.VOUCHER
    ]
    is_saved = any(one.method == Method.SAVINGS for one in request.payments)
    if not typed and (request.member_id is None or not is_saved):
        return request
    with scope.cooperative(cooperative.pk):
        if books.journals(cooperative).filter(key=request.key).exists():
            return request
    for code in typed:
        if not codes.is_known(cooperative=cooperative, code=code, at=at, by=by):
            raise SaleRefused(tenders.no_voucher(code), field="payments")
    if request.member_id is None or not is_saved:
        return request
    proof = pins.prove(
        cooperative=cooperative, member_id=request.member_id, digits=pin, at=at, by=by
    )
    return replace(request, proof=proof)
