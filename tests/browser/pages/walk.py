"""Every page that somebody may open, made once for whoever sees most of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from django.core.paginator import Paginator

from kkmp.access import rights
from kkmp.access.form_keys import PARAMETER
from kkmp.access.permissions import Role
from kkmp.access.rights import Address
from kkmp.lib.ids import new_id
from members.joining import notices
from tests.browser.pages.server import Made
from tests.guards import rights as decided
from tests.guards.addresses import all_of_them, path
from tests.guards.belongings import kind_of
from tests.guards.side import Side
from tests.guards.world import ANONYMOUS, World

#: Who sees most of a page comes first.
FIRST = [
    Role.CHAIR,
    Role.TREASURER,
    Role.MEMBERSHIP_CLERK,
    Role.CASHIER,
    Role.CITY_OFFICER,
    Role.CITY_MENTOR,
    Role.ADMINISTRATOR,
]
#: What stands in an address in place of an id that nobody has.
CODES = {"kecamatan_code": "33.74.11", "account_code": "1-1101", "version": notices.CURRENT}
#: Of those of a kind another one, because the page is for such.
OTHERS = {("members:exit_pay", "exit_id"): "decided exit"}
#: The same page in another language.
NOT_AGAIN = {"till:shell_en"}


@dataclass(frozen=True)
class OnePage:
    """:param name: of its address, by which tests speak of it"""

    name: str
    path: str


@contextmanager
def _two_pages() -> Iterator[None]:
    """Every list of two or more rows goes on with a second page, as lists of hundreds do."""
    made = Paginator.__init__

    def last_row_apart(self: Paginator, *args: Any, **options: Any) -> None:
        made(self, *args, **options)
        self.per_page = max(1, min(self.per_page, self.count - 1))

    with mock.patch.object(Paginator, "__init__", last_row_apart):
        yield


def make_all(world: World, ours: Side, theirs: Side, made: Made) -> list[OnePage]:
    """The pages among the answers; what their scripts ask for is answered too."""
    pages = []
    for address, who in _visits():
        path = _path(address, ours)
        with _two_pages():
            kind, content = _answer(world, who, path)
        if not kind:
            continue
        made.answers[path] = kind, content
        made.answers[urlsplit(path).path] = kind, content
        if kind.startswith("text/html") and b"<html" in content[:500]:
            pages.append(OnePage(address.name, path))
    return pages


def _visits() -> Iterator[tuple[Address, str]]:
    packages = [address for address in rights.packages() if not address.converters]
    for address in [*all_of_them(), *packages]:
        for right in decided.of_addresses()[address.route]:
            if "GET" in right.methods and not right.is_api and address.name not in NOT_AGAIN:
                yield address, _who(right.roles)


def _path(address: Address, ours: Side) -> str:
    """At ours, with the key that a form has which is sent once."""

    def value(part: str) -> Any:
        known = CODES | {"cooperative_code": ours.cooperative.code, "number": 2}
        kind = OTHERS.get((address.name, part)) or kind_of(address, part)
        return known.get(part) or (ours.ids[kind] if kind else None)

    there = path(address, ours.cooperative.code, value)
    if address.name == "till:shell":
        return f"{there}?koperasi={ours.cooperative.code}"
    return f"{there}?{PARAMETER}={new_id()}"


def _who(roles: frozenset[str]) -> str:
    if "everybody" in roles:
        return ANONYMOUS
    return next((role for role in FIRST if role in roles), Role.CHAIR)


def _answer(world: World, who: str, path: str) -> tuple[str, bytes]:
    """What somebody gets there in Indonesian, without messages of other pages."""
    browser: Any = world.browsers[who]
    browser.cookies.pop("messages", None)
    answer = world.ask(who, "GET", path, headers={"accept-language": "id"})
    if answer.status_code != 200:
        return "", b""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return answer.headers["Content-Type"], b"".join(parts)
