"""Addresses of lists that are taken in or out: each asks for its own permission."""

from collections.abc import Callable
from typing import Any, Protocol

from django.urls import URLPattern, path

from kkmp.access.permissions import Permission
from kkmp.access.web import requires


class Kind(Protocol):
    """A kind of list, by what its addresses need of it."""

    @property
    def code(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def permission(self) -> Permission: ...


def page(kind: Kind, route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """A page of one kind of list, below its word and under a name of its own."""
    guarded = requires(kind.permission)(view)
    return path(f"{kind.slug}/{route}", guarded, {"kind": kind}, name=f"{kind.code}_{name}")
