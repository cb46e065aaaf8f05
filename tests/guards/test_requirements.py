"""What the code imports is named in pyproject.toml, and not only brought along by others."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.guards.test_architecture import ROOT

OURS = {"kkmp", "finance", "members", "shops", "tests"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def plain(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()


RUNNING = {plain(each) for each in PROJECT["project"]["dependencies"]}
WORKING = RUNNING | {plain(each) for each in PROJECT["dependency-groups"]["dev"]}
#: Come with another package that says so: its extras, and parts of it.
BROUGHT = {
    "psycopg-binary": "psycopg",
    "psycopg-pool": "psycopg",
    "django-tasks": "django-tasks-db",
    "drf-spectacular-sidecar": "drf-spectacular",
}
#: Of the runner, those that `make test` and the like need; and what is measured in a browser.
TOOLS = ("kkmp/runner/", "kkmp/bench/", "tests/")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found - OURS - set(sys.stdlib_module_names)


def test_each_package_that_is_imported_is_named(case):
    providing = packages_distributions()
    for folder in sorted(OURS):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "node_modules" in path.parts:
                continue
            name = path.relative_to(ROOT).as_posix()
            named = WORKING if name.startswith(TOOLS) else RUNNING
            for module in imported(path):
                packages = {plain(each) for each in providing.get(module, ())}
                known = {BROUGHT.get(each, each) for each in packages}
                with case(f"{name}: {module}"):
                    assert known & named, f"{module} comes with {sorted(packages)}"


def test_no_assert_guards_anything(case):
    """``python -O`` leaves them out; :func:`kkmp.lib.errors.insist` stays."""
    for folder in sorted(OURS - {"tests"}):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts or "node_modules" in path.parts:
                continue
            with case(path.relative_to(ROOT).as_posix()):
                found = [
                    node.lineno
                    for node in ast.walk(ast.parse(path.read_text("utf-8")))
                    if isinstance(node, ast.Assert)
                ]
                assert found == []
