"""What a second permission opens behind an address that others reach too, tried as each role."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.conf import settings

from kkmp.access import permissions
from kkmp.access.permissions import COOPERATIVE_ROLES, PERMISSIONS, Permission, Role
from tests.guards import asking, trials
from tests.guards import rights as decided
from tests.guards.addresses import all_of_them
from tests.guards.asking import Place
from tests.guards.world import World, undone

STAFF = sorted(map(str, COOPERATIVE_ROLES))
ROWS = decided.chapters()[decided.WITHIN]
WAYS = decided.chapters()["Ways on that are not shown"]
TRIED = [(where, row) for row in ROWS for where in decided.words(row["Where"])]
#: Reached there only by those who have passed the wider permission already.
NOT_ASKED = {("shops/drawers/queries.py closable", "sales.sell", "shops:shift_close_other")}
#: Decides by what the caller names; the callers are listed.
NAMED_BY_CALLERS = {"kkmp/city/cooperatives/queries/home.py checklist.task"}
#: Chooses the words of a refusal, wherever money leaves a cash box; the books' tests try both.
NAMES_THE_BALANCE = {"finance/ledger/services/cash_boxes.py _may_read_books"}


@pytest.fixture(scope="module")
def asked() -> dict[Place, frozenset[str]]:
    return asking.places()


def listed() -> dict[tuple[str, str], set[str]]:
    """The document's addresses, by where the code asks for a permission and for which."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in (*ROWS, *WAYS):
        for place in decided.words(row["Asked in"]):
            found[place.strip("`"), row["Permission"]] |= set(decided.words(row["Where"]))
    return found


def unlisted(place: Place, reached: frozenset[str], known: dict[tuple[str, str], set[str]]) -> str:
    """What is missing of a place in the document; empty where nothing is."""
    rows = [where for (at, what), where in known.items() if at == str(place)
            and place.permission in ("", what)]  # fmt: skip
    if not rows:
        return f"{place} asks for {place.permission or 'a permission'}: in no row"
    patterns = set().union(*rows)
    missing = [
        name
        for name in sorted(reached)
        if not any(fnmatch(name, pattern) for pattern in patterns)
        and (str(place), place.permission, name) not in NOT_ASKED
    ]
    return f"{place} is reached from {missing}, which no row names" if missing else ""


def test_whatever_the_code_asks_for_stands_in_the_document(asked):
    known = listed()
    elsewhere = NAMED_BY_CALLERS | NAMES_THE_BALANCE
    found = {place: names for place, names in asked.items() if str(place) not in elsewhere}
    missing = [told for place, names in found.items() if (told := unlisted(place, names, known))]
    assert not missing, "\n".join(sorted(missing))
    there = {(str(place), place.permission) for place in asked}
    gone = [
        f"{place} asks for {what} no more"
        for place, what in known
        if not {(place, what), (place, "")} & there
    ]
    assert not gone, "\n".join(gone)


PLANTED = """
class Sales:
    permission = Permission.SALES_READ
    def post(self, request):
        return Permission.SALES_DISCOUNT in self.permissions
@requires(Permission.SALES_READ, before=lambda r: Permission.BOOKS_READ in r.permissions)
def page(request):
    if "sales.approve" in request.permissions or kind.permission not in request.permissions:
        return request.permissions & SOME, request.permissions.issuperset(SOME)
"""


def test_each_way_of_asking_is_found():
    found = {(p.function, p.permission) for p in asking.asked_in("x.py", ast.parse(PLANTED))}
    assert found == {
        ("Sales.post", "sales.discount"),
        ("page", "books.read"),
        ("page", "sales.approve"),
        ("page", ""),
    }


def test_each_row_has_a_trial():
    assert {row["What"] for row in ROWS} == trials.TRIALS.keys()
    names = {address.name for address in all_of_them()}
    assert {where for where, _row in TRIED} <= names


