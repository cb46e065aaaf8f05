"""The hash of what was asked for: the same for the same, however it is typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import SimpleNamespace
from uuid import UUID

import pytest

from kkmp.lib.idempotency import KeyReused, content_hash, first_result, id_for, repeated

ID = UUID("019a0000-0000-7000-8000-00000000000a")


class Colour(StrEnum):
    RED = "red"


@dataclass
class Line:
    code: str
    amount_idr: int


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (Decimal("1.50"), Decimal("1.5")),
        (Decimal(100), Decimal("1E+2")),
        (Decimal("-0.00"), Decimal(0)),
        (Colour.RED, "red"),
        (ID, str(ID)),
        (date(2026, 11, 23), "2026-11-23"),
        ({"b": 1, "a": [2]}, {"a": (2,), "b": 1}),
        ({3, 1, 2}, frozenset([2, 3, 1])),
        (Line("a", 1), Line("a", 1)),
    ],
)
def test_the_same_content_has_one_hash(one, same):
    assert content_hash(one) == content_hash(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        (1, 10),
        (1, "1"),
        (Decimal("1.5"), Decimal("1.51")),
        (["a", "b"], ["b", "a"]),
        ([["a"], "b"], [["a", "b"]]),
        ({"a": None}, {}),
        (Line("a", 1), Line("a", 2)),
    ],
)
def test_other_content_has_another_hash(one, other):
    assert content_hash(one) != content_hash(other)


def test_what_cannot_be_hashed_stably_is_a_mistake():
    with pytest.raises(TypeError):
        content_hash(0.1)


class Rows:
    """A list of rows that is asked for its first."""

    def __init__(self, *rows: SimpleNamespace) -> None:
        self.rows = rows

    def first(self) -> SimpleNamespace | None:
        return next(iter(self.rows), None)


def test_a_retry_is_marked_and_another_act_refused():
    row = SimpleNamespace(content_hash=content_hash("a"), is_repeat=False)
    assert first_result(Rows(), content_hash("a")) is None
    with pytest.raises(KeyReused):
        first_result(Rows(row), content_hash("b"))
    assert not row.is_repeat
    assert first_result(Rows(row), content_hash("a")) is row
    assert row.is_repeat


def test_a_refusal_may_say_more_than_usual():
    with pytest.raises(KeyReused, match="Tell the office"):
        repeated(SimpleNamespace(), same=False, message="Tell the office.")


def test_ids_follow_from_the_key_and_the_cooperative_and_rise_with_time():
    one, other = (UUID(int=each) for each in (1, 2))
    assert id_for(one, ID) == id_for(one, ID)
    assert (
        len({id_for(one, ID), id_for(other, ID), id_for(one, ID, part=1), id_for(one, None)}) == 4
    )
    later = UUID(bytes=(0x019B << 112 | 7 << 76 | 2 << 62).to_bytes(16))
    assert id_for(one, ID) < id_for(one, later)
    assert id_for(one, ID).version == 7
