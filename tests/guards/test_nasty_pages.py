"""No page breaks, whatever is written into its address, its query or its boxes.

Each page is opened with what is there, its boxes are read off it, and then all of them, or one
beside what the page itself had written, hold something that nobody types. It is about addresses
and not about many tries of one; `make soak` tries more.
"""

import random
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kkmp.access import rights
from kkmp.access.form_keys import PARAMETER
from kkmp.access.permissions import Role
from kkmp.access.rights import Address
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from kkmp.registry.tenancy import TenantModel
from tests.conftest import SOAK
from tests.guards import nasty
from tests.guards import rights as decided
from tests.guards.addresses import all_of_them, path
from tests.guards.belongings import kind_of
from tests.guards.rights import Right
from tests.guards.side import Side
from tests.guards.test_parameters import HOUSE, of_forms, of_pages
from tests.guards.test_strangers_ids import who
from tests.guards.world import ANONYMOUS, World

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("refusals_drawn_once")]

TRIES = 20 if SOAK else 1
PAGES = [one for one in all_of_them() if not one.route.startswith("api/")]
_BOX = re.compile(r"<(?:input|select|textarea|button)\b[^>]*>")
_SAID = {name: re.compile(rf'\b{name}="([^"]*)"') for name in ("name", "type", "value")}


def boxes(page: str) -> dict[str, str]:
    """The names that a page's forms send, with what the page has written into them."""
    found: dict[str, str] = {}
    for tag in _BOX.findall(page):
        said = {key: unescape(m[1]) for key, one in _SAID.items() if (m := one.search(tag))}
        if said.get("name") and said["name"] != "csrfmiddlewaretoken":
            is_ticked = said.get("type") not in ("checkbox", "radio") or "checked" in tag
            if is_ticked or said["name"] not in found:
                found[said["name"]] = said.get("value", "")
    return found


@cache
def questions() -> dict[str, set[str]]:
    """By address what its page reads from its query."""
    found: dict[str, set[str]] = {}
    for _path, _function, name, addresses in of_pages():
        for address in addresses:
            found.setdefault(address, set()).add(name)
    return found


@cache
def filters() -> dict[str, set[str]]:
    """By app what its filters and forms may read, whichever page has them."""
    found: dict[str, set[str]] = {}
    for package, name in of_forms():
        found.setdefault(package.partition(".")[0], set()).add(name)
    return found


def filled(address: Address, ours: Side) -> str:
    def value(part: str) -> Any:
        known = {"cooperative_code": ours.cooperative.code, "number": 2}
        kind = "" if part in known else kind_of(address, part)
        return known.get(part) or (ours.ids[kind] if kind else None)

    return path(address, ours.cooperative.code, value)


def spoiled(address: Address, ours: Side, chance: random.Random) -> Iterator[str]:
    """The address with each of its parts spoiled in turn."""
    for spoiled_part, _converter in address.converters:

        def value(part: str, bad: str = spoiled_part) -> Any:
            if part == bad:
                return nasty.of_path(chance)
            kind = kind_of(address, part)
            return ours.ids[kind] if kind else None

        yield path(address, ours.cooperative.code, value)


def sent(page: str, chance: random.Random) -> list[dict[str, Any]]:
    """All boxes spoiled, and one."""
    found = boxes(page)
    if not found:
        return [{"x": "1"}]
    every = {name: chance.choice(nasty.TEXTS) for name in found}
    name = chance.choice(sorted(found))
    one = found | {name: chance.choice(nasty.TEXTS)}
    one = {key: SimpleUploadedFile("\u202ea.csv", b"\x00\xff;" * 50) if key == "file" else value
           for key, value in one.items()}  # fmt: skip
    return [every, one]


def sound(answer: Any, here: str, what: object = "") -> None:
    assert answer.status_code < 500, f"{here[:300]} {str(what)[:1000]}"


