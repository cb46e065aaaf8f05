"""Bodies, forms and filters that name something, sent with what is the other cooperative's."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import django_filters
import pytest
from django import forms
from django.apps import apps
from django.db import connection
from drf_spectacular.generators import SchemaGenerator

from kkmp.access.form_keys import PARAMETER
from kkmp.lib.clock import business_today
from kkmp.lib.forms import KeyField
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel
from tests.guards.addresses import all_of_them, path
from tests.guards.belongings import kind_of
from tests.guards.side import PIN, Side
from tests.guards.world import World

Ids = dict[str, Any]
#: What a refusal leaves behind all the same: that somebody has guessed.
BUT = {"access_auditevent": "AND t.action <> 'voucher.code_refuse'"}
TODAY = business_today()


@dataclass(frozen=True)
class Case:
    """Something that is sent whole, and works with our own.

    :param names: its fields that name something, with the kind of each
    :param body: made of ids by kind; a key is added
    """

    address: str
    names: dict[str, str]
    body: Callable[[Ids], Any]
    method: str = "POST"
    who: str = "chair"

    def __str__(self) -> str:
        return f"{self.method} {self.address} {', '.join(self.names)}"


def _payment(ids: Ids, kind: str = "") -> dict[str, Any]:
    return {"member": ids["member"], "kind": kind or ids["kind code"], "amount_idr": 10_000}


def _term(ids: Ids) -> dict[str, Any]:
    days = {"started_on": "2025-06-24", "term_ends_on": "2030-06-23"}
    return {"body": "board", "position": "secretary", "member": ids["member"], **days}


def _sale(ids: Ids) -> dict[str, Any]:
    """A pack and a piece of the same goods, for cash."""
    line = {"product": ids["product"], "quantity": "1"}
    return {
        "unit": ids["unit code"],
        "shift": ids["open shift"],
        "member": ids["member"],
        "lines": [line, line | {"pack": ids["pack"]}],
        "payments": [{"method": "cash", "amount_idr": 1_000_000}],
    }


def _by_voucher(ids: Ids) -> dict[str, Any]:
    paid = {"method": "voucher", "amount_idr": 17_500, "reference": ids["voucher code"]}
    line = {"product": ids["product"], "quantity": "1"}
    return {"unit": ids["unit code"], "lines": [line], "payments": [paid]}


def _goods(ids: Ids) -> dict[str, Any]:
    said = {"category": "Minuman", "name": "Teh", "measure": "bks"}
    prices = {"general_price_idr": 1_500, "member_price_idr": 1_500}
    return said | prices | {"unit": ids["unit code"]}


def _rule(ids: Ids) -> dict[str, Any]:
    said = {"most_quantity": "2", "period": "day", "source": "SK 8/2026"}
    return said | {"product": ids["product"], "valid_from": TODAY.isoformat()}


def _shift(ids: Ids) -> dict[str, Any]:
    return {"unit": ids["unit code"], "drawer": "Laci 9", "float_idr": "0"}


def _settled(ids: Ids) -> dict[str, Any]:
    return {"net_idr": 17_000, "on": TODAY.isoformat(), "reference": "BATCH-8"}


API = [
    Case("api-savings-deposits", {"member": "member", "kind": "kind code"}, _payment),
    Case("api-savings-withdrawals", {"member": "member"}, lambda i: _payment(i, "sukarela")),
    Case(
        "api-savings-corrections",
        {"entry": "last entry"},
        lambda i: {"entry": i["last entry"], "reason": "Salah"},
    ),
    Case(
        "api-collections",
        {"payments[].member": "member", "payments[].kind": "kind code"},
        lambda i: {"title": "Rapat", "payments": [_payment(i)]},
    ),
    Case(
        "api-arrears-contacts",
        {"member": "member"},
        lambda i: {"member": i["member"], "channel": "call"},
    ),
    Case(
        "api-exits",
        {"member": "member"},
        lambda i: {"member": i["member"], "reason": "resigned"},
    ),
    Case("api-application-accept", {"into": "applicant"}, lambda i: {"into": i["applicant"]}),
    Case("api-goods-rules", {"product": "product"}, _rule),
    Case("api-officers", {"member": "member"}, _term),
    Case("api-officer", {"member": "member"}, lambda i: _term(i) | {"version": 1}, method="PUT"),
    Case("api-officer-term", {"member": "member"}, _term),
    Case(
        "api-returns",
        {"sale": "last sale", "approver": "approver"},
        lambda i: {
            "sale": i["last sale"],
            "approver": i["approver"],
            "pin": PIN,
            "reason": "Rusak",
        },
    ),
    Case(
        "api-sales",
        {
            "unit": "unit code",
            "shift": "open shift",
            "member": "member",
            "lines[].product": "product",
            "lines[].pack": "pack",
        },
        _sale,
    ),
    Case("api-sales", {"payments[].reference": "voucher code"}, _by_voucher),
    Case(
        "api-sales-batch",
        {
            "[].unit": "unit code",
            "[].shift": "open shift",
            "[].member": "member",
            "[].lines[].product": "product",
            "[].lines[].pack": "pack",
        },
        lambda i: [_sale(i) | {"key": str(new_id())}],
    ),
    Case(
        "api-settlements",
        {"payments[]": "qris"},
        lambda i: _settled(i) | {"payments": [i["qris"]]},
    ),
    Case("api-products", {"unit": "unit code"}, _goods),
    Case("api-product", {"unit": "unit code"}, lambda i: _goods(i) | {"version": 2}, method="PUT"),
    Case("api-shifts", {"unit": "unit code"}, _shift, who="cashier"),
]
PAGES = [
    Case(
        "members:deposit",
        {"kind": "defined kind"},
        lambda i: {"kind": i["defined kind"], "amount_idr": "10.000"},
    ),
    Case(
        "members:withdraw",
        {"kind": "kind"},
        lambda i: {"kind": i["kind"], "amount_idr": "10.000"},
    ),
    Case(
        "members:collect",
        {"wajib-<id>": "member"},
        lambda i: {"title": "Rapat", f"wajib-{i['member']}": "10.000"},
    ),
    Case("shops:rule_add", {"product": "product"}, _rule),
    Case("shops:product_add", {"unit": "unit"}, lambda i: _goods(i) | {"unit": i["unit"]}),
    Case("shops:payments_confirm", {"ids": "qris"}, lambda i: {"ids": [i["qris"]]}),
    Case("shops:payments_confirm", {"only": "qris"}, lambda i: {"only": i["qris"]}),
    Case("shops:settle", {"ids": "qris"}, lambda i: _settled(i) | {"ids": [i["qris"]]}),
    Case(
        "shops:shift_open",
        {"unit": "unit"},
        lambda i: _shift(i) | {"unit": i["unit"]},
        who="cashier",
    ),
]
#: What stands behind the ``?``: address, parameter, kind.
#: Of the form on a page.
KEY = new_id()
#: What else an address asks for.
BESIDES = {"api-sales-report": {"group": "day"}}
#: Where ours is answered like what is nowhere, and why.
ALIKE = {
    ("shops:sales", "cashier"): "all sales are by the one cashier",
    ("shops:shift_open", "unit"): "the chair has a shift, and goes to it",
    ("shops:till_data", "unit"): "the unit is the only one, and stands for one that is not there",
    ("exports:sales_take_out", "member"): "a file, of which each has a moment of its own",
}
QUERIES = [
    ("api-sales", "member", "member"),
    ("api-sales", "unit", "unit code"),
    ("api-savings", "member", "member"),
    ("api-products", "unit", "unit code"),
    ("api-sales-report", "unit", "unit code"),
    ("shops:reports", "unit", "unit"),
    ("shops:products", "unit", "unit"),
    ("shops:products", "category", "category"),
    ("shops:sales", "unit", "unit"),
    ("shops:sales", "cashier", "cashier"),
    ("shops:sales", "member", "member"),
    ("shops:sales", "product", "product"),
    ("shops:sales", "category", "category"),
    ("shops:sales", "shift", "shift"),
    ("shops:payments", "cashier", "cashier"),
    ("shops:shift_open", "unit", "unit code"),
    ("shops:till", "unit", "unit code"),
    ("shops:till_data", "unit", "unit code"),
    ("shops:rule_add", "barang", "product"),
    ("members:deposit", "kind", "kind"),
    ("members:collect_people", "orang", "member"),
    ("exports:sales_take_out", "member", "member"),
]
#: The fields of our forms and filters that name something, with the address that is tried.
FIELDS = {
    "Payment.kind": "members:deposit",
    "OpenShift.unit": "shops:shift_open",
    "RuleForm.product": "shops:rule_add",
    "ProductForm.unit": "shops:product_add",
    "PaymentFilter.cashier": "shops:payments",
    "ReportForm.unit": "shops:reports",
    "ProductFilter.category": "shops:products",
    "ProductFilter.unit": "shops:products",
    "Sales.member": "api-sales",
    "SavingsFilter.member": "api-savings",
    **{
        f"SaleFilter.{name}": "shops:sales"
        for name in ("unit", "cashier", "member", "product", "category", "shift")
    },
}
#: Keys of acts, and the accounts that every cooperative has under the same codes.
NOT_NAMING = {"key", "cetak", "account"}


def there(case: str, ids: Ids, code: str) -> str:
    address = next(one for one in all_of_them() if one.name == case)

    def value(part: str) -> Any:
        kind = kind_of(address, part)
        return ids[kind] if kind else None

    return path(address, code, value)


@cache
def tenants() -> list[str]:
    models = (model for model in apps.get_models() if issubclass(model, TenantModel))
    return sorted(model._meta.db_table for model in models)


def rows_of(cooperative: Cooperative) -> list[tuple[Any, ...]]:
    """How many rows each table has there, and a sum over all that stands in them."""
    with scope.cooperative(cooperative.pk), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)::bigint), 0)"
                f" FROM {table} t WHERE t.cooperative_id = '{cooperative.pk}'"
                f" {BUT.get(table, '')}"
                for table in tenants()
            )
        )
        return sorted(cursor.fetchall())


@pytest.fixture(scope="module")
def before(sides: tuple[Side, Side], django_db_blocker: Any) -> list[list[tuple[Any, ...]]]:
    with django_db_blocker.unblock():
        return [rows_of(side.cooperative) for side in sides]


def send(world: World, case: Case, ids: Ids, code: str) -> tuple[Any, list[Any]]:
    """The answer, and what the tables hold after it."""
    is_api, body = case.address.startswith("api-"), case.body(ids)
    if isinstance(body, dict):
        body = body | {"key": str(new_id())}
    held: list[Any] = []

    def look() -> None:
        held.extend(rows_of(cooperative) for cooperative in (world.melati, world.mawar))

    answer = world.ask(
        case.who,
        case.method,
        there(case.address, ids, code),
        is_api=is_api,
        data=body,
        then=look,
        **({"format": "json"} if is_api else {}),
    )
    return answer, held


def statuses(answer: Any) -> set[int]:
    """The status of the request, or of each of many that were sent at once."""
    said = answer.json() if "json" in answer.get("Content-Type", "") else None
    if isinstance(said, list) and said and "status" in said[0]:
        return {one["status"] for one in said}
    return {answer.status_code}


@pytest.mark.raw_statements
@pytest.mark.parametrize("sent", API + PAGES, ids=str)
def test_what_is_sent_takes_ours_and_not_theirs(sent, ours, theirs, before, world: World):
    code = ours.cooperative.code
    answer, held = send(world, sent, ours.ids, code)
    assert max(statuses(answer)) < 400, f"ours is refused: {answer.content!r}"
    assert held != before, "ours stores nothing"
    for name, kind in sent.names.items():
        answer, held = send(world, sent, ours.ids | {kind: theirs.ids[kind]}, code)
        refused = min(statuses(answer)) >= 400 or not sent.address.startswith("api-")
        assert refused, f"{name} of theirs is taken: {answer.content!r}"
        assert max(statuses(answer)) < 500, name
        assert held == before, f"{name} of theirs changes something"
        assert theirs.word not in answer.content.decode(), name


@pytest.mark.parametrize(("name", "parameter", "kind"), QUERIES)
def test_a_filter_by_theirs_shows_nothing_of_it(name, parameter, kind, ours, theirs, world: World):
    here = there(name, ours.ids, ours.cooperative.code)
    is_api = name.startswith("api-")

    method = "POST" if name.startswith("exports:") else "GET"

    def answered(value: object) -> Any:
        query = {parameter: value} | BESIDES.get(name, {})
        query |= {} if is_api else {PARAMETER: str(KEY)}
        return world.ask("chair", method, here, is_api=is_api, data=query)

    by_ours, by_theirs = answered(ours.ids[kind]), answered(theirs.ids[kind])
    assert by_ours.status_code in {200, 302}, "the filter does not take what is ours"
    assert by_theirs.status_code < 500
    assert theirs.word not in str(getattr(by_theirs, "content", b""))
    if (name, parameter) in ALIKE:
        return
    nowhere, nowhere_either = shown(answered(new_id())), shown(answered(new_id()))
    assert nowhere == nowhere_either, "two answers to the same differ"
    assert shown(by_ours) != nowhere, "the filter is not read"


def shown(answer: Any) -> tuple[int, str, str]:
    """What is answered, without ids and what each answer has of its own."""
    content = getattr(answer, "content", b"").decode()
    own = r"[0-9a-f]{8}-[0-9a-f-]{27}|csrf\w*\W+(?:value=)?\W*\w+|\w{64}"
    there = answer.headers.get("Location", "")
    return answer.status_code, re.sub(own, "", there), re.sub(own, "", content)


def test_every_field_of_a_form_that_names_something_is_tried():
    assert all_of_them(), "with the addresses all forms are imported"
    found = {
        f"{form.__name__}.{name}"
        for base, fields, kinds in (
            (forms.BaseForm, "base_fields", (forms.UUIDField, forms.ModelChoiceField)),
            (
                django_filters.FilterSet,
                "base_filters",
                (django_filters.UUIDFilter, django_filters.ModelChoiceFilter),
            ),
        )
        for form in all_below(base)
        if form.__module__.partition(".")[0] in {"kkmp", "finance", "members", "shops"}
        and "admin" not in form.__module__
        for name, field in getattr(form, fields, {}).items()
        if isinstance(field, kinds) and not isinstance(field, KeyField) and name not in NOT_NAMING
    }
    assert found == FIELDS.keys()
    tried = {case.address for case in PAGES} | {name for name, _p, _k in QUERIES}
    assert tried >= set(FIELDS.values())


def test_every_field_of_a_body_that_names_something_is_tried():
    """What names something is taken from the API's description: UUIDs, codes of units and kinds."""
    found = {one for one in _in_bodies() if one[2].rpartition(".")[2] not in NOT_NAMING}
    tried = {(case.method, case.address, name) for case in API for name in case.names}
    assert found <= tried, found - tried
    asked = set(_in_queries())
    assert asked <= {(name, parameter) for name, parameter, _kind in QUERIES}


