"""Whatever a page or an operation lets itself be told: does it name a row, and is that tried?

Every name that is read from a query, a form or a body is found here. One that may name something
of a cooperative's has to be sent with the other cooperative's (``test_strangers_in_bodies``); of
all others the tests of their package write down that they name nobody's: ``PLAIN`` in its
``belongings.py`` has what people write, amounts and quantities, days, and words out of a list of
ours, ``MADE`` has where names are made while the page is.
"""

import ast
from collections.abc import Iterator

import django_filters
from django import forms

from kkmp.access.rights import Address
from kkmp.lib.forms import KeyField
from tests.guards import asking
from tests.guards.addresses import all_of_them
from tests.guards.belongings import MADE, PLAIN
from tests.guards.test_imports import package_of
from tests.guards.test_strangers_in_bodies import (
    API,
    NOT_NAMING,
    PAGES,
    QUERIES,
    all_below,
    operations_of_the_api,
)

READ_FROM = ("GET", "POST", "query_params", "data")
BOXES = ((forms.BaseForm, "base_fields"), (django_filters.FilterSet, "base_filters"))
READS = ("get", "getlist", "pop")

#: What every list and form has: where it is, what is looked for, what was read.
HOUSE = {"cursor", "page", "page_size", "q", "version"}
#: Names of what has no owner, or has one under the same name in every cooperative.
SHARED = {
    "cooperative": "the place itself: a stranger to it gets 404 everywhere",
    "regency": "of the country",
    "kecamatan": "of the country",
    "account": "every cooperative has the same codes",
    "category": "a word on the goods or of the register, looked for in one cooperative",
    "code": "a barcode, which the same goods have everywhere",
    "number": "counted in each cooperative: the same numbers are at both",
    "numbers": "counted in each cooperative",
    "brought_idr": "an amount",
    "sheets": "names in a file that the address names",
    "n": "counted in each cooperative",
    "member_number": "counted in each cooperative",
}


def reads(path: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Function and name of each read; an empty name where it is made at that moment."""
    for function, node in asking.nodes(tree, ""):
        held, key = None, None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in READS and node.args:
                held, key = node.func.value, node.args[0]
        elif isinstance(node, ast.Subscript):
            held, key = node.value, node.slice
        if not isinstance(held, ast.Attribute) or held.attr not in READ_FROM:
            continue
        if held.attr != "data" or ast.unparse(held.value) in ("self", "request", "form"):
            assert key is not None
            yield function, str(key.value) if isinstance(key, ast.Constant) else ""


def of_pages() -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """Where a name is read from a request as it came: file, function, name, addresses."""
    for path, tree in asking.modules().items():
        for function, name in set(reads(path, tree)):
            yield path, function, name, asking.addresses_of(path, function)


def of_forms() -> set[tuple[str, str]]:
    """Names of the boxes of our forms and filters, with the package that has them first."""
    assert all_of_them(), "with the addresses all forms are imported"
    return {
        (_first(form, boxes, name), name)
        for base, boxes in BOXES
        for form in all_below(base)
        if _is_ours(form) and "admin" not in form.__module__
        and not form.__module__.endswith("styleguide")
        for name, box in getattr(form, boxes, {}).items()
        if not isinstance(box, NO_TEXT)
    }  # fmt: skip


def _is_ours(form: type) -> bool:
    return form.__module__.partition(".")[0] in asking.PACKAGES


def _first(form: type, boxes: str, name: str) -> str:
    having = [one for one in form.__mro__ if _is_ours(one) and name in getattr(one, boxes, {})]
    return package_of(having[-1].__module__)


#: Boxes that hold no name: a tick, a day, a file.
NO_TEXT = (
    forms.BooleanField,
    forms.DateField,
    forms.FileField,
    KeyField,
    django_filters.BooleanFilter,
    django_filters.DateFilter,
)


def of_bodies() -> set[tuple[str, str]]:
    """Texts and ids that operations take, by the API's description, with their package."""
    packages = {address.name: package_of(address.view.cls.__module__) for address in _of_the_api()}
    found = set()
    for _method, address, operation, known in operations_of_the_api():
        names = set()
        for content in operation.get("requestBody", {}).get("content", {}).values():
            names |= set(_texts(content["schema"], known, ""))
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                names |= set(_texts(parameter["schema"], known, parameter["name"]))
        found |= {(packages[address], name) for name in names}
    return found


def _of_the_api() -> list[Address]:
    return [address for address in all_of_them() if hasattr(address.view, "cls")]


def _texts(node: dict, known: dict, at: str) -> Iterator[str]:
    if "$ref" in node:
        node = known[node["$ref"].rpartition("/")[2]]
    for name, inner in node.get("properties", {}).items():
        yield from _texts(inner, known, name)
    if "items" in node:
        yield from _texts(node["items"], known, at)
    for inner in node.get("allOf", []):
        yield from _texts(inner, known, at)
    is_text = node.get("type") == "string" and "enum" not in node
    if is_text and node.get("format") not in {"date", "date-time", "binary", "decimal"}:
        yield at


def tried() -> set[tuple[str, str]]:
    """Addresses with the names that are sent there with the other cooperative's."""
    sent = {(case.address, name) for case in API + PAGES for name in case.names}
    sent |= {(name, parameter) for name, parameter, _kind in QUERIES}
    return {(address, name.rpartition(".")[2].rstrip("[]")) for address, name in sent}


HARMLESS = HOUSE | SHARED.keys() | NOT_NAMING


def _of_pages() -> set[tuple[str, str]]:
    return {
        (package_of(path.removesuffix(".py").replace("/", ".")), name)
        for path, _function, name, _addresses in of_pages()
        if name
    }


def test_each_name_that_is_read_is_known():
    names = {name for _address, name in tried()}
    found = of_forms() | of_bodies() | _of_pages()
    unknown = {
        (package, name)
        for package, name in found
        if name not in names | HARMLESS | PLAIN.get(package, set())
    }
    assert not unknown, f"may it name a row? then try it with theirs: {sorted(unknown)}"
    plain = {(package, name) for package, words in PLAIN.items() for name in words}
    assert plain <= found, f"read no more: {sorted(plain - found)}"
    assert HOUSE | SHARED.keys() <= {name for _package, name in found}


def test_what_names_a_row_is_tried_at_each_address_that_reads_it():
    sent, names = tried(), {name for _address, name in tried()} - HARMLESS
    plain = set().union(*PLAIN.values())
    missing = {
        (address, name)
        for _path, _function, name, addresses in of_pages()
        if name in names - plain
        for address in addresses
        if (address, name) not in sent
    }
    assert missing == set()


def test_names_that_are_made_while_reading_are_known():
    made = {f"{path} {function}" for path, function, name, _a in of_pages() if not name}
    assert made == MADE.keys()


PLANTED = """
def page(request):
    a = request.GET.get("shelf"), request.POST.getlist("boxes"), self.request.query_params["crate"]
    return request.POST[f"row-{a}"], cache.get("nothing")
"""


def test_each_way_of_reading_is_found():
    found = set(reads("x.py", ast.parse(PLANTED)))
    assert found == {("page", "shelf"), ("page", "boxes"), ("page", "crate"), ("page", "")}
    assert not {"shelf", "boxes", "crate"} & HARMLESS.union(*PLAIN.values())
