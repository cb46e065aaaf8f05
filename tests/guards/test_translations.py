"""The interface is Indonesian, whole and compiled."""

import gettext
import re

from kkmp.lib import catalogue


def test_every_message_has_an_indonesian_translation():
    assert catalogue.missing() == []


def test_nothing_is_translated_that_nobody_says():
    assert {message.id for message in catalogue.read() if message.id} <= set(catalogue.messages())


def test_every_translation_is_compiled():
    with catalogue.po_path().with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue.read():
        if message.id:
            assert not message.fuzzy, message.id
            assert compiled.gettext(message.id) == message.string


def test_a_translation_keeps_the_placeholders(case):
    names = re.compile(r"%\((\w+)\)[sd]")
    for message in catalogue.read():
        with case(f"{message.context or ''} {message.id}"):
            if message.id:
                assert set(names.findall(message.string)) == set(names.findall(message.id))
