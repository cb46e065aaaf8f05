"""Sealing and hashing."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib.seal import keyed_hash, seal, unseal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(st.text())
def test_what_is_sealed_can_be_opened(text):
    assert unseal(seal(text)) == text


def test_the_seal_does_not_show_the_text_and_differs_each_time():
    assert b"3374115507630001" not in seal("3374115507630001")
    assert seal("3374115507630001") != seal("3374115507630001")


def test_the_database_may_hand_back_a_memoryview():
    assert unseal(memoryview(seal("3374"))) == "3374"


def test_an_older_key_still_opens(settings):
    settings.NIK_ENCRYPTION_KEYS = [OLD]
    sealed = seal("3374")
    settings.NIK_ENCRYPTION_KEYS = [NEW, OLD]
    assert unseal(sealed) == "3374"


def test_the_newest_key_seals(settings):
    settings.NIK_ENCRYPTION_KEYS = [NEW, OLD]
    sealed = seal("3374")
    settings.NIK_ENCRYPTION_KEYS = [NEW]
    assert unseal(sealed) == "3374"


def test_without_its_key_it_stays_shut(settings):
    settings.NIK_ENCRYPTION_KEYS = [OLD]
    sealed = seal("3374")
    settings.NIK_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(InvalidToken):
        unseal(sealed)


def test_the_same_parts_hash_alike():
    assert keyed_hash("nik", "3374") == keyed_hash("nik", "3374")
    assert len(keyed_hash("nik", "3374")) == 32


def test_another_key_hashes_otherwise(settings):
    before = keyed_hash("3374")
    settings.NIK_HASH_KEY = "another"
    assert keyed_hash("3374") != before


parts = st.lists(st.text(max_size=5), max_size=4)


@given(parts, parts)
def test_parts_do_not_run_into_each_other(first, second):
    assert (keyed_hash(*first) == keyed_hash(*second)) == (first == second)


@pytest.mark.parametrize(
    ("first", "second"),
    [(("ab", "c"), ("a", "bc")), (("abc",), ("ab", "c")), (("",), ()), (("", "a"), ("a", ""))],
)
def test_where_one_part_ends_matters(first, second):
    assert keyed_hash(*first) != keyed_hash(*second)
