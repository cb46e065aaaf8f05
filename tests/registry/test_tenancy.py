"""Row security and composite keys: each layer is broken on purpose and must hold alone."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from finance.models import Account, Balance, Party
from kkmp.registry import scope
from kkmp.registry.models import CooperativeSettings

pytestmark = pytest.mark.raw_statements


def rows_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM finance_account")
        return cursor.fetchone()[0]


def test_nothing_is_seen_when_no_cooperative_is_named(melati):
    assert rows_seen() == 0


def test_only_the_named_cooperative_is_seen(melati, mawar):
    with scope.cooperative(melati.pk):
        assert rows_seen() > 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT cooperative_id FROM finance_account")
            assert cursor.fetchall() == [(melati.pk,)]


def test_a_raw_query_naming_another_cooperative_sees_nothing(in_melati, mawar):
    assert not Party.objects.of(mawar).exists()
    assert not CooperativeSettings.objects.of(mawar).exists()


def test_a_row_for_another_cooperative_is_refused(melati, mawar):
    with scope.cooperative(melati.pk), pytest.raises(DatabaseError), transaction.atomic():
        Party.objects.create(cooperative=mawar, kind="person", name="Selundupan")


def test_a_row_cannot_be_moved_to_another_cooperative(in_melati, mawar):
    party = Party.objects.create(cooperative=in_melati, kind="person", name="Sari (rekaan)")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE finance_party SET cooperative_id = %s WHERE id = %s", [mawar.pk, party.pk]
        )


def test_a_key_cannot_point_into_another_cooperative(melati, mawar):
    with scope.cooperative(mawar.pk):
        theirs = Account.objects.of(mawar).get(code="1-1101")
    with scope.cooperative(melati.pk), pytest.raises(IntegrityError), transaction.atomic():
        Balance.objects.create(cooperative=melati, account=theirs, month=date(2026, 11, 1))


@pytest.mark.empty_house
def test_the_city_reads_counters_and_no_personal_table(melati):
    with scope.city(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_cooperativesettings")
        assert cursor.fetchone()[0] == 1
        cursor.execute("SELECT count(*) FROM finance_account")
        assert cursor.fetchone()[0] == 0


def test_the_city_writes_nothing(melati):
    with scope.city(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_cooperativesettings SET member_target = 1")
        assert cursor.rowcount == 0


def test_a_transaction_serves_one_cooperative(melati, mawar):
    with scope.cooperative(melati.pk), pytest.raises(scope.CrossedScopes):
        scope.cooperative(mawar.pk).__enter__()


def test_the_application_owns_nothing_and_is_bound_by_row_security(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False)
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user"
        )
        assert cursor.fetchone() == (0,)


def test_a_scope_ends_with_its_block(melati):
    with scope.cooperative(melati.pk):
        assert rows_seen() > 0
    assert rows_seen() == 0
    with scope.city():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_cooperativesettings")
        assert cursor.fetchone()[0] == 0
