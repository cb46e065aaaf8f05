"""Every address with the permission that it asks for: what ``docs/permissions.md`` is made of.

Read from the views that are mounted, so it is for commands and not for requests.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from kkmp.access.models import User
from kkmp.access.permissions import COOPERATIVE_ROLES, PERMISSIONS, Permission, Role

#: Mounted from packages; each has a table of its own.
ADMINISTRATION = "admin/"
PACKAGES = ("akun/", "bahasa/")
#: Of those of packages: what is needed before one is signed in, or without it.
FOR_EVERYBODY = {
    "account_inactive",
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "set_language",
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
#: Columns of the table of roles: those of a cooperative, then those above it.
ROLES = [role for role in Role if role in COOPERATIVE_ROLES] + [
    role for role in Role if role not in COOPERATIVE_ROLES
]
#: What comes after this line is kept by hand, and stays as it is.
BY_HAND = "<!-- Below here it is written by hand. -->"

_HEAD = """\
# Permissions

Who may do what, and which permission each page and each operation of the API asks for. A right is
decided, not derived: whatever changes one changes a line here, and somebody reads it. Written by
`make permissions`; the suite compares this file with the code, and walks every address as each
role to see that it answers as written here. The chapters after the mark near the end are written
by hand, and tried as well.

Whoever is not signed in is asked to sign in, except where it says *everybody*. Strangers to a
cooperative, the city's people among them, get 404 at each of its addresses, and a cooperative's
people get 404 at the city's. Whoever belongs there without the permission gets 403.
"""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of ours, as it is mounted.

    :param route: with its converters: ``k/<slug:code>/anggota/``
    """

    route: str
    name: str
    view: Any
    converters: tuple[tuple[str, Any], ...]

    @property
    def area(self) -> str:
        """The chapter it stands in: for whom it is, and whether people or programs ask."""
        kind = "api" if self.route.startswith("api/") else "pages"
        shaped = getattr(self.view, "cls", None)
        place = getattr(self.view, "place", None) or getattr(shaped, "place", "anybody")
        return f"{kind}-{place}"

    def asked(self) -> list[tuple[list[str], Any]]:
        """Methods with what they ask for: a permission, ``signed_in`` or ``public``."""
        found: dict[Any, list[str]] = {}
        for method in _methods(self.view):
            found.setdefault(_permission(self.view, method), []).append(method)
        return [(methods, permission) for permission, methods in found.items()]


def addresses() -> list[Address]:
    """All of ours, in the order of their routes; not the administration's, nor packages'."""
    left_out = (ADMINISTRATION, *PACKAGES)
    found = {(a.route, a.name): a for a in mounted() if not a.route.startswith(left_out)}
    return sorted(found.values(), key=lambda address: address.route)


def packages() -> list[Address]:
    """Signing in, its security, and the language."""
    found = (address for address in mounted() if address.route.startswith(PACKAGES))
    return sorted(found, key=lambda address: address.route)


def administration() -> list[Address]:
    """The administration's addresses that are not the usual ones of a kind of thing."""
    usual = ("_changelist", "_add", "_change", "_delete", "_history")
    found = (a for a in mounted() if a.route.startswith(ADMINISTRATION))
    others = (a for a in found if "^" not in a.route and not a.name.endswith(usual))
    return sorted(others, key=lambda address: address.route)


def written(kept: str = "") -> str:
    """The document: what the code says, and behind it what was kept by hand.

    :param kept: the document as it stands
    """
    _before, _mark, by_hand = kept.partition(BY_HAND)
    tables = [_HEAD, *_roles(), *_chapters(), *_packages(), *_administration(), BY_HAND]
    return "\n".join(tables) + (by_hand or "\n")


_CHAPTERS = {
    "pages-cooperative": "Pages of a cooperative",
    "pages-city": "Pages of the city",
    "pages-anybody": "Pages for whoever is signed in, and for everybody",
    "api-cooperative": "The API of a cooperative",
    "api-city": "The API of the city",
    "api-anybody": "The API for everybody",
}


