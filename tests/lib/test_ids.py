"""Identifiers."""

from uuid import UUID

from kkmp.lib.ids import new_id


def test_an_id_is_a_uuid_of_version_7():
    assert type(new_id()) is UUID
    assert new_id().version == 7


def test_ids_rise_with_time():
    ids = [new_id() for _ in range(1000)]
    assert sorted(set(ids)) == ids
