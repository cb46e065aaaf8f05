"""The privacy notice that people agree to, in its versions (UU 27/2022 art. 21).

A version is a pair of text files in ``members/joining/data``, one a language; it never changes once
somebody may have agreed to it. A line that begins with ``#`` is a heading, with ``-`` an item of
a list; ``$cooperative`` and ``$contact`` stand for whoever is responsible.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kkmp.lib.errors import insist
from kkmp.lib.phone import PhoneError, format_phone
from kkmp.registry.models import Cooperative

_FOLDER = Path(__file__).parent / "data"
#: Oldest first; people are shown the last one.
VERSIONS = ("2026-11", "2026-11-30")
CURRENT = VERSIONS[-1]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list of the notice.

    :param lines: the items of a list; otherwise one
    """

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.lines[0]


def blocks(version: str, cooperative: Cooperative) -> list[Block]:
    """A version of :data:`VERSIONS` as it reads for a cooperative, in the reader's language."""
    insist(version in VERSIONS, f"no such notice: {version}")
    language = "en" if get_language() == "en" else "id"
    words = {"cooperative": cooperative.name, "contact": contact(cooperative)}
    return [
        Block(block.kind, tuple(Template(line).substitute(words) for line in block.lines))
        for block in _read(version, language)
    ]


def contact(cooperative: Cooperative) -> str:
    """Whom people may ask about their data: name, address and phone, as far as known."""
    parts = [cooperative.name, cooperative.address, phone(cooperative)]
    return ", ".join(part for part in parts if part) + "."


def phone(cooperative: Cooperative) -> str:
    """``phone 0812-3456-7890``; empty where there is none."""
    if not cooperative.phone:
        return ""
    try:
        number = format_phone(cooperative.phone)
    except PhoneError:
        number = cooperative.phone
    return _("phone %(number)s") % {"number": number}


@cache
def _read(version: str, language: str) -> tuple[Block, ...]:
    text = (_FOLDER / f"privacy-{version}.{language}.txt").read_text(encoding="utf-8")
    found: list[Block] = []
    for line in filter(None, text.splitlines()):
        if line.startswith("# "):
            found.append(Block("heading", (line[2:],)))
        elif not line.startswith("- "):
            found.append(Block("paragraph", (line,)))
        elif found and found[-1].kind == "list":
            found[-1] = Block("list", (*found[-1].lines, line[2:]))
        else:
            found.append(Block("list", (line[2:],)))
    return tuple(found)
