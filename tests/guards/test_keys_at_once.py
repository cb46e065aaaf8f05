"""One key sent twice at the same moment, for every way in which an act looks for an earlier try."""

import pytest

from finance.ledger import checks
from finance.ledger.services import ledger
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.bodies.services import officers
from members.dues.services import collections
from members.joining.services import applications
from members.register.services import membership
from members.savings import checks as savings_checks
from members.savings.services import savings
from members.takeover.services import opening
from shops.drawers.services import shifts
from shops.till.services import sales
from shops.vouchers.services import vouchers
from tests.at_once import at_once
from tests.guards import keyed

pytestmark = pytest.mark.django_db(transaction=True)

WAYS = {
    "the member's row is held": savings.deposit,
    "the books are held": vouchers.receive,
    "a counter is held": opening.take_over,
    "the row itself is held": shifts.close,
    "one function of the database": sales.sell,
    "a journal that is there": ledger.post,
    "a row with the key that is there": collections.collect,
    "a row with the key, sent by a stranger": applications.submit,
    "a person whose id is of the key": membership.register,
    "an officer whose id is of the key": officers.add,
}


def test_two_at_once_make_one(melati, sari, tono, rini, budi, case):
    with scope.cooperative(melati.pk):
        house = keyed.House(melati, sari=sari, tono=tono, rini=rini, budi=budi)
    for way, service in WAYS.items():
        with case(f"{way}: {keyed.name_of(service)}"):
            with scope.cooperative(melati.pk):
                ask, key = keyed.ACTS[service](house).ask, new_id()
            path = "request.key" if "request.key" in keyed.paths(service) else "key"
            ask = keyed.changed(ask, path, key)
            first, second = at_once(melati, *[lambda ask=ask, do=service: do(**ask)] * 2)
            assert first == second
            marks = [getattr(one, "is_repeat", None) for one in (first, second)]
            assert marks in ([False, True], [True, False], [None, None])
    with scope.cooperative(melati.pk):
        assert checks.differences(melati) == []
        assert savings_checks.savings_differences(melati) == []
