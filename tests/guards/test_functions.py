"""The rules that functions of the database keep, so that their tables can be spread one day."""

import re
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.functions import TruncMonth, TruncWeek, TruncYear
from sqlglot import exp, parse_one

from finance.models import Journal
from kkmp.registry import functions
from kkmp.registry.tenancy import TenantModel
from tests.guards.test_architecture import OURS, relative

TENANT_TABLES = {
    model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)
}
TEXTS = {relative(file): file.read_text(encoding="utf-8") for file in functions.files()}
SQL = "\n".join(re.sub(r"--[^\n]*", "", text) for text in TEXTS.values())
#: What the project's own statements call, by its name: the application's side.
CALLED = re.compile(r"\b(?:finance|members|shops|registry|access)_\w+(?=\()")


class Function(NamedTuple):
    name: str
    is_definer: bool
    settings: list[str]
    is_trigger: bool
    may_be_called: bool
    body: str
    row_types: list[str]


@pytest.fixture
def made(db: Any) -> dict[str, Function]:
    """The functions as they are in the database, as the application sees them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.proname, p.prosecdef, coalesce(p.proconfig, '{}'),
                   p.prorettype = 'trigger'::regtype,
                   has_function_privilege(p.oid, 'EXECUTE'), p.prosrc,
                   ARRAY(SELECT t.typname::text FROM pg_type t
                         WHERE t.oid = ANY (
                             p.proargtypes::oid[] || p.proallargtypes || p.prorettype
                         )
                           AND (t.typrelid <> 0 OR EXISTS (
                               SELECT 1 FROM pg_type e WHERE e.oid = t.typelem AND e.typrelid <> 0
                           )))
            FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
            """
        )
        rows = [Function(*row) for row in cursor.fetchall()]
    by_name = {row.name: row for row in rows}
    assert len(by_name) == len(rows), "a function stands twice, with other arguments"
    return by_name


def test_all_of_them_stand_in_files_and_once(made):
    written = re.findall(r"CREATE OR REPLACE FUNCTION (\w+)\(", SQL)
    assert sorted(written) == sorted(made)
    assert len(written) == len(re.findall(r"CREATE\b[^;(]*\bFUNCTION", SQL))


def test_the_path_on_which_they_look_for_tables_is_fixed(made):
    paths = {"search_path=public, pg_temp", "search_path=pg_catalog, pg_temp"}
    assert not {name for name, one in made.items() if not paths.intersection(one.settings)}


def test_none_takes_or_returns_the_row_of_a_table(made):
    assert not {name: one.row_types for name, one in made.items() if one.row_types}


def test_triggers_and_what_they_call_run_as_the_owner(made):
    triggers = [one for one in made.values() if one.is_trigger]
    assert len(triggers) > 5
    assert not [one.name for one in triggers if not one.is_definer or one.may_be_called]
    helpers = {name for one in triggers for name in CALLED.findall(one.body)} & made.keys()
    assert "finance_check_journal" in helpers
    # What the application's functions call too acts with its caller's rights, here the owner's.
    others = {
        name for one in made.values() if not one.is_trigger for name in CALLED.findall(one.body)
    }
    assert not [name for name in helpers - others if not made[name].is_definer]


def test_what_runs_as_the_owner_for_the_application_touches_no_tenant_table(made):
    for one in made.values():
        if not (one.is_definer and one.may_be_called):
            continue
        reached = _reached(one.name, made)
        touched = {word for name in reached for word in re.findall(r"\w+", made[name].body)}
        assert not touched & TENANT_TABLES, one.name


def _reached(name: str, made: dict[str, Function]) -> set[str]:
    """The function, those that it calls, and all that these call in turn."""
    reached, found = set(), {name}
    while found:
        reached |= found
        called = {each for one in found for each in CALLED.findall(made[one].body)}
        found = (called & made.keys()) - reached
    return reached


def test_the_count_of_marks_is_one_look_at_each_table(made):
    body = made["registry_identity_count"].body
    assert "EXISTS" not in body
    assert set(re.findall(r"(?:FROM|JOIN) public\.(\w+)", body)) == {"registry_identitymark"}


def insertions() -> list[tuple[str, str]]:
    """Each INSERT of the functions that takes its rows from a SELECT, with what follows it."""
    found = []
    for match in re.finditer(r"INSERT INTO ([\w.]+)[^;]*?;", SQL):
        statement = match.group()
        if re.search(r"\)\s*SELECT\b", statement):
            found.append((statement, SQL[match.end() :][:200]))
    return found