@pytest.mark.parametrize(
    ("where", "row"), TRIED, ids=[f"{where} {row['What']}" for where, row in TRIED]
)
def test_it_opens_to_the_roles_that_are_written(where, row, ours, world: World, monkeypatch):
    def may(who: str) -> bool:
        with undone():
            return trials.TRIALS[row["What"]](world, ours, who, where)

    written = decided.words(row["Roles"])
    assert [who for who in STAFF if may(who)] == sorted(written)
    one = Role(written[0])
    without = PERMISSIONS[one] - {Permission(row["Permission"])}
    monkeypatch.setattr(permissions, "PERMISSIONS", dict(PERMISSIONS) | {one: without})
    assert not may(one)


@pytest.mark.parametrize("row", WAYS, ids=lambda row: f"{row['Where']} {row['Leads to']}")
def test_whoever_is_shown_a_way_may_go_there(row):
    for name in decided.words(row["Leads to"]):
        assert holders(row["Permission"]) <= let_in(name), name


TAG = re.compile(r"{%-?\s*(\w+)\s*(.*?)\s*-?%}", re.DOTALL)
SHOWN_BY = re.compile(r'"([\w.]+)" in shell\.permissions')
#: Without a link in it: a heading above links, a button of the form around it, a word about them.
NO_WAY = {
    ("members/saved_views/_views.html", "members.export"),
    ("members/bodies/officers.html", "members.write"),
    ("members/leaving/exit.html", "members.decide"),
    ("shops/credit/_rows.html", "sales.read"),
    # What is included has the way, in each of its rows.
    ("shops/drawers/shift_summary.html", "books.write"),
    ("shops/goods/unknown_codes.html", "products.write"),
    ("shops/settling/_rows.html", "sales.read"),
    ("shops/settling/_rows.html", "sales.sell"),
}


def test_templates_show_ways_to_those_who_may_go_there():
    base = Path(settings.BASE_DIR, "templates")
    for path in sorted(base.rglob("*.html")):
        name = path.relative_to(base).as_posix()
        for permission, ways in shown_by(path.read_text("utf-8")):
            assert ways or (name, permission) in NO_WAY, f"{name}: {permission} opens no address"
            for way in ways:
                assert holders(permission) <= let_in(way), f"{name}: {permission} shows {way}"


def test_a_way_that_is_shown_to_others_is_found():
    text = """{% if "books.write" in shell.permissions %}{% url 'finance:journals' c %}{% else %}
        {% if "sales.sell" in shell.permissions and x %}{% url "shops:settle" c %}
        {% endif %}{% endif %}"""
    found = list(shown_by(text))
    assert found == [("books.write", ["finance:journals"]), ("sales.sell", ["shops:settle"])]
    assert not holders("sales.sell") <= let_in("shops:settle")


def shown_by(text: str) -> Iterator[tuple[str, list[str]]]:
    """The permissions that a template asks for, with the addresses that are shown for each."""
    open_: list[tuple[str, list[str]]] = []
    for tag, rest in TAG.findall(text):
        if tag in ("elif", "else", "endif"):
            condition, ways = open_.pop()
            yield from ((permission, ways) for permission in SHOWN_BY.findall(condition))
        if tag in ("if", "elif", "else"):
            open_.append((rest, []))
        if tag == "url":
            for _condition, ways in open_:
                ways.append(rest.split()[0].strip("\"'"))


def holders(permission: str) -> set[str]:
    """The roles that hold a permission, by the document's first table."""
    for row in decided.chapters()["What each role may do"]:
        if row["Permission"] == permission:
            return {role.replace(" ", "_") for role, yes in row.items() if yes == "yes"}
    raise AssertionError(f"no permission {permission}")


def let_in(name: str) -> set[str]:
    """Whoever reaches an address by any of its methods, by the document."""
    found = [right for rights in decided.of_addresses().values() for right in rights]
    roles = {role for right in found if right.name == name for role in right.roles}
    assert roles, f"no address {name}"
    return decided.whole_pages().get(name, roles) if "signed in" in roles else roles
