"""Every address of the project with the rule that stands on its view."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

#: Mounted from other packages, which have tests of their own; ours are about who enters.
FOREIGN = ("admin/", "akun/", "bahasa/")
_NOBODY = UUID("01890000-0000-7000-8000-000000000000")


@dataclass(frozen=True)
class Address:
    route: str
    converters: tuple[tuple[str, Any], ...]
    view: Any

    @property
    def access(self) -> Any:
        return getattr(self.view, "access", None)

    @property
    def api_class(self) -> Any:
        return getattr(self.view, "cls", None)

    def path(self, code: str) -> str:
        """The address for a cooperative, with ids that nobody has."""
        path = "/" + self.route
        for name, converter in self.converters:
            value = code if name == "code" else _dummy(name, converter)
            for written in _spellings(name):
                path = path.replace(written, str(value))
        return path


def _spellings(name: str) -> list[str]:
    kinds = ("slug", "uuid", "int", "str", "path", "date", "month")
    return [f"<{name}>", *(f"<{kind}:{name}>" for kind in kinds)]


def _dummy(name: str, converter: Any) -> Any:
    if isinstance(converter, UUIDConverter):
        return _NOBODY
    if isinstance(converter, IntConverter):
        return 1
    if isinstance(converter, SlugConverter | StringConverter):
        return "tidak-ada"
    raise AssertionError(f"teach the walk about {converter} of {name}")


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Address]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(FOREIGN):
            continue
        if isinstance(pattern, URLPattern):
            converters = tuple(_converters(resolver, pattern))
            yield Address(route, converters, pattern.callback)
        else:
            yield from addresses(pattern, route)


def _converters(resolver: URLResolver | None, pattern: URLPattern) -> Iterator[tuple[str, Any]]:
    yield from pattern.pattern.converters.items()
    if resolver is not None:
        yield from resolver.pattern.converters.items()
