"""Where the code asks for a permission besides the one that opens an address, read from its text.

An address says what it asks for in a decorator or a class's ``permission``; a menu entry or a tab
is a link. Every other mention of a permission, and every look into what somebody holds, is found
here, with the addresses from which the function that does it is reached.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from kkmp.access.permissions import Permission
from tests.guards.addresses import all_of_them

PACKAGES = ("kkmp", "finance", "members", "shops")
#: What opens an address, and what is made of all of them; invented people and measured ones.
DOORS = re.compile(
    r"kkmp/(access/(permissions|api|web|context|tabs|rights|queries|menu)\.py|demo/|bench/)"
    r"|/migrations/|/plugins\.py$"
)
OPENS = ("requires", "requires_city")
OPENED = ("permission", "permission_by_method")
HELD = re.compile(r"permissions|allowed\b")


@dataclass(frozen=True, order=True)
class Place:
    """A function that asks.

    :param permission: its value; empty where it is known only when asked, as a list's own is
    """

    path: str
    function: str
    permission: str

    def __str__(self) -> str:
        return f"{self.path} {self.function}"


def places() -> dict[Place, frozenset[str]]:
    """Each with the names of the addresses that lead there; none where it is registered."""
    return {
        place: addresses_of(path, place.function)
        for path, tree in modules().items()
        for place in set(asked_in(path, tree))
    }


def addresses_of(path: str, function: str) -> frozenset[str]:
    """Follow who calls whom, by what each module imports, up to the views."""
    views = _views()
    found = _above((path, function), _callers())
    return frozenset(name for one in found for name in views.get(one, ()))


def asked_in(path: str, tree: ast.Module) -> Iterator[Place]:
    """What one module asks for."""
    for function, node in nodes(tree, ""):
        if isinstance(node, ast.Attribute) and _name(node.value) == "Permission":
            yield Place(path, function, str(Permission[node.attr]))
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            is_known = isinstance(node.left, ast.Attribute | ast.Constant)
            known = node.left.value if isinstance(node.left, ast.Constant) else ""
            if _is_held(node.comparators[0]) and not (is_known and _of_permission(node.left)):
                yield Place(path, function, str(known))
        elif isinstance(node, ast.BinOp | ast.Call) and _is_reckoned(node):
            yield Place(path, function, "")


@cache
def modules() -> dict[str, ast.Module]:
    """All of ours but the doors, by their paths."""
    base = Path(settings.BASE_DIR)
    found = (path for package in PACKAGES for path in sorted((base / package).rglob("*.py")))
    named = {path.relative_to(base).as_posix(): path for path in found}
    return {
        name: ast.parse(path.read_text("utf-8"))
        for name, path in named.items()
        if not DOORS.search(name)
    }


def nodes(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    """All but what opens an address, each with the function or method that it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inner = f"{function}.{child.name}".lstrip(".")
            yield from nodes(child, inner)
        elif isinstance(child, ast.Call) and _opens(child, node):
            yield from nodes(ast.Tuple([one.value for one in child.keywords]), function)
        elif not _opens(child, node):
            yield function, child
            yield from nodes(child, function)


def _opens(node: ast.AST, above: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(above, ast.FunctionDef):
        return node in above.decorator_list and _name(node.func) in OPENS
    if isinstance(node, ast.Assign) and isinstance(above, ast.ClassDef):
        return _name(node.targets[0]) in OPENED
    return False


def _is_held(node: ast.AST) -> bool:
    return bool(HELD.search(ast.unparse(node)))


def _of_permission(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and _name(node.value) == "Permission"


def _is_reckoned(node: ast.BinOp | ast.Call) -> bool:
    """Sets of permissions that are cut or compared: as good as a question."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitAnd | ast.Sub) and (
            _is_set(node.left) or _is_set(node.right)
        )
    named = isinstance(node.func, ast.Attribute) and node.func.attr in (
        "issubset", "issuperset", "isdisjoint", "intersection", "difference", "__contains__"
    )  # fmt: skip
    return named and any(_is_set(one) for one in (node.func.value, *node.args))  # type: ignore[attr-defined]


def _is_set(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute | ast.Name) and _name(node) == "permissions"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


@cache
def _callers() -> dict[tuple[str, str], set[tuple[str, str]]]:
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for path, tree in modules().items():
        known, own = _imported(path, tree), _variables(tree)
        for function, node in nodes(tree, ""):
            for called in _called(node, path, function, known):
                if isinstance(node, ast.Name) and node.id in own.get(function, ()):
                    continue
                found[called].add((path, function))
    return found


def _variables(tree: ast.Module) -> dict[str, set[str]]:
    """What each function calls its own things: no function of that name is meant there."""
    found: dict[str, set[str]] = defaultdict(set)
    for function, node in nodes(tree, ""):
        if function and isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[function].add(node.id)
        elif isinstance(node, ast.arg):
            found[function].add(node.arg)
    return found


def _above(
    start: tuple[str, str], callers: dict[tuple[str, str], set[tuple[str, str]]]
) -> set[tuple[str, str]]:
    """All that lead to a function, itself and the classes they stand in among them."""
    found: set[tuple[str, str]] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        path, function = one
        waiting += callers.get(one, ())
        if "." in function:
            waiting.append((path, function.partition(".")[0]))
    return found


def _imported(path: str, tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Names in a module: of a module that was imported, or of something in it."""
    found: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        base = node.module.replace(".", "/")
        for alias in node.names:
            name = alias.asname or alias.name
            for inner in (f"{base}/{alias.name}.py", f"{base}/{alias.name}/__init__.py"):
                if inner in modules():
                    found[name] = (inner, "")
            for outer in (f"{base}.py", f"{base}/__init__.py"):
                if outer in modules():
                    found.setdefault(name, (outer, alias.name))
    return found


def _called(
    node: ast.AST, path: str, function: str, known: dict[str, tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """What a mention names: a function of this module, of another, or of this class."""
    if isinstance(node, ast.Name):
        where, name = known.get(node.id, (path, node.id))
        if name:
            yield where, name
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.value.id in ("self", "cls"):
            yield path, f"{function.partition('.')[0]}.{node.attr}"
        elif known.get(node.value.id, ("", "?"))[1] == "":
            yield known[node.value.id][0], node.attr


@cache
def _views() -> dict[tuple[str, str], set[str]]:
    """Names of addresses by the function or class that answers them."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for address in all_of_them():
        view: Any = getattr(address.view, "cls", address.view)
        while hasattr(view, "__wrapped__"):
            view = view.__wrapped__
        for one in getattr(view, "__mro__", (view,)):
            if one.__module__.partition(".")[0] in PACKAGES:
                path = one.__module__.replace(".", "/")
                found[f"{path}.py", one.__qualname__].add(address.name)
    return found
