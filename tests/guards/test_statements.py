"""The guard itself is tried on statements that must and must not pass."""

import re

import pytest
from django.apps import apps

from finance.models import Line
from kkmp.registry import functions
from kkmp.registry.constraints import RowSecurity
from members.models import Member
from tests.guards.statements import (
    CITY_READS,
    UnnamedCooperative,
    tenant_tables,
    unnamed_in,
    unnamed_tables,
)
from tests.guards.test_architecture import OURS, relative

REFUSED = {
    "names nothing": "SELECT * FROM members_member",
    "names a row": "SELECT * FROM members_member m WHERE m.id = %s",
    "joins by the key alone": (
        "SELECT * FROM members_member m JOIN finance_party p ON p.id = m.party_id"
        " WHERE m.cooperative_id = %s"
    ),
    "joins to the left": (
        "SELECT 1 FROM members_member m LEFT JOIN finance_party p"
        " ON m.cooperative_id = %s AND p.cooperative_id = m.cooperative_id"
    ),
    "joins to the right": (
        "SELECT 1 FROM members_member m RIGHT JOIN finance_party p"
        " ON m.cooperative_id = p.cooperative_id WHERE m.cooperative_id = %s"
    ),
    "joins in brackets": (
        "SELECT 1 FROM members_member m JOIN (finance_party p JOIN finance_line l ON l.id = p.id)"
        " ON p.cooperative_id = m.cooperative_id WHERE m.cooperative_id = %s"
    ),
    "compares one of two": "SELECT 1 FROM members_member WHERE cooperative_id = %s OR id = %s",
    "compares what is not": "SELECT 1 FROM members_member WHERE NOT (cooperative_id = %s)",
    "compares itself": "SELECT 1 FROM members_member WHERE cooperative_id = cooperative_id",
    "asks for two": "SELECT 1 FROM members_member WHERE cooperative_id IN (%s, %s)",
    "asks for several": "SELECT 1 FROM members_member WHERE cooperative_id IN (%s, %s, %s, %s)",
    "asks for more": "SELECT 1 FROM members_member WHERE cooperative_id >= %s",
    "EXISTS anywhere": "SELECT 1 WHERE EXISTS (SELECT 1 FROM finance_line WHERE journal_id = %s)",
    "EXISTS by the outer column": (
        "SELECT 1 FROM members_member m WHERE m.cooperative_id = %s AND EXISTS"
        " (SELECT 1 FROM finance_line l WHERE l.cooperative_id = m.cooperative_id)"
    ),
    "a column's subquery by the outer column": (
        "SELECT (SELECT count(*) FROM finance_line l WHERE l.cooperative_id = m.cooperative_id)"
        " FROM members_member m WHERE m.cooperative_id = %s"
    ),
    "LATERAL by the outer column": (
        "SELECT 1 FROM members_member m, LATERAL (SELECT 1 FROM finance_line l"
        " WHERE l.cooperative_id = m.cooperative_id) x WHERE m.cooperative_id = %s"
    ),
    "IN of anybody's rows": (
        "SELECT 1 FROM members_member WHERE cooperative_id = %s"
        " AND party_id IN (SELECT id FROM finance_party)"
    ),
    "FROM narrowed outside": (
        "SELECT 1 FROM (SELECT * FROM members_member) m WHERE m.cooperative_id = %s"
    ),
    "WITH narrowed outside": (
        "WITH a AS (SELECT * FROM members_member) SELECT * FROM a WHERE cooperative_id = %s"
    ),
    "half of a UNION": (
        "SELECT id FROM members_member WHERE cooperative_id = %s UNION SELECT id FROM finance_party"
    ),
    "half of a UNION in brackets": (
        "(SELECT id FROM members_member) UNION"
        " (SELECT id FROM finance_party WHERE cooperative_id = %s)"
    ),
    "half of an EXCEPT": (
        "SELECT id FROM members_member WHERE cooperative_id = %s"
        " EXCEPT SELECT id FROM finance_party"
    ),
    "UPDATE of a row": "UPDATE members_member SET name = %s WHERE id = %s",
    "UPDATE of rows found": (
        "UPDATE members_member SET name = %s WHERE id IN"
        " (SELECT id FROM members_member WHERE cooperative_id = %s)"
    ),
    "UPDATE from elsewhere": (
        "UPDATE members_member m SET name = p.name FROM finance_party p"
        " WHERE m.cooperative_id = %s AND p.id = m.party_id"
    ),
    "UPDATE with anybody's value": (
        "UPDATE members_member m SET name = (SELECT name FROM finance_party p"
        " WHERE p.cooperative_id = m.cooperative_id LIMIT 1) WHERE m.cooperative_id = %s"
    ),
    "DELETE of a row": "DELETE FROM finance_balance WHERE id = %s",
    "DELETE by others": (
        "DELETE FROM members_member m USING finance_party p"
        " WHERE m.cooperative_id = %s AND p.id = m.party_id"
    ),
    "INSERT of nobody's row": "INSERT INTO finance_party (id, name) VALUES (%s, %s)",
    "INSERT of anybody's rows": (
        "INSERT INTO finance_party (cooperative_id, id) SELECT cooperative_id, id"
        " FROM members_member"
    ),
    "EXPLAIN": "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM members_member",
    "COPY of a query": "COPY (SELECT * FROM members_member) TO STDOUT",
    "COPY of a table": "COPY finance_party FROM STDIN",
    "TABLE": "TABLE finance_line",
    "MERGE": (
        "MERGE INTO finance_party p USING members_member m ON p.id = m.id WHEN MATCHED THEN DELETE"
    ),
}
PASSING = {
    "a shared table": "SELECT * FROM registry_kelurahan",
    "a value": "SELECT * FROM members_member m WHERE m.cooperative_id = %s",
    "a value by name": "SELECT * FROM members_member WHERE cooperative_id = %(cooperative)s::uuid",
    "a list of one": "SELECT * FROM members_member WHERE cooperative_id IN (%s)",
    "a pair": "SELECT 1 FROM members_member WHERE (cooperative_id, id) = (%s, %s)",
    "joins that compare": (
        "SELECT * FROM members_member m JOIN finance_party p ON p.id = m.party_id"
        " AND p.cooperative_id = (m.cooperative_id) LEFT JOIN finance_line l"
        " ON (l.party_id = p.id AND l.cooperative_id = (p.cooperative_id))"
        " WHERE (m.cooperative_id = %s AND m.id = %s)"
    ),
    "joins that name a value": (
        "SELECT * FROM members_member m FULL JOIN (SELECT * FROM finance_party"
        " WHERE cooperative_id = %s) p ON p.id = m.party_id WHERE m.cooperative_id = %s"
    ),
    "EXISTS with a value": (
        "SELECT 1 FROM members_member m WHERE m.cooperative_id = %s AND EXISTS"
        " (SELECT 1 FROM finance_line l WHERE l.cooperative_id = %s AND l.party_id = m.party_id)"
    ),
    "WITH": ("WITH a AS (SELECT * FROM members_member WHERE cooperative_id = %s) SELECT * FROM a"),
    "UNION": (
        "SELECT id FROM members_member WHERE cooperative_id = %s"
        " UNION SELECT id FROM finance_party WHERE cooperative_id = %s"
    ),
    "INSERT": (
        "INSERT INTO finance_party (cooperative_id, id, name) VALUES (%s, %s, %s), (%s, now(), %s)"
        " ON CONFLICT DO NOTHING"
    ),
    "INSERT of found rows": (
        "INSERT INTO finance_party (cooperative_id, id) SELECT cooperative_id, id"
        " FROM members_member WHERE cooperative_id = %s"
    ),
    "UPDATE": "UPDATE members_member SET name = %s WHERE cooperative_id = %s AND id = %s",
    "UPDATE from elsewhere": (
        "UPDATE members_member m SET name = p.name FROM finance_party p"
        " WHERE m.cooperative_id = %s AND p.cooperative_id = m.cooperative_id"
    ),
    "DELETE by others": (
        "DELETE FROM members_member m USING finance_party p"
        " WHERE m.cooperative_id = %s AND p.cooperative_id = m.cooperative_id"
    ),
    "a lock": (
        'SELECT "members_member"."id" FROM "members_member"'
        ' WHERE "members_member"."cooperative_id" = %s FOR UPDATE OF "members_member"'
    ),
    "no rows at all": "SAVEPOINT members_member",
}


