"""What the API answers where something is written, against its description: done and refused."""

from collections.abc import Iterator
from typing import Any

from kkmp.access.rights import Address
from kkmp.exports import lists
from kkmp.exports.services import jobs
from tests.guards import writes
from tests.guards.addresses import path
from tests.guards.test_api_answers import answered, operations, resolved
from tests.guards.world import ANONYMOUS, OUTSIDER, World
from tests.guards.writes import where

#: What no field can hold, or not every field.
WRONG = (None, "x", -1, [[]], "9999-12-31", "\x00")


def written() -> Iterator[tuple[str, Address, dict[str, Any]]]:
    for method, address, operation in operations():
        if method != "GET":
            yield method, address, operation


def test_what_is_written_is_answered_as_described(world, ours, ids, case, monkeypatch):
    # One of each list waits already, which is more than one person may ask for at once.
    monkeypatch.setattr(jobs, "MOST_WAITING", len(lists.registered()) + 1)
    for method, address, operation in written():
        name = operation["operationId"]
        with case(name):
            here = where(name, address, ids, ours)
            body = writes.keyed(writes.of(name, method, address.name)(ids))
            answer = send(world, operation, method, here, body)
            assert answer.status_code in (200, 201, 204), answer.content


def test_what_is_refused_is_answered_as_described(world, ours, ids, case):
    """Not JSON, no object, nothing, wrong in every field, by who may not, and of nobody."""
    for method, address, operation in written():
        name = operation["operationId"]
        with case(name):
            here, nobodys = where(name, address, ids, ours), path(address, "")
            good = writes.of(name, method, address.name)(ids)
            for who, status in ((ANONYMOUS, 401), (OUTSIDER, 404), ("city_officer", 404)):
                assert ask(world, operation, who, method, here, {}) == status
            ask(world, operation, "supervisor", method, here, {})
            if nobodys != here:
                assert send(world, operation, method, nobodys, good).status_code in (400, 404)
            for body in bad(operation, good):
                assert send(world, operation, method, here, body).status_code < 500


def bad(operation: dict[str, Any], good: Any) -> Iterator[Any]:
    """Bodies that are wrong, or that may be taken: then they are answered as well."""
    if "requestBody" not in operation:
        return
    yield from ({}, [], [1], "x", None)
    if isinstance(good, dict):
        content = next(iter(operation["requestBody"]["content"].values()))
        names = resolved(content["schema"])["properties"]
        is_file = "file" in good
        for wrong in WRONG[1 if is_file else 0 :]:
            yield dict.fromkeys(names, str(wrong) if is_file else wrong)
        for name in good:
            yield writes.keyed({**good, name: "" if is_file else None})


def test_what_is_no_json_is_refused_as_described(world, ours, ids, case):
    for method, address, operation in written():
        name = operation["operationId"]
        if "requestBody" not in operation:
            continue
        with case(name):
            here = where(name, address, ids, ours)
            for kind, status in (("application/json", 400), ("text/plain", 415)):
                answers = [
                    world.ask(who, method, here, is_api=True, data="{x", content_type=kind)
                    for who in writes.WHO
                ]
                answer = next(one for one in answers if one.status_code != 403)
                answered(operation, answer)
                assert answer.status_code == status


def send(world: World, operation: dict[str, Any], method: str, here: str, body: Any) -> Any:
    """The answer of whoever may, once it was found to be described."""
    is_file = isinstance(body, dict) and "file" in body
    for who in writes.who(operation["operationId"]):
        answer = world.ask(
            who, method, here, is_api=True, data=body, format="multipart" if is_file else "json"
        )
        answered(operation, answer)
        if answer.status_code != 403:
            return answer
    raise AssertionError("nobody may")


def ask(
    world: World, operation: dict[str, Any], who: str, method: str, here: str, body: Any
) -> int:
    answer = world.ask(who, method, here, is_api=True, data=body, format="json")
    answered(operation, answer)
    return int(answer.status_code)