def test_rows_taken_from_a_document_do_not_slip_past_row_security():
    seen = 0
    for statement, after in insertions():
        table = re.match(r"INSERT INTO (?:public\.)?(\w+)", statement)[1]  # type: ignore[index]
        if table not in TENANT_TABLES:
            continue
        seen += 1
        end = r"ON CONFLICT \(cooperative_id, id\) DO NOTHING;$"
        if "DO UPDATE" in statement:
            end = r"ON CONFLICT \(cooperative_id, [\w, ]+\) DO UPDATE\s+SET [^;]*;$"
        assert re.search(end, statement), statement
        assert re.match(r"\s*GET DIAGNOSTICS written = ROW_COUNT;", after), statement
        compared = rf"registry_expect_rows\(\s*'{table}'|IF written <> expected THEN\s+RAISE"
        assert re.search(compared, after), statement
    assert seen == 15


def test_what_they_write_is_of_the_cooperative_that_they_are_called_for():
    inserted = re.findall(
        r"INSERT INTO (\w+)[^(]*\(\s*(\w+),[^)]*\)\s*(?:VALUES \(|SELECT)\s*(\w+)", SQL
    )
    ours = [each for each in inserted if each[0] in TENANT_TABLES]
    assert len(ours) == len(re.findall(rf"INSERT INTO (?:{'|'.join(TENANT_TABLES)})\b", SQL)) > 8
    assert {(column, value) for _, column, value in ours} == {("cooperative_id", "cooperative")}
    updates = [
        each
        for each in re.findall(r"(?<!DO )\bUPDATE (\w+)([^;]*);", SQL)
        if each[0] in TENANT_TABLES
    ]
    assert len(updates) == 5
    for table, rest in updates:
        assert re.search(r"WHERE \w+\.cooperative_id = cooperative AND", rest), table


def test_those_that_write_are_called_as_whole_statements(made):
    """``SELECT f(cooperative, …)`` and nothing around it can be handed to where the rows are."""
    offered = [one for one in made.values() if one.may_be_called and not one.is_trigger]
    writing = re.compile(r"\b(?:INSERT INTO|UPDATE \w+|DELETE FROM)\b")
    # What runs as the owner touches no tenant table, which has a test of its own.
    posting = {one.name for one in offered if writing.search(one.body) and not one.is_definer}
    names = "|".join(sorted(posting))
    calls = []
    for path in OURS:
        if "bench" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(rf"\b({names})\(", text):
            line = text[text.rfind("\n", 0, match.start()) + 1 : text.find("\n", match.end())]
            whole = rf"[\"']SELECT {match[1]}\(%s(?:, %s)*\)[\"'],?\s*"
            assert re.search(whole, line), f"{relative(path)}: {line}"
            rest = text[text.find("[", match.end()) :]
            first = re.match(r"\[\s*([\w.]+)", rest)
            assert first, relative(path)
            assert re.search(r"cooperative(_id|\.pk)$", first[1]), f"{relative(path)}: {first[1]}"
            calls.append(match[1])
    assert len(calls) == len(set(calls)) >= 4
    helpers = {name for one in made.values() for name in CALLED.findall(one.body)}
    assert posting - set(calls) <= helpers


def test_a_truncated_month_is_a_day(db):
    for truncated in re.findall(r"date_trunc\([^()]*(?:\([^()]*\)[^()]*)*\)(?!::date)", SQL):
        pytest.fail(f"{truncated} is a moment")
    for path in OURS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"date_trunc\([^()]*\)(?!::date)", text), relative(path)
    for truncate in (TruncMonth, TruncWeek, TruncYear):
        statement = str(Journal.objects.values(begin=truncate("date")).query)
        assert re.search(r"DATE_TRUNC\(\w+, \"finance_journal\".\"date\"\)\)::date", statement)


def test_both_halves_of_a_difference_name_the_cooperative():
    halves = [
        half
        for path in OURS
        for text in re.findall(r'"""(.*?)"""', path.read_text(encoding="utf-8"), re.DOTALL)
        if re.search(r"\bSELECT\b.*\bEXCEPT\b", text, re.DOTALL)
        for difference in parse_one(
            re.sub(r"%\(\w+\)s", "'given'", text), dialect="postgres"
        ).find_all(exp.Except)
        for half in (difference.left, difference.right)
    ]
    assert len(halves) == 2
    for half in halves:
        named = [
            each
            for each in half.args["where"].find_all(exp.EQ)
            if each.left.name == "cooperative_id" and isinstance(each.right, exp.Literal)
        ]
        assert named, half.sql()
