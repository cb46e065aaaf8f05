"""The description of the API against what it answers: each list, each refusal, each parameter."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from kkmp.access.rights import Address
from tests.guards.addresses import all_of_them, path
from tests.guards.test_strangers_in_bodies import there

EVERYBODY, CITY = "api-city-progress", "api-city-figures"


@cache
def described() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def addresses() -> dict[str, Address]:
    return {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", one.route): one for one in all_of_them()}


def operations() -> Iterator[tuple[str, Address, dict[str, Any]]]:
    """Method, address and description of each."""
    for route, found in described()["paths"].items():
        for method, operation in found.items():
            yield method.upper(), addresses()[route], operation


def reads() -> list[tuple[Address, dict[str, Any]]]:
    return [(address, one) for method, address, one in operations() if method == "GET"]


def names(operation: dict[str, Any], where: str = "query") -> set[str]:
    return {one["name"] for one in operation.get("parameters", []) if one["in"] == where}


def shape(operation: dict[str, Any], status: str = "200") -> dict[str, Any]:
    """What is answered as JSON, without references to elsewhere."""
    return resolved(operation["responses"][status]["content"]["application/json"]["schema"])


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    return described()["components"]["schemas"][node["$ref"].rpartition("/")[2]]


def role_of(address: Address) -> str:
    return "city_officer" if address.name == CITY else "chair"


#: Lists that come in pages; by what they are answered with, none of them is left out below.
_PAGES = """
    applications_list collections_entries collections_list credit_payments_list dues_arrears
    dues_list exits_list imports_list journals_list members_consents members_contacts
    members_list members_savings officers_list products_list returns_list sales_list
    savings_list savings_return_lines savings_returns settlements_list shifts_list vouchers_list
"""
PAGES = set(_PAGES.split())


def test_lists_are_described_as_pages():
    found = {one["operationId"]: one for _address, one in reads()}
    paged = {name for name, one in found.items() if "cursor" in names(one)}
    assert paged == PAGES
    for name in PAGES:
        assert {"cursor", "page_size"} <= names(found[name])
        assert shape(found[name])["properties"].keys() == {"next", "previous", "results"}, name


def test_each_operation_says_where_the_cooperative_is_named_and_what_may_be_refused():
    for _method, address, operation in operations():
        refused = {"400", "404"} | (set() if address.name == EVERYBODY else {"401", "403"})
        told = {
            status
            for status, answer in operation["responses"].items()
            if "Error" in str(answer.get("content", {}).get("application/json"))
        }
        assert refused <= told, operation["operationId"]
        is_ours = address.name not in (EVERYBODY, CITY)
        assert ("X-Cooperative" in names(operation, "header")) == is_ours
        assert ("cooperative" in names(operation)) == is_ours


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date_after", "since"),
        ("date_before", "until"),
        ("date", "on"),
        ("search", "q"),
        ("text", "q"),
        ("order", ""),
    ],
)
def test_one_thing_has_one_name(old, new):
    known = set().union(*(names(operation) for _method, _address, operation in operations()))
    assert old not in known
    assert not new or new in known


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("sales_list", "sejak"),
        ("members_list", "order"),
        ("members_funnel", "rw"),
        ("city_figures", "cursor"),
    ],
)
def test_a_parameter_that_nobody_reads_is_refused(name, parameter, world):
    ((address, operation),) = [one for one in reads() if one[1]["operationId"] == name]
    query = {parameter: "2026-11-01"}
    answer = world.ask(role_of(address), "GET", path(address, ""), is_api=True, data=query)
    assert answer.status_code == 400
    assert answer.json()["fields"].keys() == {parameter}
    told = answer.json()["fields"][parameter][0]
    assert all(known in told for known in names(operation))


def test_every_operation_refuses_what_its_description_does_not_name(world, case):
    """Also where something is written: the refusal comes before the body is read."""
    for method, address, operation in operations():
        here = path(address, world.melati.code) + "?cooperatives=melati"
        with case(operation["operationId"]):
            for who in ("chair", "treasurer", "membership_clerk", "cashier", "city_officer"):
                answer = world.ask(who, method, here, is_api=True)
                if answer.status_code not in (403, 404):
                    break
            assert answer.status_code == 400
            assert answer.json()["fields"].keys() == {"cooperatives"}


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "nothing/"),
        ("GET", "nothing"),
        ("POST", "sales"),
        ("DELETE", "members/nobody/"),
        ("GET", "savings/returns/x/"),
    ],
)
def test_an_address_that_is_none_answers_as_every_refusal(method, address, world):
    answer = world.ask("chair", method, f"/api/v1/{address}", is_api=True)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json().keys() == {"code", "message", "fields"}
    assert answer.json()["code"] == "not_found"


def test_a_forgotten_slash_leads_there_with_what_was_asked(world):
    answer = world.ask("chair", "GET", "/api/v1/sales?since=2026-11-01", is_api=True)
    assert (answer.status_code, answer["Location"]) == (302, "/api/v1/sales/?since=2026-11-01")


def test_what_is_read_is_answered_as_described(world, ours, case):
    """Each read with the ids of what is there, by somebody who may, and with ids of nobody."""
    for address, operation in reads():
        with case(operation["operationId"]):
            seen = set()
            for here in (path(address, world.melati.code), _there(address, ours)):
                for who in ("chair", "treasurer", "membership_clerk", "cashier", "city_officer"):
                    answer = world.ask(who, "GET", here + _needed(operation), is_api=True)
                    answered(operation, answer)
                    seen.add(answer.status_code)
            assert 200 in seen or address.name in UNSEEN, seen


#: What is not there to be read: a file that nobody has made yet.
UNSEEN = {"api-export-file"}


def _needed(operation: dict[str, Any]) -> str:
    """What has to be asked for, with the first of what may be."""
    asked = [
        f"{one['name']}={resolved(one['schema'])['enum'][0]}"
        for one in operation.get("parameters", [])
        if one["in"] == "query" and one.get("required")
    ]
    return "?" + "&".join(asked)


def _there(address: Address, ours: Any) -> str:
    here = there(address.name, ours.ids, ours.cooperative.code)
    return here.replace("/returns/2026-1/", "/returns/2026-11/")


def answered(operation: dict[str, Any], answer: Any) -> None:
    told = operation["responses"].get(str(answer.status_code))
    assert told, f"{answer.status_code} is not described: {answer.content[:300]!r}"
    if "content" not in told:
        assert not answer.content
        return
    content = told["content"].get(answer["Content-Type"])
    assert content, f"{answer['Content-Type']} is not described"
    if answer["Content-Type"] == "application/json":
        fits(answer.json(), content["schema"])


def fits(said: Any, schema: dict[str, Any]) -> None:
    whole = _nullable(schema | {"components": described()["components"]})
    formats = jsonschema.FormatChecker(["date", "uuid"])
    formats.checks("uri")(lambda said: not isinstance(said, str) or "://" in said)
    checker = jsonschema.Draft202012Validator(whole, format_checker=formats)
    wrong = [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(said)]
    assert not wrong, "\n".join(wrong[:5])


def _nullable(node: Any) -> Any:
    """The schema in words of JSON Schema: OpenAPI 3.0 has one of its own for what may be null."""
    if isinstance(node, list):
        return [_nullable(one) for one in node]
    if not isinstance(node, dict):
        return node
    inner = {name: _nullable(one) for name, one in node.items() if name != "nullable"}
    return {"anyOf": [inner, {"type": "null"}]} if node.get("nullable") is True else inner
