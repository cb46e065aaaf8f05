"""Who asks and what they are where is asked anew for each request, in one statement."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kkmp.access.models import Device, RoleHolding, User
from kkmp.access.permissions import Role
from kkmp.access.services import devices, tokens
from kkmp.access.session_store import row_name
from tests.cast import PASSWORD

SALES = "/api/v1/sales/"


@pytest.fixture
def code(melati):
    return melati.code


@pytest.fixture
def at_work(sari):
    """Sari's, signed in as people sign in."""
    found = Client()
    found.post("/akun/login/", {"login": "sari", "password": PASSWORD})
    found.get("/profil/")
    return found


def asked(client: Client, code: str, **headers: str) -> int:
    return client.get(SALES, headers={"X-Cooperative": code, **headers}).status_code


def statements(client: Client, code: str, **headers: str) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        asked(client, code, **headers)
    return [query["sql"] for query in found.captured_queries]


def test_session_person_and_roles_are_one_statement(at_work, code):
    before_the_scope = statements(at_work, code)[0:2]
    assert "session_data" in before_the_scope[0]
    assert before_the_scope[1].startswith(("SAVEPOINT", "SET LOCAL"))


def test_token_person_and_roles_are_one_statement(sari, code):
    _token, secret = tokens.issue(user=sari, name="t", at=timezone.now(), by=sari)
    first, second = statements(Client(), code, Authorization=f"Bearer {secret}")[0:2]
    assert "access_apitoken" in first
    assert second.startswith(("SAVEPOINT", "SET LOCAL"))
    assert asked(Client(), code, Authorization=f"Bearer {secret}") == asked_by(sari, code)


def asked_by(user: User, code: str) -> int:
    client = Client()
    client.force_login(user)
    return asked(client, code)


def test_a_role_that_was_taken_away_counts_on_the_next_request(at_work, sari, code, melati):
    assert asked(at_work, code) == 403  # a cashier sells and does not read all sales
    RoleHolding.objects.create(user=sari, role=Role.SUPERVISOR, cooperative=melati)
    assert asked(at_work, code) == 200
    RoleHolding.objects.filter(user=sari, role=Role.SUPERVISOR).delete()
    assert asked(at_work, code) == 403
    RoleHolding.objects.filter(user=sari).delete()
    assert asked(at_work, code) == 404


@pytest.fixture
def reader(at_work, sari, melati):
    """Sari's at_work, with a role that reads sales."""
    RoleHolding.objects.create(user=sari, role=Role.SUPERVISOR, cooperative=melati)
    return at_work


def test_an_account_that_was_switched_off_is_out_on_the_next_request(reader, sari, code):
    assert asked(reader, code) == 200
    User.objects.filter(pk=sari.pk).update(is_active=False)
    assert asked(reader, code) == 401


def test_a_new_password_ends_a_session_on_the_next_request(reader, sari, code):
    assert asked(reader, code) == 200
    sari.set_password("lain-sekali-2026")
    sari.save()
    assert asked(reader, code) == 401


def test_a_device_that_was_signed_out_is_out_on_the_next_request(reader, sari, code):
    assert asked(reader, code) == 200
    devices.end(device=Device.objects.get(user=sari), by=sari)
    assert asked(reader, code) == 401


def test_a_session_past_its_time_is_nobodys(reader, code):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert asked(reader, code) == 401


def test_a_session_without_its_device_goes_the_long_way(reader, code):
    Device.objects.all().delete()
    assert asked(reader, code) == 200


def test_whom_a_session_belongs_to_says_the_session_and_not_the_device(reader, dewi, code):
    """Whoever could write the table of devices would be nobody else by it."""
    Device.objects.update(user=dewi)
    reader.get("/profil/")
    assert b"Sari" in reader.get("/profil/").content
    assert asked(reader, code) == 200


def test_what_is_known_of_one_cooperative_says_nothing_of_another(reader, mawar):
    assert asked(reader, mawar.code) == 404


def test_the_parameter_names_it_as_the_header_does(reader, code):
    assert reader.get(SALES, {"cooperative": code}).status_code == 200


@pytest.mark.parametrize("secret", ["kkmp_wrong", "", "\N{SNOWMAN}"])
def test_a_token_that_nobody_has_finds_nobody(db, secret):
    assert tokens.arrived(secret=secret, at=timezone.now(), code="") is None


def test_the_person_is_loaded_whole(reader, sari, code):
    from kkmp.access import arrivals

    key = reader.session.session_key
    _kept, arrival = arrivals.by_session(row_name(key), code, at=timezone.now())
    assert not arrival.user.get_deferred_fields()
    assert not arrival.cooperative.get_deferred_fields()
    fresh = User.objects.get(pk=sari.pk)
    assert {f.attname: getattr(arrival.user, f.attname) for f in User._meta.concrete_fields} == {
        f.attname: getattr(fresh, f.attname) for f in User._meta.concrete_fields
    }


@pytest.mark.django_db(transaction=True)
def test_a_request_after_a_restart_of_the_database_is_answered(reader, code):
    assert asked(reader, code) == 200
    with pytest.raises(Exception, match="terminating connection"):
        connection.connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    # As at the start of each request that a server answers.
    connection.health_check_done = False
    assert asked(reader, code) == 200
