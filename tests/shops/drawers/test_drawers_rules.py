"""A shift, its count and its money: each rule of their tables is broken."""

import pytest

from kkmp.registry import scope
from shops.models import (
    CashMovement,
    CountedCash,
    Shift,
)
from tests.shops.conftest import KEY, MORNING, open_gerai
from tests.shops.rules import breaks, closed, is_written_once, refused, shift

__all__ = ["closed", "shift"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"number": 2}, "shops_shift_key"),
        ({"key": KEY}, "shops_shift_number"),
        ({"number": 2, "key": KEY, "drawer": "Laci 2"}, "shops_shift_one_a_cashier"),
        ({"float_idr": -1}, "shops_shift_float"),
        ({"closed_at": MORNING}, "shops_shift_closed_whole"),
        ({"counted_idr": 0}, "shops_shift_closed_whole"),
    ],
)
def test_a_shift_keeps_its_rules(shift, changes, rule):
    breaks(rule, shift, **changes)


def test_a_drawer_is_open_once(shift, budi):
    breaks("shops_shift_one_a_drawer", shift, number=2, key=KEY, cashier_id=budi.pk)


@pytest.mark.parametrize(
    "changes",
    [{"counted_idr": -1}, {"counted_idr": None}, {"expected_idr": None}, {"closed_by_id": None}],
)
def test_a_closed_shift_is_closed_whole(closed, changes):
    breaks("shops_shift_closed_whole", closed, **{"number": 2, "key": KEY} | changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_count_once"),
        ({"denomination_idr": 7}, "shops_count_of_known_money"),
        ({"denomination_idr": 500, "pieces": 0}, "shops_count_of_known_money"),
    ],
)
def test_a_count_keeps_its_rules(closed, changes, rule):
    counted = CountedCash.objects.of(closed.cooperative).filter(shift=closed)
    breaks(rule, counted.get(denomination_idr=100), **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_cashmovement_key"),
        ({"key": KEY, "amount_idr": -1}, "shops_cashmovement_direction"),
        ({"key": KEY, "reason": "expense"}, "shops_cashmovement_direction"),
        ({"key": KEY, "reason": "gift"}, "shops_cashmovement_direction"),
    ],
)
def test_money_moves_the_way_its_reason_says(closed, changes, rule):
    breaks(rule, CashMovement.objects.of(closed.cooperative).get(shift=closed), **changes)


@pytest.mark.parametrize("changes", [{"note": "x"}, {"closed_at": None, "closed_by": None}])
def test_a_closed_shift_never_changes(closed, changes):
    with refused("a closed shift never changes"):
        Shift.objects.of(closed.cooperative).filter(id=closed.id).update(**changes)


def test_no_shift_points_into_another_cooperative(melati, mawar, budi, joko):
    with scope.cooperative(mawar.pk):
        unit = open_gerai(mawar, joko)
    with scope.cooperative(melati.pk), refused("_tenant"):
        Shift(
            cooperative=melati,
            unit_id=unit.pk,
            number=1,
            drawer="Laci",
            cashier=budi,
            opened_at=MORNING,
            float_idr=0,
            key=KEY,
        ).save(force_insert=True)


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_countedcash", "shops_cashmovement"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)
