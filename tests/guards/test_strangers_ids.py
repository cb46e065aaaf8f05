"""Every address that names something, tried with what belongs to the other cooperative."""

from collections.abc import Iterator
from typing import Any

import pytest

from kkmp.access.form_keys import PARAMETER
from kkmp.access.permissions import Role
from kkmp.access.rights import Address
from kkmp.lib.ids import new_id
from tests.guards import rights as decided
from tests.guards.addresses import all_of_them, path
from tests.guards.belongings import kind_of
from tests.guards.rights import Right
from tests.guards.side import Side
from tests.guards.world import ANONYMOUS, OUTSIDER, World

#: What is sent where the body is read before the thing is looked for.
BODIES = {
    "api-shift-movements": {"reason": "other_in", "amount_idr": 500, "note": "Receh"},
    "api-shift-close": {"counts": {"500": 1}},
}


def named(address: Address) -> list[str]:
    """The parts of an address that are ids of something."""
    return [part for part, _converter in address.converters if kind_of(address, part)]


NAMING = [address for address in all_of_them() if named(address)]


def filled(address: Address, ours: Side, theirs: Side, foreign: str = "") -> str:
    """The address at ours, with our ids but for one part."""

    def value(part: str) -> Any:
        known = {"cooperative_code": ours.cooperative.code, "number": 2}
        if part in known:
            return known[part]
        kind = kind_of(address, part)
        return (theirs if part == foreign else ours).ids[kind] if kind else None

    there = path(address, ours.cooperative.code, value)
    # Forms that are sent once carry their key in the address; the API knows no such parameter.
    return there if address.name.startswith("api-") else f"{there}?{PARAMETER}={new_id()}"


def who(right: Right) -> list[str]:
    """Whoever reaches an address, or a stranger where everybody does."""
    everybody = [ANONYMOUS] if "everybody" in right.roles else [str(Role.CHAIR)]
    return sorted(right.roles - {"everybody", "signed in"}) or everybody


@pytest.mark.parametrize("address", NAMING, ids=lambda address: address.route)
def test_an_address_finds_our_things_and_not_theirs(address, ours, theirs, world: World):
    def answers(right: Right, people: list[str], here: str) -> Iterator[Any]:
        body = {"format": "json"} if right.is_api else {}
        if address.name in BODIES:
            body["data"] = BODIES[address.name] | {"key": str(new_id())}
        for one in people:
            for method in right.methods:
                yield world.ask(one, method, here, is_api=right.is_api, **body)

    here = filled(address, ours, theirs)
    for right in decided.of_addresses()[address.route]:
        found = {answer.status_code for answer in answers(right, who(right), here)}
        assert found - {404}, f"{here} finds nothing of ours"
        assert 500 not in found, here
        for part in named(address):
            there = filled(address, ours, theirs, foreign=part)
            for answer in answers(right, who(right), there):
                assert answer.status_code == 404, f"{there} {right.methods}: {answer}"
                assert theirs.word not in str(answer.content), there
        if not right.roles & {"everybody", "signed in"}:
            for answer in answers(right, [OUTSIDER], here):
                assert answer.status_code == 404, f"{here} {right.methods}: {answer}"
