"""Roles: given, taken, and bound to the right kind of place."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kkmp.access import queries
from kkmp.access.models import RoleHolding, SystemEvent
from kkmp.access.permissions import PERMISSIONS, Permission, Role, permissions_of
from kkmp.access.services import audit, roles

WRITES = {p for p in Permission if p.value.rsplit(".", 1)[-1] not in ("read", "find", "export")}


def test_the_supervisor_reads_everything_of_the_cooperative_and_writes_nothing():
    reads = {p for p in Permission if p.value.endswith((".read", ".find"))} - {Permission.CITY_READ}
    assert PERMISSIONS[Role.SUPERVISOR] == reads | {Permission.MEMBERS_EXPORT}
    assert not PERMISSIONS[Role.SUPERVISOR] & WRITES


def test_the_cashier_sees_no_members_data():
    assert not PERMISSIONS[Role.CASHIER] & {
        Permission.MEMBERS_READ,
        Permission.SAVINGS_READ,
        Permission.NIK_REVEAL,
        Permission.BOOKS_READ,
    }


def test_nobody_in_the_city_may_do_a_cooperatives_work():
    for role in (Role.CITY_OFFICER, Role.CITY_MENTOR):
        assert {p.value.split(".")[0] for p in PERMISSIONS[role]} == {"city"}


def test_several_roles_add_up():
    both = permissions_of([Role.CASHIER, Role.MEMBERSHIP_CLERK])
    assert both == PERMISSIONS[Role.CASHIER] | PERMISSIONS[Role.MEMBERSHIP_CLERK]


@pytest.mark.django_db
def test_a_role_given_twice_is_held_once(sari, melati):
    roles.grant(user=sari, role=Role.CASHIER, cooperative=melati, by=None)
    assert RoleHolding.objects.filter(user=sari).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CASHIER, Role.CITY_OFFICER])
def test_a_role_without_its_place_is_refused(sari, role):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.create(user=sari, role=role)


def test_a_city_role_in_a_cooperative_is_refused(sari, melati):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.create(user=sari, role=Role.CITY_OFFICER, cooperative=melati)


def test_taking_the_last_administrators_role_closes_the_admin(agus):
    assert agus.is_staff
    roles.revoke(holding=agus.holdings.get(), by=None)
    agus.refresh_from_db()
    assert not agus.is_staff
    assert not agus.is_superuser


def test_access_ends_with_the_role(sari, melati, client_of):
    browser = client_of(sari)
    assert browser.get(f"/k/{melati.code}/").status_code == 200
    roles.revoke(holding=sari.holdings.get(), by=None)
    assert browser.get(f"/k/{melati.code}/").status_code == 404


def test_an_officer_works_for_their_regency(dewi, semarang):
    regency, permissions = queries.city_permissions(dewi)
    assert regency == semarang
    assert permissions == PERMISSIONS[Role.CITY_OFFICER]


def test_an_administrator_reads_the_city(agus, semarang):
    assert queries.city_permissions(agus) == (semarang, PERMISSIONS[Role.ADMINISTRATOR])


@pytest.mark.parametrize("table", ["access_auditevent", "access_systemevent"])
@pytest.mark.raw_statements
def test_events_cannot_be_changed(table, in_melati, agus):
    audit.record(cooperative=in_melati, action="x", by=agus)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET action = 'y'")


@pytest.mark.django_db(transaction=True)
@pytest.mark.raw_statements
def test_not_even_the_owner_changes_events(agus, as_owner):
    assert SystemEvent.objects.exists()
    with pytest.raises(DatabaseError, match="append-only"):
        as_owner("UPDATE access_systemevent SET action = 'y'")
    with pytest.raises(DatabaseError, match="append-only"):
        as_owner("DELETE FROM access_systemevent")
