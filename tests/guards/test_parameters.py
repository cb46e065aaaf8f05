"""Whatever a page or an operation lets itself be told: does it name a row, and is that tried?

Every name that is read from a query, a form or a body is found here. One that may name something
of a cooperative's has to be sent with the other cooperative's (``test_strangers_in_bodies``); of
all others it is written down that they name nobody's.
"""

import ast
from collections.abc import Iterator

import django_filters
from django import forms

from kkmp.lib.forms import KeyField
from tests.guards import asking
from tests.guards.addresses import all_of_them
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

#: What people write, amounts and quantities, days, and words out of a list of ours.
_PLAIN = """
    acts_seen address again age agency ahu_number amount_idr back bank_account bank_idr
    beneficiaries bentuk birth_place body buyer buyer_nik by cash_idr cash_step_idr ceiling_idr
    changed channel colour cost_idr counted_idr
    contoh count credit_days cursor days decision_number device
    document_number drawer due_days expected extraordinary_mandatory_idr
    extraordinary_principal_idr factor float_idr general_price_idr heir_name heir_phone
    heir_relation hour income_code instead institution_price_idr is_given is_service joined_since
    joined_until keadaan lebar left_since left_until limit_idr list mandatory_idr means measure
    member_price_idr member_target method min_balance_idr min_deposit_idr min_quantity
    most_quantity most_withdrawal_idr name name_en net_idr next nib nik nomor_induk_koperasi
    note notice_version npwp occupation on order overdue_days pack_size page paid_to paper part
    password1 password2
    period phone pin position price_idr principal_idr purpose q qris_payload query reason receiver
    receipt_footer remarks return_percent return_tax_free_idr return_tax_percent role rows rt rw
    seen sex show shown shown_idr shown_warnings since source stage
    state status step stock_min tab tahun tier title to until untuk username value_idr
    version what when which wholesale_price_idr why withdrawals_a_month year
"""
PLAIN = set(_PLAIN.split())
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
#: Names made while the page is.
MADE = {
    "kkmp/access/opened.py _sent": "the mark of a person, compared with who is signed in",
    "kkmp/access/typed.py TypedMiddleware.__call__": "the page's own name of a draft",
    "kkmp/access/once.py _in_address": "the key of an act",
    "kkmp/exports/views.py take_out": "boxes beside the button of a list, which are known",
    "members/dues/forms.py Collect._remember": "wajib-<member>, sent with theirs",
    "members/dues/forms.py Collect._read": "wajib-<member>, sent with theirs",
    "members/figures/filters.py FiguresFilter.chosen": "boxes of a filter, which are known",
    "members/saved_views/views.py add": "page and query of a view to save",
    "shops/goods/views/products.py add": "code and name of goods to add",
    "shops/goods/views/products.py products": "whether any box of a filter is filled",
    "shops/reports/forms.py ReportForm.kept": "boxes of a filter, which are known",
    "shops/reports/forms.py ReportForm.scope": "boxes of a filter, which are known",
    "shops/settling/views/settlements.py _shown_idr": "amounts that the page showed",
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


def of_forms() -> set[str]:
    """Names of the boxes of our forms and filters."""
    assert all_of_them(), "with the addresses all forms are imported"
    return {
        name
        for base, boxes in BOXES
        for form in all_below(base)
        if form.__module__.partition(".")[0] in asking.PACKAGES
        and "admin" not in form.__module__ and not form.__module__.endswith("styleguide")
        for name, box in getattr(form, boxes, {}).items()
        if not isinstance(box, NO_TEXT)
    }  # fmt: skip


#: Boxes that hold no name: a tick, a day, a file.
NO_TEXT = (
    forms.BooleanField,
    forms.DateField,
    forms.FileField,
    KeyField,
    django_filters.BooleanFilter,
    django_filters.DateFilter,
)


def of_bodies() -> set[str]:
    """Texts and ids that operations take, by the API's description."""
    found = set()
    for _method, _name, operation, known in operations_of_the_api():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            found |= set(_texts(content["schema"], known, ""))
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                found |= set(_texts(parameter["schema"], known, parameter["name"]))
    return found


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


HARMLESS = PLAIN | SHARED.keys() | NOT_NAMING


def test_each_name_that_is_read_is_known():
    names = {name for _address, name in tried()}
    found = of_forms() | of_bodies() | {name for _p, _f, name, _a in of_pages() if name}
    unknown = found - names - HARMLESS
    assert not unknown, f"may it name a row? then try it with theirs: {sorted(unknown)}"
    assert PLAIN | SHARED.keys() <= found, f"read no more: {(PLAIN | SHARED.keys()) - found}"


def test_what_names_a_row_is_tried_at_each_address_that_reads_it():
    sent, names = tried(), {name for _address, name in tried()} - HARMLESS
    missing = {
        (address, name)
        for _path, _function, name, addresses in of_pages()
        if name in names
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
    assert not {"shelf", "boxes", "crate"} & HARMLESS
