"""The fixed cast, the database they live in, and the doors they use.

Two cooperatives, Melati and Mawar. At Melati: Sari is cashier, Tono treasurer, Rini membership
clerk, Budi chair and Wati supervisor. Joko is the chair of Mawar: the outsider. Dewi is a city
officer, Bayu a city mentor and Agus the administrator. All of them are invented.
"""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from rest_framework.test import APIClient

from kkmp.access.models import User
from kkmp.registry import database, scope
from kkmp.registry.models import Cooperative, Regency
from tests import cases, cast, databases, units
from tests.guards import statements

#: The day of most stories, a Monday.
MONDAY = date(2026, 11, 23)
PASSWORD = cast.PASSWORD
#: How many seeds random stories have, in `make soak`; 0 in `make test`, which plays a few.
SOAK = int(os.environ.get("SOAK", "0"))


def pytest_configure() -> None:
    """Files come from where they are kept, without hashes in their names; passwords are quick."""
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A busy machine is slow now and then; that is no fault of the code.
    hypothesis.settings.register_profile("unhurried", deadline=None)
    hypothesis.settings.register_profile("soak", deadline=None, max_examples=1000)
    hypothesis.settings.load_profile("soak" if SOAK else "unhurried")


# --- The database --------------------------------------------------------------------------


OWN = pytest.StashKey[databases.Databases]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """The modules and tests that are loaded now stay: nobody looks through them for garbage."""
    gc.disable()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    session.config.stash[OWN] = databases.Databases(worker)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=units.order(items))


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> units.Scheduling | None:
    """Ours in place of that of ``--dist loadfile``, which `make test` asks for."""
    is_ours = config.getoption("dist") == "loadfile"
    return units.Scheduling(config, log) if is_ours else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test finds the cast in the database, with ``shop`` Melati's shop, or nobody."""
    item.config.stash[OWN].enter(databases.house_of(item))


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Any:
    result = yield
    cases.judge(pyfuncitem)
    return result


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if names := cases.visited(terminalreporter.stats):
        file = settings.VAR_DIR / "cases.txt"
        cases.write(file, names)
        terminalreporter.write_line(f"{len(names)} cases inside of tests, listed in {file}")


@pytest.fixture
def case() -> cases.Cases:
    """The cases of a test that has many: each stands in ``with case(name):``."""
    return cases.Cases()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Connect as the application to a database of the worker's own.

    The application may not empty tables. After a test that commits, the worker gets a new one.
    """
    own = request.config.stash[OWN]
    original = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: own.renew()  # type: ignore[method-assign]
    with django_db_blocker.unblock(), own.connected(), django_db_blocker.block():
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


@pytest.fixture(scope="session")
def full_house() -> cast.House:
    return cast.House()


@pytest.fixture
def agus(request: pytest.FixtureRequest, db: None, full_house: cast.House) -> User:
    return cast.make_administrator() if _is_empty(request) else full_house.person("agus")


@pytest.fixture
def semarang(db: None) -> Regency:
    return Regency.objects.get(code=cast.REGENCY)


@pytest.fixture
def melati(request: pytest.FixtureRequest, agus: User, full_house: cast.House) -> Cooperative:
    return _cooperative("melati", request, agus, full_house)


@pytest.fixture
def mawar(request: pytest.FixtureRequest, agus: User, full_house: cast.House) -> Cooperative:
    return _cooperative("mawar", request, agus, full_house)


def _cooperative(
    name: str, request: pytest.FixtureRequest, by: User, full_house: cast.House
) -> Cooperative:
    if _is_empty(request):
        return cast.make_cooperative(cast.COOPERATIVES[name], by=by)
    return full_house.cooperative(name)


@pytest.fixture
def of_the_cast(
    request: pytest.FixtureRequest, agus: User, full_house: cast.House
) -> Callable[[str], User]:
    """Somebody of the cast who works somewhere."""

    def person(name: str) -> User:
        if not _is_empty(request):
            return full_house.person(name)
        _role, place = cast.PEOPLE[name]
        at = request.getfixturevalue("semarang" if place == cast.REGENCY else place)
        return cast.make_person(name, at=at, by=agus)

    return person


def _is_empty(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("empty_house") is not None


@pytest.fixture
def sari(of_the_cast: Callable[[str], User]) -> User:
    return of_the_cast("sari")


@pytest.fixture
def tono(of_the_cast: Callable[[str], User]) -> User:
    return of_the_cast("tono")


@pytest.fixture
def rini(of_the_cast: Callable[[str], User]) -> User:
    return of_the_cast("rini")


@pytest.fixture
def budi(of_the_cast: Callable[[str], User]) -> User:
    return of_the_cast("budi")


@pytest.fixture
def wati(of_the_cast: Callable[[str], User]) -> User:
    return of_the_cast("wati")


@pytest.fixture
def joko(of_the_cast: Callable[[str], User]) -> User:
    return of_the_cast("joko")


@pytest.fixture
def dewi(of_the_cast: Callable[[str], User]) -> User:
    return of_the_cast("dewi")


@pytest.fixture
def bayu(of_the_cast: Callable[[str], User]) -> User:
    return of_the_cast("bayu")


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
