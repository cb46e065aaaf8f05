"""Members as they are found at the till."""

import pytest

from members.models import Member, Status
from members.register import queries as register_queries


@pytest.mark.parametrize("text", ["1", "0001", "#1", "ani", "lestari ANI", "081897825707"])
def test_a_member_is_found_by_number_name_and_phone(ani, in_melati, text):
    assert register_queries.find_members(in_melati, text) == [ani]


@pytest.mark.parametrize("text", ["", "  ", "2", "0012", "budi", "08189", "-"])
def test_nobody_is_found_by_anything_else(ani, in_melati, text):
    assert register_queries.find_members(in_melati, text) == []


def test_somebody_who_left_is_not_found(ani, in_melati):
    Member.objects.of(in_melati).filter(id=ani.id).update(status=Status.LEFT)
    assert register_queries.find_members(in_melati, "ani") == []


def test_only_number_and_name_are_loaded(ani, in_melati):
    (found,) = register_queries.find_members(in_melati, "ani")
    assert {"nik_sealed", "phone", "address", "birth_date"} <= found.get_deferred_fields()
