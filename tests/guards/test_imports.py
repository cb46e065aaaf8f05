"""Rules 3 and 4 of CONTRIBUTING.md: which way packages look, and what one may use of another."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.guards.test_architecture import OURS, ROOT

#: What everybody may use.
FOR_ALL = {"services", "queries", "models", "checks"}
#: A file of how something is shown, and which files of a higher package may build on it.
BUILT_UPON = {
    "forms": {"forms", "views", "exports"},
    "filters": {"filters", "views", "api", "exports"},
    "serializers": {"serializers", "api"},
    "documents": {"documents"},
    "exports": {"exports"},
    "admin": {"admin"},
    # What a page of a person and an operation on one begin with.
    "loading": {"views", "api"},
    # What other packages put onto a person's page or onto the own one.
    "panels": {"panels", "plugins", "views"},
    "own_page": {"own_page", "plugins", "views"},
}
#: Values and names that belong to a package and are not what is kept, read or done.
VALUES = {
    "finance.ledger.accounts",
    "finance.ledger.kinds",
    "members.joining.notices",
    "members.register.ages",
    "members.register.choices",
    "members.register.numbers",
    "members.register.persons",
    "members.register.tabs",
    "members.savings.journals",
    "shops.drawers.cash",
    "shops.goods.presets",
    "shops.pricing",
    "shops.vouchers.codes",
}
#: What all apps stand on; only its own pages and addresses are nobody else's.
FLOOR = {"lib", "registry", "access", "tasks", "imports", "exports"}
#: Files of an app that put its packages together.
ROOTS = {"admin", "api_urls", "apps", "management", "models", "urls"}
PAGES = {"views", "urls", "api_urls", "plugins"}
#: Begins with an underscore and is Django's own, for everybody.
DJANGOS = {"_meta", "_state", "_base_manager", "_default_manager"}
#: What calls the plugins is none of them; who may import the runner stands in `pyproject.toml`.
ELSEWHERE = ("kkmp.lib.plugins", "kkmp.runner")


def package_of(module: str) -> str:
    """``shops.till``; of the city's and of a lone file of an app likewise."""
    parts = module.split(".")
    return ".".join(parts[: 3 if parts[:2] == ["kkmp", "city"] else 2])


def refused(importer: str, imported: str) -> bool:
    """Whether one module may not import another one; both by their dotted names."""
    ours, theirs = package_of(importer), package_of(imported)
    inside = imported.removeprefix(theirs).strip(".").split(".")
    app, _dot, root = ours.rpartition(".")
    if ours == theirs or imported.startswith(ELSEWHERE):
        return False
    if root in ROOTS and imported.startswith(f"{app}."):
        return False
    if theirs.rpartition(".")[2] in ROOTS:
        return theirs.rpartition(".")[2] != "models"
    if theirs.startswith("kkmp.") and theirs.split(".")[1] in FLOOR:
        return inside[0] in PAGES
    if any(imported == value or imported.startswith(f"{value}.") for value in VALUES):
        return False
    by = BUILT_UPON.get(inside[0], set())
    return inside[0] not in FOR_ALL and by.isdisjoint(importer.split("."))


def imports(module: str, text: str) -> Iterator[tuple[str, str]]:
    """Every import of ours in a file, also those within a function or for types alone."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [_module(node.module, alias.name) for alias in node.names]
        else:
            continue
        for name in names:
            if _is_ours(name):
                yield module, name


def _is_ours(name: str) -> bool:
    return name.split(".")[0] in {"kkmp", "finance", "members", "shops"}


def _module(where: str, name: str) -> str:
    """``shops.till.views`` of ``from shops.till import views``."""
    path = ROOT / where.replace(".", "/") / name
    return f"{where}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else where


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


ALL = [pair for path in OURS for pair in imports(dotted(path), path.read_text(encoding="utf-8"))]


def test_a_package_uses_of_another_what_it_offers(case):
    assert len(ALL) > 2_000
    for importer, imported in sorted(set(ALL)):
        with case(f"{importer} {imported}"):
            assert not refused(importer, imported)


def circle(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Packages each of which imports the next, and the last the first; none if all look down."""
    below: dict[str, set[str]] = defaultdict(set)
    for importer, imported in pairs:
        if package_of(importer) != package_of(imported):
            below[package_of(importer)].add(package_of(imported))
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_packages_import_each_other_not_even_for_types():
    """Whoever names a type of another package knows that package."""
    assert circle(ALL) == []


@pytest.mark.parametrize(
    "back",
    [
        "from shops.goods.models import Product",
        "if TYPE_CHECKING:\n    from shops.goods.models import Product",
        "def f():\n    from shops.goods import models",
    ],
)
def test_a_circle_is_found_wherever_the_import_stands(back):
    down = list(imports("shops.goods.services.products", "from shops.stock.services import stock"))
    assert circle(down) == []
    packages = circle([*down, *imports("shops.stock.queries", back)])
    assert set(packages) == {"shops.goods", "shops.stock"}


