"""The fixed cast, the database they live in, and the doors they use.

Two cooperatives, Melati and Mawar. At Melati: Sari is cashier, Tono treasurer, Rini membership
clerk, Budi manager and Wati supervisor. Joko manages Mawar: he is the outsider. Dewi is a city
officer, Bayu a city mentor and Agus the administrator. All of them are invented.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from rest_framework.test import APIClient

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.city.services.establish import establish
from kkmp.registry import database, scope
from kkmp.registry.models import Cooperative, Kelurahan, Regency
from tests import databases
from tests.guards import statements

#: The day of most stories, a Monday.
MONDAY = date(2026, 11, 23)
PASSWORD = "melati-dan-mawar-2026"


def pytest_configure() -> None:
    """Files come from where they are kept, without hashes in their names; passwords are quick."""
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# --- The database --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Connect as the application to a database of the worker's own.

    The application may not empty tables. After a test that commits, the worker gets a new one.
    """
    with django_db_blocker.unblock():
        own = databases.Databases(worker_id)
        original = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = lambda self: own.renew()  # type: ignore[method-assign]
        with own.connected(), django_db_blocker.block():
            yield
        TransactionTestCase._fixture_teardown = original  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """Each test begins in the system's language: a request of another test leaves its own."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _statements_name_the_cooperative(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test whose code would look at every cooperative's rows.

    ``@pytest.mark.raw_statements`` is for tests that break row security on purpose.
    """
    if request.node.get_closest_marker("raw_statements"):
        yield
        return
    with connection.execute_wrapper(statements.guard):
        yield


@pytest.fixture
def as_owner(django_db_blocker: Any) -> Callable[..., None]:
    """Run SQL as the owner, whom row security does not bind, in a connection of its own."""

    def run(statement: str) -> None:
        with database.as_owner(), connection.cursor() as cursor:
            cursor.execute(statement)

    return run


# --- The cast --------------------------------------------------------------------------------


@pytest.fixture
def agus(db: None) -> User:
    user = User.objects.create_user("agus", password=PASSWORD, name="Agus (rekaan)")
    roles.grant(user=user, role=Role.ADMINISTRATOR, by=None)
    return user


@pytest.fixture
def semarang(db: None) -> Regency:
    return Regency.objects.get(code="33.74")


@pytest.fixture
def melati(agus: User) -> Cooperative:
    return _cooperative("33.74.11.1002", agus)


@pytest.fixture
def mawar(agus: User) -> Cooperative:
    return _cooperative("33.74.15.1003", agus)


def _cooperative(kelurahan: str, by: User) -> Cooperative:
    return establish(
        kelurahan=Kelurahan.objects.get(code=kelurahan),
        by=by,
        on=date(2025, 6, 24),
        principal_idr=100_000,
        mandatory_idr=10_000,
    )


def _person(name: str, role: Role, place: Cooperative | Regency, by: User) -> User:
    user = User.objects.create_user(name.lower(), password=PASSWORD, name=f"{name} (rekaan)")
    where = {"cooperative" if isinstance(place, Cooperative) else "regency": place}
    roles.grant(user=user, role=role, by=by, **where)  # type: ignore[arg-type]
    return user


@pytest.fixture
def sari(melati: Cooperative, agus: User) -> User:
    return _person("Sari", Role.CASHIER, melati, agus)


@pytest.fixture
def tono(melati: Cooperative, agus: User) -> User:
    return _person("Tono", Role.TREASURER, melati, agus)


@pytest.fixture
def rini(melati: Cooperative, agus: User) -> User:
    return _person("Rini", Role.MEMBERSHIP_CLERK, melati, agus)


@pytest.fixture
def budi(melati: Cooperative, agus: User) -> User:
    return _person("Budi", Role.MANAGER, melati, agus)


@pytest.fixture
def wati(melati: Cooperative, agus: User) -> User:
    return _person("Wati", Role.SUPERVISOR, melati, agus)


@pytest.fixture
def joko(mawar: Cooperative, agus: User) -> User:
    return _person("Joko", Role.MANAGER, mawar, agus)


@pytest.fixture
def dewi(semarang: Regency, agus: User) -> User:
    return _person("Dewi", Role.CITY_OFFICER, semarang, agus)


@pytest.fixture
def bayu(semarang: Regency, agus: User) -> User:
    return _person("Bayu", Role.CITY_MENTOR, semarang, agus)


# --- Doors -----------------------------------------------------------------------------------


@pytest.fixture
def in_melati(melati: Cooperative, mawar: Cooperative) -> Iterator[Cooperative]:
    """The whole test runs in Melati's scope."""
    with scope.cooperative(melati.pk):
        yield melati


@pytest.fixture
def in_mawar(melati: Cooperative, mawar: Cooperative) -> Iterator[Cooperative]:
    """The whole test runs in Mawar's scope."""
    with scope.cooperative(mawar.pk):
        yield mawar


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def client(user: User) -> Client:
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client


@pytest.fixture
def api_of() -> Callable[..., APIClient]:
    """A program that speaks for somebody, by default at the only place they work."""

    def client(user: User, cooperative: Cooperative | None = None) -> APIClient:
        program = APIClient()
        program.force_authenticate(user)
        if cooperative is not None:
            program.credentials(HTTP_X_COOPERATIVE=cooperative.code)
        return program

    return client