def all_below(base: type) -> Iterator[type]:
    for one in base.__subclasses__():
        yield one
        yield from all_below(one)


@cache
def operations_of_the_api() -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    names = {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", a.route): a.name for a in all_of_them()}
    return [
        (method.upper(), names[route], operation, schema["components"]["schemas"])
        for route, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]


def _in_bodies() -> Iterator[tuple[str, str, str]]:
    for method, name, operation, known in operations_of_the_api():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for field in _naming(content["schema"], known, ""):
                yield method, name, field


def _in_queries() -> Iterator[tuple[str, str]]:
    for _method, name, operation, _known in operations_of_the_api():
        for parameter in operation.get("parameters", []):
            is_id = parameter["in"] == "query" and parameter["schema"].get("format") == "uuid"
            if is_id and parameter["name"] not in NOT_NAMING:
                yield name, parameter["name"]


def _naming(node: dict[str, Any], known: dict[str, Any], at: str) -> Iterator[str]:
    if "$ref" in node:
        node = known[node["$ref"].rpartition("/")[2]]
    if node.get("format") == "uuid" or at.rpartition(".")[2] == "unit":
        yield at
    for name, inner in node.get("properties", {}).items():
        yield from _naming(inner, known, f"{at}.{name}" if at else name)
    if "items" in node:
        yield from _naming(node["items"], known, f"{at}[]")
    for inner in node.get("allOf", []):
        yield from _naming(inner, known, at)
