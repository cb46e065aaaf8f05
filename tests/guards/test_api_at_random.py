"""Whatever fits the API's description, made at random of it, is answered as described.

Schemathesis makes the bodies and the queries; ids in the address, and every other one in a body,
are of what is there, so that not everything ends at "no such thing".
"""

from typing import Any
from urllib.parse import urlencode

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode

from tests.conftest import SOAK
from tests.guards import writes
from tests.guards.test_api_answers import answered, described, operations
from tests.guards.writes import where

#: Examples of each operation; it is about operations, not about many of one.
EXAMPLES = 40 if SOAK else 2
#: Of a body's fields those that name something, with the kind of it.
NAMES = {
    "member": "member",
    "kind": "kind code",
    "unit": "unit code",
    "product": "product",
    "shift": "open shift",
    "sale": "last sale",
    "entry": "last entry",
}
#: Said by the test and not at random, or it would be nobody's.
NAMED = {"cooperative", "cursor"}


def test_what_fits_the_description_is_answered_as_described(world, ours, ids, case):
    made = schemathesis.openapi.from_dict(described())
    strategies = {
        one.ok().definition.raw["operationId"]: one.ok().as_strategy(
            generation_mode=GenerationMode.POSITIVE
        )
        for one in made.get_all_operations()
    }
    for method, address, operation in operations():
        name = operation["operationId"]
        here = where(name, address, ids, ours)
        with case(name):
            for sent in some(strategies[name]):
                query = {key: one for key, one in (sent.query or {}).items() if key not in NAMED}
                place = f"{here}?{urlencode(query, doseq=True)}"
                for who in writes.who(name):
                    answer = world.ask(who, method, place, is_api=True, **_said(sent, ids))
                    answered(operation, answer)
                    if answer.status_code != 403:
                        break


def some(strategy: SearchStrategy[Any]) -> list[Any]:
    """Some values of a strategy, the same ones in every run but the long one."""
    found: list[Any] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=not SOAK,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def remember(sent: Any) -> None:
        found.append(sent)

    remember()
    return found


def _said(sent: Any, ids: dict[str, Any]) -> dict[str, Any]:
    """The body as the test's client takes it."""
    if sent.media_type is None:
        return {}
    if sent.media_type == "application/json":
        return {"data": _ours(sent.body, ids), "format": "json"}
    flat = sent.body if isinstance(sent.body, dict) else {}
    return {"data": {name: str(one) for name, one in flat.items()}, "format": "multipart"}


def _ours(body: Any, ids: dict[str, Any], at: str = "") -> Any:
    """The body with ids and codes of what is there."""
    if isinstance(body, dict):
        return {name: _ours(one, ids, name) for name, one in body.items()}
    if isinstance(body, list):
        return [_ours(one, ids, at) for one in body]
    return ids[NAMES[at]] if at in NAMES and body is not None else body
