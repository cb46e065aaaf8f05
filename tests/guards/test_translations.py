"""The interface is Indonesian, whole and compiled."""

import re

import pytest

from kkmp.lib import catalogue


def test_every_message_has_an_indonesian_translation():
    assert catalogue.missing() == []


def test_the_compiled_catalogue_is_the_written_one():
    compiled = catalogue.po_path().with_suffix(".mo").read_bytes()
    assert compiled == catalogue.compiled(catalogue.read())


@pytest.mark.parametrize("message", list(catalogue.read()), ids=lambda m: str(m.id)[:40])
def test_a_translation_keeps_the_placeholders(message):
    names = re.compile(r"%\((\w+)\)[sd]")
    if message.id:
        assert set(names.findall(message.string)) == set(names.findall(message.id))
