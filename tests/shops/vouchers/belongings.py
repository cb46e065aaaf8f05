"""Vouchers and what was paid for them."""

from dataclasses import replace
from datetime import timedelta

from kkmp.access.permissions import Role
from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from shops.models import Method, Voucher, VoucherBatch, VoucherPosting
from shops.vouchers.services import vouchers
from tests.conftest import MONDAY
from tests.guards.side import Side

WEIGHT = 62
KINDS = {"posting": (VoucherPosting, {}), "voucher batch": (VoucherBatch, {})}
ADDRESSES = {("api-voucher", "code"): "voucher code"}
PLAIN = "amount_idr beneficiaries buyer count method purpose reason value_idr"


def furnish(side: Side) -> None:
    """One batch that is paid, and one of which a part is."""
    here, by = side.cooperative, side.staff[Role.TREASURER]
    ordered = vouchers.Ordered(
        buyer=f"Hadi {side.word}",
        value_idr=20_000,
        count=1,
        valid_until=business_today() + timedelta(days=30),
        method=Method.CASH,
    )
    batch = vouchers.issue(cooperative=here, ordered=ordered, key=new_id(), on=MONDAY, by=by)
    side.ids["last batch"] = batch.pk
    side.ids["voucher code"] = Voucher.objects.of(here).get(batch=batch).code
    later = replace(ordered, method=Method.CREDIT)
    owed = vouchers.issue(cooperative=here, ordered=later, key=new_id(), on=MONDAY, by=by)
    vouchers.receive(
        batch=owed, method=Method.CASH, amount_idr=5_000, key=new_id(), on=MONDAY, by=by
    )
