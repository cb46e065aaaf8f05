"""No operation breaks, whatever is written into its address, its query or its body.

What does not fit the description is made of it by schemathesis, and by hand of what is right with
one thing nasty; three people send it: who may most, who may little, and nobody.
"""

import json
import random
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from schemathesis import GenerationMode

from kkmp.access.permissions import Role
from kkmp.access.rights import Address
from tests.conftest import SOAK
from tests.guards import nasty, writes
from tests.guards.addresses import path
from tests.guards.belongings import kind_of
from tests.guards.test_api_answers import described, names, operations, resolved
from tests.guards.test_api_at_random import some
from tests.guards.world import ANONYMOUS, World
from tests.guards.writes import where

pytestmark = pytest.mark.soak

PEOPLE = (str(Role.CHAIR), str(Role.CASHIER), ANONYMOUS)
TRIES = 20 if SOAK else 2
Body = dict[str, Any]


def in_shape(answer: Any, told: object) -> None:
    """Below 500, and a refusal in the one shape of all."""
    code = answer.status_code
    assert code < 500, f"{code}: {str(told)[:1500]}"
    if code >= 400:
        assert answer.headers["Content-Type"] == "application/json", told
        assert answer.json().keys() == {"code", "message", "fields"}, told


def test_what_does_not_fit_the_description_is_refused_in_shape(world, ours, ids, case):
    made = schemathesis.openapi.from_dict(described())
    found = {one.ok().definition.raw["operationId"]: one.ok() for one in made.get_all_operations()}
    for method, address, operation in operations():
        name = operation["operationId"]
        here = where(name, address, ids, ours)
        strategy = found[name].as_strategy(generation_mode=GenerationMode.NEGATIVE)
        with case(name):
            for sent in some(strategy):
                told = _told(sent)
                for who in PEOPLE:
                    in_shape(_ask(world, who, method, here, told), (name, told))


def test_one_nasty_thing_in_what_is_right_breaks_nothing(world: World, ours, ids, case):
    chance = random.Random(SOAK or 11)
    for method, address, operation in operations():
        name = operation["operationId"]
        here = where(name, address, ids, ours)
        with case(name):
            for _try in range(TRIES):
                person = chance.choice(writes.who(name))
                _spoil_one(world, person, method, address, operation, here, ids, ours, chance)


def _spoil_one(
    world: World,
    person: str,
    method: str,
    address: Address,
    operation: dict[str, Any],
    here: str,
    ids: dict[str, Any],
    ours: Any,
    chance: random.Random,
) -> None:
    query = nasty.of_query(chance, sorted(names(operation) - {"cooperative"}))
    in_shape(world.ask(person, method, f"{here}?{query}", is_api=True), (here, query))
    for part, _converter in address.converters:

        def value(name: str, bad: str = part) -> Any:
            kind = kind_of(address, name)
            return nasty.of_path(chance) if name == bad else ids[kind] if kind else None

        there = path(address, ours.cooperative.code, value)
        in_shape(world.ask(person, method, there, is_api=True), there)
    if "requestBody" not in operation or address.name in FILES:
        return
    right = _right(method, address, operation, ids)
    for body in (spoiled(right, chance), chance.choice(nasty.THINGS)):
        told = {"content_type": "application/json", "data": json.dumps(body, default=str)}
        in_shape(world.ask(person, method, here, is_api=True, **told), (here, body))


def _right(method: str, address: Address, operation: dict[str, Any], ids: dict[str, Any]) -> Any:
    """What the operation takes; where nobody has written that down, its names with nothing."""
    try:
        return writes.keyed(writes.of(operation["operationId"], method, address.name)(ids))
    except StopIteration:
        shape = operation["requestBody"]["content"]["application/json"]["schema"]
        return dict.fromkeys(resolved(shape).get("properties", {}), "")


#: They take a file.
FILES = {"api-imports"}


def spoiled(body: Any, chance: random.Random) -> Any:
    """The body with one thing in it, however deep, that is nasty."""
    if isinstance(body, dict) and body:
        name = chance.choice(sorted(body))
        return body | {name: spoiled(body[name], chance)}
    if isinstance(body, list) and body:
        at = chance.randrange(len(body))
        return [*body[:at], spoiled(body[at], chance), *body[at + 1 :]]
    return chance.choice(nasty.THINGS)


def _told(sent: Any) -> Body:
    """The query and the body as they were made, as far as a client of HTTP can send them."""
    query = {key: one for key, one in (sent.query or {}).items() if key != "cooperative"}
    told: Body = {"query": query}
    if sent.media_type == "application/json":
        told["data"] = json.dumps(sent.body, default=str)
    return told


def _ask(world: World, who: str, method: str, here: str, told: Body) -> Any:
    text = urlencode(told["query"], doseq=True, errors="replace")
    body = {"data": told["data"], "content_type": "application/json"} if "data" in told else {}
    return world.ask(who, method, f"{here}?{text}", is_api=True, **body)
