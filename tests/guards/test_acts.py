"""Every act that is recorded is told in a sentence, in both languages, and no sentence is dead."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import translation

from kkmp.access import audit_sentences

APPS = ("kkmp", "members", "shops", "finance")
RECORDING = {"record", "record_many", "record_system"}
IN_SQL = re.compile(r"access_audit\(\s*[^;]*?'([a-z_]+\.[a-z_]+)'")
#: Placeholders that every event has.
ALWAYS = {"who", "subject"}


class Source:
    """One module: the texts that may reach ``action``, by hand of its functions' callers."""

    def __init__(self, path: Path) -> None:
        self.path, self.tree = path, ast.parse(path.read_text(encoding="utf-8"))
        self.functions = [n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef)]
        self.constants = {
            target.id: node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def calls(self) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
        for function in [*self.functions, None]:
            for node in ast.walk(function or self.tree):
                if isinstance(node, ast.Call):
                    yield node, function


SOURCES = [
    Source(path)
    for app in APPS
    for path in sorted(Path(settings.BASE_DIR, app).rglob("*.py"))
    if not {"node_modules", "migrations"} & set(path.parts)
]


def called(call: ast.Call) -> tuple[str, str]:
    """``("audit", "record")`` of ``audit.record(…)``, ``("", "_note")`` of ``_note(…)``."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        return call.func.value.id, call.func.attr
    return "", call.func.id if isinstance(call.func, ast.Name) else ""


def texts(node: ast.expr, source: Source, within: ast.FunctionDef | None) -> set[str]:
    """All that an expression may be; what cannot be told here is named by where it stands."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return texts(node.body, source, within) | texts(node.orelse, source, within)
    if isinstance(node, ast.Name):
        if node.id in source.constants:
            return texts(source.constants[node.id], source, None)
        if within is not None:
            given = [arg.arg for arg in within.args.args + within.args.kwonlyargs]
            if node.id in given:
                return handed(node.id, given.index(node.id), within.name, source)
    if ast.unparse(node) == "told.action":
        return set()  # of a ``Told``, which says it where it is made
    return {f"{source.path}:{node.lineno} is told by no literal"}


def handed(name: str, place: int, function: str, source: Source) -> set[str]:
    """What callers hand to a parameter, in the module itself and as ``module.function``."""
    found: set[str] = set()
    for other in SOURCES:
        for call, within in other.calls():
            module, what = called(call)
            is_it = what == function and (
                other is source if not module else module == source.path.stem
            )
            by_name = [k.value for k in call.keywords if k.arg == name]
            if is_it and (by_name or len(call.args) > place):
                found |= texts((by_name or [call.args[place]])[0], other, within)
    return found or {f"{source.path} {function} is called by nobody"}


def recorded() -> set[str]:
    found: set[str] = set()
    for source in SOURCES:
        for call, within in source.calls():
            if called(call) == ("audit", "note"):
                found |= texts(call.args[0], source, within)
            elif within and (
                called(call)[1] == "Told"
                or (called(call)[0] == "audit" and called(call)[1] in RECORDING)
            ):
                action = next(k.value for k in call.keywords if k.arg == "action")
                found |= texts(action, source, within)
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.sql"):
            if path.name != "audit.sql":
                found |= set(IN_SQL.findall(path.read_text(encoding="utf-8")))
    return found


def declared() -> set[str]:
    return {act.name for act in audit_sentences.registered()}


def test_every_act_that_is_recorded_has_a_sentence_and_no_sentence_is_dead():
    # What is missing here is declared in the package's plugins: audit_sentences.register(…).
    assert recorded() == declared()


def test_a_sentence_is_said_in_both_languages_with_the_same_placeholders(case):
    named = re.compile(r"%\((\w+)\)s")
    for act in audit_sentences.registered():
        said = {}
        for language in ("en", "id"):
            with translation.override(language):
                said[language] = str(act.sentence)
        with case(act.name):
            assert said["en"] != said["id"]
            assert set(named.findall(said["en"])) == set(named.findall(said["id"]))
            assert "%" not in named.sub("", said["id"])


def test_two_acts_are_never_told_alike(case):
    for language in ("en", "id"):
        with translation.override(language):
            titles = [act.title for act in audit_sentences.registered()]
        with case(language):
            assert sorted(titles) == sorted(set(titles))