def test_a_statement_that_looks_at_every_cooperative_is_caught(case):
    for name, statement in REFUSED.items():
        with case(name):
            assert unnamed_tables(statement)


def test_a_statement_that_names_the_cooperative_passes(case):
    for name, statement in PASSING.items():
        with case(name):
            assert not unnamed_tables(statement)


def test_what_the_city_reads_of_all_is_declared_and_named():
    """No personal data is among it: whoever adds a table here has thought of that."""
    declared = {
        model._meta.db_table
        for model in apps.get_models()
        for rule in model._meta.constraints
        if isinstance(rule, RowSecurity) and rule.city_reads
    }
    assert declared == CITY_READS


def test_only_the_city_and_its_doors_read_of_all_cooperatives():
    doors = {
        relative(path)
        for path in OURS
        if re.search(r"\bscope\.city\(\)", path.read_text(encoding="utf-8"))
    }
    others = {door for door in doors if not door.startswith("kkmp/city/")}
    assert others == {"kkmp/access/web.py"}
    assert len(doors) > 1


# --- Functions of the database -----------------------------------------------------------------

#: What a function of the database is called for, by the name of its argument or of its row.
GIVEN = frozenset({"cooperative", "NEW.cooperative_id"})
_BODY = re.compile(r"AS \$\$(.*?)\$\$;", re.DOTALL)
_BEGINNING = re.compile(
    r"\b(?:SELECT|INSERT INTO|UPDATE \w+ (?:\w+\s+)?SET|DELETE FROM|WITH|PERFORM)\b"
)
_INTO = re.compile(r"\bINTO (?:STRICT )?\w+(?:, \w+)*(?=\s+FROM\b|\s*$)")


