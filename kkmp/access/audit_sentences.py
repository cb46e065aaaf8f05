"""What is done, in sentences, so that the trail is read by people.

Whoever records an act declares its sentence in ``plugins``, as kinds of journals are declared.
A sentence has placeholders: ``who``, ``subject``, and the details of the event by their names.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

#: How a detail is told.
Words = type[models.Choices] | Callable[[str], str]

_PLACEHOLDER = re.compile(r"%\(\w+\)s")


class Group(models.TextChoices):
    """What acts are about, for whoever looks for one."""

    PEOPLE = "people", _("Accounts and roles")
    LOOKS = "looks", _("Looking at personal data")
    COOPERATIVE = "cooperative", _("The cooperative itself")
    CITY = "city", _("Areas and published figures")
    MEMBERS = "members", _("Members")
    SAVINGS = "savings", _("Savings")
    LEAVING = "leaving", _("Leaving")
    GOODS = "goods", _("Goods and prices")
    TILL = "till", _("Till and payments")
    BOOKS = "books", _("Bookkeeping")
    FILES = "files", _("Files in and out")


@dataclass(frozen=True, slots=True)
class Act:
    """
    :param sentence: in the past, with placeholders
    :param words: how a detail is told, by its name: the choices that it is one of, or a function
    :param rows: of which model a detail holds the id, by its name
    """

    name: str
    group: Group
    sentence: StrOrPromise
    words: Mapping[str, Words] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The sentence without what differs from event to event: ``… blocked …``."""
        bare = _PLACEHOLDER.sub("…", str(self.sentence))
        return bare.removeprefix("… ").strip()

    def label(self, name: str, value: object) -> str | None:
        """A detail in words; None where it is told as it is."""
        words = self.words.get(name)
        if words is None:
            return None
        return _label(words, str(value)) if isinstance(words, type) else words(str(value))


@dataclass(frozen=True, slots=True)
class Subject:
    """How what an act was about is called in a sentence.

    :param field: of the row, told behind what it is
    :param beside: another field, told in brackets where several rows have one name
    :param also_masked: another field, told after it with its letters hidden
    """

    field: str
    beside: str = ""
    also_masked: str = ""


_registered: dict[str, Act] = {}
_subjects: dict[str, Subject] = {}


def register(
    group: Group,
    sentences: Mapping[str, StrOrPromise],
    *,
    words: Mapping[str, Words] | None = None,
    rows: Mapping[str, str] | None = None,
) -> None:
    """Declare acts that a package records; declaring them twice changes nothing.

    :param sentences: by the act's name, dotted
    """
    for name, sentence in sentences.items():
        _registered[name] = Act(name, group, sentence, words or {}, rows or {})


def call(label: str, field: str, *, beside: str = "", also_masked: str = "") -> None:
    """Say by which of its fields a row is known in a sentence.

    :param label: of the model, as ``shops.Sale``
    """
    _subjects[label] = Subject(field, beside, also_masked)


def registered() -> list[Act]:
    """All acts, by group and name."""
    order = list(Group)
    return sorted(_registered.values(), key=lambda act: (order.index(act.group), act.name))


def find(name: str) -> Act | None:
    return _registered.get(name)


def subject(label: str) -> Subject | None:
    return _subjects.get(label)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a select box: each group, as a whole first, then act by act."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for group in Group:
        within = sorted(
            ((act.name, capfirst(act.title)) for act in _registered.values() if act.group is group),
            key=lambda choice: choice[1],
        )
        if within:
            found.append((str(group.label), [(group.value, str(group.label)), *within]))
    return found


def named(chosen: str) -> list[str]:
    """The acts of a chooser's value: one of them, or a group's."""
    if chosen in set(Group.values):
        return [act.name for act in _registered.values() if act.group == chosen]
    return [chosen]


def saying(word: str) -> list[str]:
    """Acts in whose sentence or group a word stands, in the reader's language."""
    sought = word.casefold()
    return [
        act.name
        for act in _registered.values()
        if sought in act.title.casefold() or sought in str(act.group.label).casefold()
    ]


def meaning(word: str) -> dict[str, set[str]]:
    """Details that are told by a word, in the reader's language: ``role`` by ``treasurer``."""
    sought, found = word.casefold(), dict[str, set[str]]()
    for name, each in _choices():
        if sought in str(each.label).casefold():
            found.setdefault(name, set()).update({str(each.value), each.name.lower()})
    return found


def _choices() -> Iterator[tuple[str, Any]]:
    told = {(name, words) for act in _registered.values() for name, words in act.words.items()}
    for name, words in told:
        if isinstance(words, type):
            yield from ((name, each) for each in cast(Iterable[Any], words))


def _label(choices: type[models.Choices], value: str) -> str:
    by_value = {str(each.value): each for each in choices}
    # Of the stages the name is on record.
    found = by_value.get(value) or choices.__members__.get(value.upper())
    return str(found.label) if found else value
