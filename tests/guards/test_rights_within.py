"""What a second permission opens behind an address that others reach too, tried as each role."""

from collections.abc import Callable
from typing import Any

import pytest

from kkmp.access import permissions
from kkmp.access.permissions import COOPERATIVE_ROLES, PERMISSIONS, Permission
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import Shift
from tests.conftest import MONDAY
from tests.guards import rights as decided
from tests.guards.belongings import Side
from tests.guards.test_strangers_in_bodies import there
from tests.guards.world import World

STAFF = sorted(map(str, COOPERATIVE_ROLES))
#: Whether somebody may, by where it stands in the document.
Trial = Callable[[World, Side, str], bool]


def _post(world: World, side: Side, who: str, name: str, ids: Any, **body: Any) -> Any:
    here = there(name, ids, side.cooperative.code)
    return world.ask(who, "POST", here, is_api=True, data=body, format="json")


def _pays_out(world: World, side: Side, who: str) -> bool:
    said = {"decision_number": "13/BA/2026", "decided_on": MONDAY.isoformat()}
    answer = _post(world, side, who, "api-exit-decide", side.ids, key=str(new_id()), **said)
    return answer.status_code == 200


def _confirms(world: World, side: Side, who: str) -> bool:
    """What the chair took; for the chair, what the cashier took."""
    ids = side.ids | {"payment": side.ids["qris" if who != "chair" else "payment"]}
    answer = _post(world, side, who, "api-payment-confirm", ids, has_arrived=True)
    assert answer.status_code in {200, 403, 422}
    return answer.status_code != 403


def _sees_shift(world: World, side: Side, who: str) -> bool:
    """The chair's; of the cashier, who has one too, for the chair."""
    owner = side.staff[permissions.Role("cashier" if who == "chair" else "chair")]
    with scope.cooperative(side.cooperative.pk):
        shift = Shift.objects.of(side.cooperative).filter(cashier=owner)[0]
    here = there("api-shift", side.ids | {"shift": shift.pk}, side.cooperative.code)
    return bool(world.ask(who, "GET", here, is_api=True).status_code == 200)


def _reads_codes(world: World, side: Side, who: str) -> bool:
    ids = side.ids | {"voucher batch": side.ids["last batch"]}
    here = there("shops:voucher_batch", ids, side.cooperative.code)
    answer = world.ask(who, "GET", here)
    # Shown in two halves, for the eye.
    return side.ids["voucher code"] in answer.content.decode().replace(" ", "")


TRIALS: dict[str, Trial] = {
    "api-exit-decide": _pays_out,
    "api-payment-confirm": _confirms,
    "api-shift": _sees_shift,
    "shops:voucher_batch": _reads_codes,
}
ROWS = [row for row in decided.chapters()[decided.WITHIN] if row["What"] != "the page"]


def test_each_row_has_a_trial():
    assert [row["Where"] for row in ROWS] == list(TRIALS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["Where"])
def test_it_opens_to_the_roles_that_are_written(row, ours, world: World, monkeypatch):
    may = TRIALS[row["Where"]]
    assert [who for who in STAFF if may(world, ours, who)] == sorted(decided.words(row["Roles"]))
    without = PERMISSIONS[permissions.Role.CHAIR] - {Permission(row["Permission"])}
    less = dict(PERMISSIONS) | {permissions.Role.CHAIR: without}
    monkeypatch.setattr(permissions, "PERMISSIONS", less)
    assert not may(world, ours, "chair")