def statements_of(sql: str) -> list[str]:
    """The statements in the bodies of functions, without what only their language has."""
    found = []
    for body in _BODY.findall(re.sub(r"--[^\n]*", "", sql)):
        for text in re.split(r";|\bLOOP\b", body):
            rest = text
            while match := _BEGINNING.search(rest):
                whole = _up_to_its_bracket(rest[match.start() :])
                rest = rest[match.start() + len(whole) :]
                whole = re.sub(r"^PERFORM\b", "SELECT", whole)
                found.append(_INTO.sub("", whole))
    return found


def _up_to_its_bracket(text: str) -> str:
    """What begins within brackets ends with them."""
    depth = 0
    for position, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            return text[:position]
    return text


def test_each_select_of_a_function_names_the_cooperative_it_is_called_for():
    statements = [
        statement
        for file in functions.files()
        for statement in statements_of(file.read_text(encoding="utf-8"))
    ]
    assert len([each for each in statements if any(t in each for t in tenant_tables())]) > 20
    for statement in statements:
        assert not unnamed_in(statement, GIVEN), statement


def test_a_careless_function_is_caught(case):
    careless = {
        "RETURN": "RETURN EXISTS (SELECT 1 FROM finance_month m WHERE m.month = day);",
        "INTO": "SELECT m.id INTO STRICT known FROM members_member m WHERE m.id = wanted;",
        "PERFORM": "PERFORM 1 FROM shops_stock s WHERE s.product_id = ANY(wanted) FOR UPDATE;",
        "IF": "IF FOUND THEN UPDATE shops_stock s SET quantity = 0 WHERE s.id = wanted; END IF;",
        "subquery": (
            "answer := (SELECT 1 FROM shops_sale s WHERE s.cooperative_id = cooperative AND"
            " EXISTS (SELECT 1 FROM shops_saleline l WHERE l.cooperative_id = s.cooperative_id));"
        ),
    }
    for name, text in careless.items():
        with case(name):
            found = statements_of(f"AS $$ BEGIN {text} END $$;")
            assert any(unnamed_in(each, GIVEN) for each in found)


# --- In the suite ------------------------------------------------------------------------------


def test_a_careless_query_fails_its_test(in_melati):
    with pytest.raises(UnnamedCooperative):
        Member.objects.filter(name="Sari").exists()


def test_joins_and_look_ups_of_tenant_keys_name_it_by_themselves(in_melati):
    list(Line.objects.of(in_melati).select_related("journal", "account").order_by("id"))
    list(Line.objects.of(in_melati).filter(account__code="1-1101").order_by("id"))
