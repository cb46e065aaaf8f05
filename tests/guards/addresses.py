"""Every address of the project, and how to get there."""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

from kkmp.access import rights
from kkmp.access.rights import Address
from kkmp.lib.converters import Year

_NOBODY = UUID("01890000-0000-7000-8000-000000000000")


@cache
def all_of_them() -> list[Address]:
    return rights.addresses()


def path(address: Address, code: str, value: Callable[[str], Any] | None = None) -> str:
    """The address at a cooperative, with ids that nobody has, or what ``value`` says by name."""
    path = "/" + address.route
    for name, converter in address.converters:
        given = code if name == "code" and not value else None
        if value is not None:
            given = value(name)
        if given is None:
            given = code if name == "code" else _dummy(name, converter)
        for written in _spellings(name):
            path = path.replace(written, str(given))
    return path


def _spellings(name: str) -> list[str]:
    kinds = ("slug", "uuid", "int", "str", "path", "date", "year", "month", "ordinal")
    return [f"<{name}>", *(f"<{kind}:{name}>" for kind in kinds)]


def _dummy(name: str, converter: Any) -> Any:
    if isinstance(converter, UUIDConverter):
        return _NOBODY
    if isinstance(converter, Year):
        return 2026
    if isinstance(converter, IntConverter):
        return 1
    if isinstance(converter, SlugConverter | StringConverter):
        return "tidak-ada"
    raise AssertionError(f"teach the walk about {converter} of {name}")
