"""Loading the demo, which only goes into a database that is marked as one."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from multiprocessing import get_context

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kkmp.access.models import SystemEvent, User
from kkmp.access.permissions import Role
from kkmp.access.services import audit, roles
from kkmp.demo import cooperatives, story, workers
from kkmp.demo.actors import Cast
from kkmp.demo.calendar import Calendar
from kkmp.lib.errors import DomainError
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative, Installation, Regency
from kkmp.runner.signins import PASSWORD

_LOADED = "demo.loaded"
_PROCESSES = 2

_GEDAWANG = cooperatives.GEDAWANG
_BRINGIN = "33.74.15.1003"
#: User name, full name, role, and the kelurahan of the cooperative where the role is held.
_USERS = (
    ("admin", "Administrator (rekaan)", Role.ADMINISTRATOR, None),
    ("kota", "Petugas Dinas (rekaan)", Role.CITY_OFFICER, None),
    ("pendamping", "Pendamping (rekaan)", Role.CITY_MENTOR, None),
    ("ketua.gedawang", "Ketua Gedawang (rekaan)", Role.CHAIR, _GEDAWANG),
    ("bendahara.gedawang", "Bendahara Gedawang (rekaan)", Role.TREASURER, _GEDAWANG),
    ("kasir.gedawang", "Kasir Gedawang (rekaan)", Role.CASHIER, _GEDAWANG),
    ("sekretaris.gedawang", "Sekretaris Gedawang (rekaan)", Role.MEMBERSHIP_CLERK, _GEDAWANG),
    ("pengawas.gedawang", "Pengawas Gedawang (rekaan)", Role.SUPERVISOR, _GEDAWANG),
    ("kasir.bringin", "Kasir Bringin (rekaan)", Role.CASHIER, _BRINGIN),
)


class NotADemo(DomainError):
    """The database is not marked as a demo."""


def is_loaded() -> bool:
    """Whether the demo has been loaded to its end."""
    return SystemEvent.objects.filter(action=_LOADED).exists()


def is_fresh() -> bool:
    """Whether nothing has been entered into this database yet."""
    return not Cooperative.objects.exists() and not User.objects.exists()


@transaction.atomic
def mark() -> None:
    """Mark a fresh database as a demo.

    :raises NotADemo: something has been entered already
    """
    if not is_fresh():
        raise NotADemo("The database holds data, so it cannot become a demo.")
    Installation.objects.filter(id=1).update(is_demo=True)


def load(*, last: date, progress: Callable[[int, int, str], None]) -> None:
    """Load every cooperative that is not there yet, so that an interrupted load can be continued.

    :param last: the demo's last day, yesterday
    :param progress: called with the steps done, all steps, and the name of what was done
    :raises NotADemo: the database is not marked
    """
    if not registry.is_demo():
        raise NotADemo("This database is not marked as a demo; nothing was loaded.")
    cast = _people()
    known = set(Cooperative.objects.values_list("kelurahan_id", flat=True))
    parts = [part for part in story.parts() if part.kelurahan not in known]
    total = sum(part.weight for part in parts)
    done = 0
    # Several processes: half of the work is Python's, and no cooperative needs another one.
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn"), initializer=workers.begin) as pool:
        told = {pool.submit(_tell, part, last, cast): part for part in parts}
        try:
            for future in as_completed(told):
                future.result()
                done += told[future].weight
                progress(done, total, told[future].name)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    _give_roles(cast.administrator)
    audit.record_system(action=_LOADED, by=None, last=last.isoformat())


def _tell(part: story.Part, last: date, cast: Cast) -> None:
    """Load one cooperative in a transaction: all of it, or nothing."""
    with transaction.atomic():
        story.tell(part, Calendar(last), cast)


def _people() -> Cast:
    # Hashed once, which is slow on purpose: all have the password that the terminal shows.
    password = make_password(PASSWORD)
    for username, name, role, _place in _USERS:
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create(username=username, password=password, name=name)
        if role in (Role.CITY_OFFICER, Role.CITY_MENTOR):
            regency = Regency.objects.get(code="33.74")
            roles.grant(user=user, role=role, regency=regency, by=None)
        elif role == Role.ADMINISTRATOR:
            roles.grant(user=user, role=role, by=None)
    people = {user.username: user for user in User.objects.all()}
    return Cast(
        administrator=people["admin"],
        officer=people["kota"],
        cashiers=_of_role(people, Role.CASHIER),
        chairs=_of_role(people, Role.CHAIR),
    )


def _of_role(people: dict[str, User], wanted: Role) -> dict[str, User]:
    """People with a role, by the kelurahan whose cooperative they work for."""
    return {
        place: people[username]
        for username, _name, role, place in _USERS
        if role == wanted and place
    }


def _give_roles(by: User) -> None:
    for username, _name, role, place in _USERS:
        if place is not None:
            roles.grant(
                user=User.objects.get(username=username),
                role=role,
                cooperative=Cooperative.objects.get(kelurahan_id=place),
                by=by,
            )
