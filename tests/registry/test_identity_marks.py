"""People on several registers: counted for the city, told to clerks, and nothing more."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from kkmp.lib.identity import Nik
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Regency
from kkmp.registry.services import identity_marks

#: What the application may ask of the marks.
FUNCTIONS = (
    "registry_identity_keep(bytea[])",
    "registry_identity_clear(bytea[])",
    "registry_identity_own()",
    "registry_identity_elsewhere(bytea[])",
    "registry_identity_count(varchar)",
)
WULAN, AYU = Nik("3374115203900001"), Nik("3374115203900002")


def _keep(cooperative: Cooperative, *niks: Nik) -> None:
    with scope.cooperative(cooperative.pk):
        identity_marks.keep(cooperative=cooperative, niks=niks)


def _elsewhere(cooperative: Cooperative, *niks: Nik) -> frozenset[Nik]:
    with scope.cooperative(cooperative.pk):
        return identity_marks.elsewhere(cooperative=cooperative, niks=niks)


def _count(regency: Regency) -> identity_marks.Count:
    with scope.city():
        return identity_marks.count(regency)


def _refused(statement: str, *values: object) -> None:
    said = r"permission denied|identity marks need|only the city"
    refused = pytest.raises(DatabaseError, match=said)
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_another_cooperative_of_the_city_is_noticed(melati, mawar):
    _keep(mawar, WULAN)
    assert _elsewhere(melati, WULAN, AYU) == {WULAN}


def test_a_cooperatives_own_people_are_not_elsewhere(melati, mawar):
    _keep(melati, WULAN)
    assert _elsewhere(melati, WULAN) == frozenset()


def test_marking_twice_is_marking_once(melati, mawar, semarang):
    _keep(melati, WULAN, WULAN)
    _keep(melati, WULAN)
    assert _count(semarang) == identity_marks.Count(0, 1)


def test_a_cleared_mark_is_gone_here_and_stays_there(melati, mawar, semarang):
    _keep(melati, WULAN)
    _keep(mawar, WULAN)
    with scope.cooperative(melati.pk):
        identity_marks.clear(cooperative=melati, niks=[WULAN])
    assert _elsewhere(melati, WULAN) == {WULAN}
    assert _elsewhere(mawar, WULAN) == frozenset()
    assert _count(semarang) == identity_marks.Count(0, 1)


def test_the_city_counts_people_and_not_registrations(melati, mawar, semarang):
    _keep(melati, WULAN, AYU)
    _keep(mawar, WULAN)
    assert _count(semarang) == identity_marks.Count(1, 2)


def test_nobody_is_asked_about_an_empty_list(melati, django_assert_num_queries):
    with scope.cooperative(melati.pk), django_assert_num_queries(0):
        assert identity_marks.elsewhere(cooperative=melati, niks=[]) == frozenset()
        identity_marks.keep(cooperative=melati, niks=[])


def test_a_long_list_is_one_question(melati, django_assert_num_queries):
    niks = [Nik(f"337411520390{serial:04d}") for serial in range(1, 3000)]
    with scope.cooperative(melati.pk), django_assert_num_queries(1):
        identity_marks.elsewhere(cooperative=melati, niks=niks)


def test_the_hash_differs_from_the_registers_and_by_regency(melati):
    mark = identity_marks.mark_of(melati, WULAN)
    assert len(mark) == 32
    other = Cooperative(kelurahan_id="33.22.01.2001")
    assert identity_marks.mark_of(other, WULAN) != mark


def test_the_regency_in_the_hash_is_the_one_of_the_area(melati, semarang):
    assert identity_marks.regency_code(melati) == semarang.code
    assert identity_marks.regency_code(melati) == melati.kelurahan.kecamatan.regency_id


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM registry_identitymark",
        "SELECT count(*) FROM registry_identitymark",
        "INSERT INTO registry_identitymark VALUES ('33.74', decode(repeat('00', 32), 'hex'), NULL)",
        "UPDATE registry_identitymark SET hash = hash",
        "DELETE FROM registry_identitymark",
        "TRUNCATE registry_identitymark",
    ],
)
def test_the_application_cannot_touch_the_table(statement, in_melati):
    _refused(statement)


@pytest.mark.parametrize(
    "function", ["registry_marking_cooperative()", "registry_regency_of(NULL)"]
)
def test_what_the_functions_call_is_the_owners_alone(function, in_melati):
    _refused(f"SELECT {function}")


@pytest.mark.parametrize(
    "call",
    [
        "registry_identity_keep(ARRAY[decode(repeat('00', 32), 'hex')])",
        "registry_identity_clear(ARRAY[decode(repeat('00', 32), 'hex')])",
        "registry_identity_elsewhere(ARRAY[decode(repeat('00', 32), 'hex')])",
        "registry_identity_own()",
    ],
)
def test_nothing_is_answered_where_no_cooperative_is_served(call, melati, semarang):
    _refused(f"SELECT {call}")
    with scope.city():
        _refused(f"SELECT {call}")


def test_a_cooperative_cannot_count_the_city(in_melati, semarang):
    _refused("SELECT * FROM registry_identity_count(%s)", semarang.code)


def test_something_else_than_a_hash_is_refused(in_melati):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT registry_identity_keep(ARRAY['3374115203900001'::bytea])")


def test_the_functions_run_as_the_owner_with_a_fixed_search_path(db):
    with connection.cursor() as cursor:
        for function in FUNCTIONS:
            cursor.execute(
                "SELECT prosecdef, proconfig, proowner = (SELECT relowner FROM pg_class"
                " WHERE oid = to_regclass('registry_identitymark'))"
                " FROM pg_proc WHERE oid = to_regprocedure(%s)",
                [function],
            )
            assert cursor.fetchone() == (True, ["search_path=pg_catalog, pg_temp"], True)


def test_a_table_of_the_applications_own_does_not_deceive_them(melati, mawar):
    """A temporary table of the same name would be found first on an ordinary search path.

    The application may make none; and were it so, the functions look at their own path.
    """
    _keep(mawar, WULAN)
    refused = pytest.raises(ProgrammingError, match="permission denied to create temporary")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE registry_identitymark"
            " (regency_id text, hash bytea, cooperative_id uuid)"
        )
    assert _elsewhere(melati, WULAN) == {WULAN}