def mounted(
    resolver: URLResolver | None = None,
    prefix: str = "",
    above: tuple[tuple[str, Any], ...] = (),
) -> Iterator[Address]:
    """All addresses that answer, also those of installed packages."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        converters = (*above, *pattern.pattern.converters.items())
        if isinstance(pattern, URLPattern):
            space = getattr(resolver, "app_name", None)
            name = f"{space}:{pattern.name}" if space and pattern.name else pattern.name or ""
            yield Address(route, name, pattern.callback, converters)
        else:
            yield from mounted(pattern, route, converters)


def _methods(view: Callable[..., Any]) -> Sequence[str]:
    """The methods that a view takes, in the usual order; HEAD and OPTIONS go without saying."""
    shaped = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if shaped is not None:
        taken = [name for name in shaped.http_method_names if hasattr(shaped, name)]
        return [method for method in METHODS if method.lower() in taken]
    inner: Any = view
    while inner is not None:
        code = getattr(inner, "__code__", None)
        if code is not None and "request_method_list" in code.co_freevars:
            cell = inner.__closure__[code.co_freevars.index("request_method_list")]
            return [method for method in METHODS if method in cell.cell_contents]
        inner = getattr(inner, "__wrapped__", None)
    return METHODS


def _permission(view: Callable[..., Any], method: str) -> Permission | str | None:
    access: Permission | str | None = getattr(view, "access", None)
    shaped = getattr(view, "cls", None)
    if access is None and shaped is not None:
        access = shaped.permission_by_method.get(method) or shaped.permission
    return access


def _roles() -> Iterator[str]:
    yield "## What each role may do\n"
    yield from _table(
        ["Permission", *(role.replace("_", " ") for role in ROLES)],
        (
            [f"`{permission}`", *("yes" if permission in PERMISSIONS[r] else "" for r in ROLES)]
            for permission in Permission
        ),
    )


def _chapters() -> Iterator[str]:
    ours = addresses()
    for area, title in _CHAPTERS.items():
        yield f"## {title}\n"
        yield from _table(
            ["Address", "Name", "Methods", "Permission", "Roles"],
            (
                [f"`/{a.route}`", a.name, ", ".join(methods), *_who(permission)]
                for a in ours
                if a.area == area
                for methods, permission in a.asked()
            ),
        )


def _who(permission: Permission | str | None) -> list[str]:
    if permission == "public":
        return ["", "everybody"]
    if permission == "signed_in":
        return ["", "signed in"]
    holders = [str(role) for role in ROLES if permission in PERMISSIONS[role]]
    return [f"`{permission}`", ", ".join(holders)]


def _packages() -> Iterator[str]:
    yield "## Pages of packages: signing in, its security, the language\n"
    yield "They are a person's own, whatever the role.\n"
    yield from _table(
        ["Address", "Name", "Methods", "Permission", "Roles"],
        (
            [f"`/{a.route}`", a.name, ", ".join(_methods(a.view)), "", _whose(a.name)]
            for a in packages()
        ),
    )


def _whose(name: str) -> str:
    return "everybody" if name in FOR_EVERYBODY else "signed in"


def _administration() -> Iterator[str]:
    request = HttpRequest()
    request.user = User(is_active=True, is_staff=True, is_superuser=True)
    yield "## The administration\n"
    yield "Administrators alone; everybody else who is signed in gets 403.\n"
    yield from _table(
        ["Page", "See", "Add", "Change", "Delete"],
        (
            [
                f"`/{ADMINISTRATION}{model._meta.app_label}/{model._meta.model_name}/`",
                *(
                    "yes" if may(request) else ""
                    for may in (
                        page.has_view_permission,
                        page.has_add_permission,
                        page.has_change_permission,
                        page.has_delete_permission,
                    )
                ),
            ]
            for model, page in sorted(
                admin.site._registry.items(), key=lambda item: item[0]._meta.label_lower
            )
        ),
    )
    yield "And besides the pages of each kind of thing:\n"
    yield from _table(["Address", "Name"], ([f"`/{a.route}`", a.name] for a in administration()))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