def test_values_are_used_elsewhere_and_show_nothing(case):
    """None of them is a page, a form or an operation under another name."""
    shown = {"django.shortcuts", "django.http", "django.forms", "rest_framework"}
    for value in sorted(VALUES):
        with case(value):
            assert any(
                package_of(importer) != package_of(value)
                and (imported == value or imported.startswith(f"{value}."))
                for importer, imported in ALL
            )
            for path in OURS:
                if dotted(path) == value or dotted(path).startswith(f"{value}."):
                    text = path.read_text(encoding="utf-8")
                    assert not any(f"from {name}" in text for name in shown)


@pytest.mark.parametrize(
    ("importer", "line", "is_refused"),
    [
        ("members.dues.views.dues", "from members.savings import views", True),
        ("members.dues.forms", "from members.savings.forms import Payment", False),
        ("members.dues.serializers", "from members.savings.forms import Payment", True),
        ("members.dues.services.collections", "from members.savings import forms", True),
        ("members.papers.documents.cards", "from members.savings import documents", False),
        ("members.papers.views.cards", "from members.savings import documents", True),
        ("members.people.exports", "from members.register.filters import MemberFilter", False),
        ("members.people.exports", "from members.savings.forms import Payment", False),
        ("members.people.plugins", "from members.register.filters import MemberFilter", True),
        ("shops.reports.api", "import shops.receipts.api", True),
        ("shops.reports.api", "from shops.receipts import queries", False),
        ("shops.till.services.sales", "from shops.pricing import basket", False),
        ("shops.till.services.sales", "from shops.stock.levels import held", True),
        ("shops.admin", "from shops.till import admin", False),
        ("members.admin", "from shops.till import admin", True),
        ("shops.till.views", "from kkmp.access import views", True),
        ("shops.till.views", "from kkmp.access import web", False),
        ("kkmp.city.public.api", "from kkmp.city.progress.api import Figures", True),
        ("kkmp.demo.story", "from shops.till.views import till", True),
        ("shops.till.models", "def f():\n    from shops.goods import urls", True),
    ],
)
def test_the_rule_tells_what_it_should(importer, line, is_refused):
    ((_, imported),) = imports(importer, line)
    assert refused(importer, imported) == is_refused


def taken_privately(module: str, text: str) -> Iterator[str]:
    """Names beginning with an underscore that a file takes from another package, however it does.

    By importing them, or by a dot after what it imported.
    """
    tree = ast.parse(text)
    theirs: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for one in node.names:
                theirs[one.asname or one.name] = f"{node.module}.{one.name}"
        elif isinstance(node, ast.Import):
            # Without ``as``, the name is the first part: ``shops`` of ``import shops.till``.
            theirs |= {one.asname: one.name for one in node.names if one.asname}
            theirs |= {one.name.split(".")[0]: "" for one in node.names if not one.asname}
    used = [theirs[name] for name in theirs if theirs[name]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            dots = ast.unparse(node)
            first, *rest = dots.split(".")
            if first in theirs and re.fullmatch(r"[\w.]+", dots):
                used.append(".".join([theirs[first] or first, *rest]))
    for name in used:
        if _is_ours(name) and package_of(name) != package_of(module):
            private = {part for part in name.split(".") if part[0] == "_" and part[:2] != "__"}
            if private - DJANGOS:
                yield name


def test_what_is_private_stays_in_its_package(case):
    """What two packages use has a name that says so."""
    for path in OURS:
        with case(dotted(path)):
            text = path.read_text(encoding="utf-8")
            assert list(taken_privately(dotted(path), text)) == []


@pytest.mark.parametrize(
    ("module", "text", "taken"),
    [
        ("shops.till.views", "from shops.stock.levels import _held", "shops.stock.levels._held"),
        ("shops.till.views", "from shops.till.shelf import _goods", None),
        (
            "shops.till.views",
            "from shops.stock import queries\nqueries._sum()",
            "shops.stock.queries._sum",
        ),
        ("shops.till.views", "from shops.till import queries\nqueries._sum()", None),
        (
            "shops.till.views",
            "from members.register import models as m\nm.Member._secret",
            "members.register.models.Member._secret",
        ),
        (
            "shops.till.views",
            "import shops.stock.queries\nshops.stock.queries._sum()",
            "shops.stock.queries._sum",
        ),
        (
            "shops.till.views",
            "import shops.stock.queries as q\nq._sum()",
            "shops.stock.queries._sum",
        ),
        (
            "shops.till.views",
            "from shops.stock.models import Stock\nStock._meta.get_field('id')",
            None,
        ),
        (
            "kkmp.city.public.views",
            "from kkmp.city.figures.queries import places\nplaces._of()",
            "kkmp.city.figures.queries.places._of",
        ),
        (
            "kkmp.city.figures.admin",
            "from kkmp.city.figures.queries import places\nplaces._of()",
            None,
        ),
        ("shops.till.views", "from pathlib import Path\nPath._flavour", None),
    ],
)
def test_a_private_name_is_found_however_it_is_taken(module, text, taken):
    assert set(taken_privately(module, text)) == ({taken} if taken else set())