@pytest.mark.parametrize("address", PAGES, ids=lambda one: one.route or "/")
def test_no_page_breaks(address: Address, world: World, ours: Side) -> None:
    chance = random.Random(SOAK or address.route)
    world.browsers[ANONYMOUS].raise_request_exception = False
    app = address.view.__module__.partition(".")[0]
    names = sorted(HOUSE | questions().get(address.name, set()) | filters().get(app, set()))
    here = filled(address, ours)
    for right in decided.of_addresses()[address.route]:
        person = who(right)[0]
        page = world.ask(person, "GET", f"{here}?{PARAMETER}={new_id()}")
        sound(page, here)
        html = page.content.decode() if "html" in page.headers.get("Content-Type", "") else ""
        for _try in range(TRIES):
            _ask(world, right, person, address, ours, here, names, html, chance)


def _ask(
    world: World,
    right: Right,
    person: str,
    address: Address,
    ours: Side,
    here: str,
    names: list[str],
    html: str,
    chance: random.Random,
) -> None:
    query = nasty.of_query(chance, chance.sample(names, min(len(names), 30)))
    sound(world.ask(person, "GET", f"{here}?{query}"), here, query)
    for there in spoiled(address, ours, chance):
        sound(world.ask(person, "GET", there), there)
    if "POST" in right.methods:
        for body in sent(html, chance):
            data = {"data": body} if body else {}
            sound(world.ask(person, "POST", here, **data), here, body)


#: Of packages, and of the administration: whatever is mounted besides ours. Leaving ends a session
#: that all tests share.
OTHERS = sorted(
    {one.route: one for one in rights.mounted()
     if one.route.startswith((rights.ADMINISTRATION, *rights.PACKAGES))
     and "logout" not in one.route}.values(),
    key=lambda one: one.route,
)  # fmt: skip


def test_no_page_of_a_package_or_of_the_administration_breaks(
    world: World, ours: Side, case: Any
) -> None:
    chance = random.Random(SOAK or 5)
    world.browsers[ANONYMOUS].raise_request_exception = False
    agus = str(Role.ADMINISTRATOR)
    for address in OTHERS:
        with case(address.route):
            for _try in range(TRIES):
                _open_other(world, agus, address, ours, chance)


def _open_other(
    world: World, agus: str, address: Address, ours: Side, chance: random.Random
) -> None:
    row, parts = _row_of(address, ours), [name for name, _converter in address.converters]
    here = _with_parts(address, dict.fromkeys(parts, row))
    bad = _with_parts(address, {name: nasty.of_path(chance) for name in parts})
    names = ["q", "p", "o", "e", "all", "next", "_popup", "_to_field", "act", "at_from", "at_to",
             "date__year", "date__month", "person", "page", "term", "id", "code", "s",
             "app_label", "model_name", "field_name", "id__exact"]  # fmt: skip
    for person in (agus, ANONYMOUS):
        page = world.ask(person, "GET", here)
        sound(page, here)
        for name in chance.sample(names, 3 if person == agus else 1):
            query = nasty.of_query(chance, [name])
            sound(world.ask(person, "GET", f"{here}?{query}"), here, query)
        sound(world.ask(person, "GET", bad), bad)
        is_page = "html" in page.headers.get("Content-Type", "")
        for body in sent(page.content.decode() if is_page else "", chance):
            sound(world.ask(person, "POST", here, data=body), here, body)


def _row_of(address: Address, ours: Side) -> Any:
    """A row that the page of the administration shows; of others a number that nobody has."""
    page = getattr(address.view, "model_admin", None)
    if page is None:
        return 1
    model = page.model
    rows = model.objects.of(ours.cooperative) if issubclass(model, TenantModel) else model.objects
    with scope.cooperative(ours.cooperative.pk):
        found = rows.order_by("pk").first()
    return getattr(found, "pk", "x")


def _with_parts(address: Address, parts: dict[str, Any]) -> str:
    here = "/" + address.route.replace("^", "").replace("$", "")
    for name, given in parts.items():
        here = re.sub(rf"<(?:\w+:)?{name}>", lambda _match, given=given: str(given), here)
    return re.sub(r"\(\?P<\w+>[^)]*\)", "x", here)
