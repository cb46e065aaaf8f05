"""The fixed cast: who they are, and how they come into a database.

Making everybody takes a third of a second, loading somebody a moment. So they live in the
template of the tests' databases; a test that says ``empty_house`` makes those it names.
"""

from copy import deepcopy
from datetime import UTC, date, datetime
from unittest.mock import patch

from django.db import transaction

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.city.cooperatives.services.establish import establish
from kkmp.registry.models import Cooperative, Kelurahan, Regency

PASSWORD = "melati-dan-mawar-2026"
#: Everybody was there long before any story begins, whenever the template was made.
MADE_AT = datetime(2025, 6, 24, 2, 0, tzinfo=UTC)

REGENCY = "33.74"
COOPERATIVES = {"melati": "33.74.11.1002", "mawar": "33.74.15.1003"}
#: Who does what, and where.
PEOPLE = {
    "sari": (Role.CASHIER, "melati"),
    "tono": (Role.TREASURER, "melati"),
    "rini": (Role.MEMBERSHIP_CLERK, "melati"),
    "budi": (Role.CHAIR, "melati"),
    "wati": (Role.SUPERVISOR, "melati"),
    "joko": (Role.CHAIR, "mawar"),
    "dewi": (Role.CITY_OFFICER, REGENCY),
    "bayu": (Role.CITY_MENTOR, REGENCY),
}


def make_everybody() -> None:
    """Everybody at once, at a fixed time."""
    with transaction.atomic(), patch("django.utils.timezone.now", lambda: MADE_AT):
        agus = make_administrator()
        places: dict[str, Cooperative | Regency] = {
            name: make_cooperative(code, by=agus) for name, code in COOPERATIVES.items()
        }
        places[REGENCY] = Regency.objects.get(code=REGENCY)
        for name, (_role, place) in PEOPLE.items():
            make_person(name, at=places[place], by=agus)


def make_administrator() -> User:
    agus = User.objects.create_user(
        "agus", password=PASSWORD, name="Agus (rekaan)", date_joined=MADE_AT
    )
    roles.grant(user=agus, role=Role.ADMINISTRATOR, by=None)
    return agus


def make_cooperative(kelurahan: str, *, by: User) -> Cooperative:
    return establish(
        kelurahan=Kelurahan.objects.get(code=kelurahan),
        by=by,
        on=date(2025, 6, 24),
        today=date(2025, 6, 24),
        principal_idr=100_000,
        mandatory_idr=10_000,
    )


def make_person(name: str, *, at: Cooperative | Regency, by: User) -> User:
    role, _place = PEOPLE[name]
    user = User.objects.create_user(
        name, password=PASSWORD, name=f"{name.title()} (rekaan)", date_joined=MADE_AT
    )
    where = {"cooperative" if isinstance(at, Cooperative) else "regency": at}
    roles.grant(user=user, role=role, by=by, **where)  # type: ignore[arg-type]
    return user


class House:
    """Where the cast is found. Whoever was read once is copied: the template does not change."""

    def __init__(self) -> None:
        self._people: dict[str, User] = {}
        self._cooperatives: dict[str, Cooperative] = {}

    def person(self, name: str) -> User:
        if name not in self._people:
            self._people[name] = User.objects.get(username=name)
        return deepcopy(self._people[name])

    def cooperative(self, name: str) -> Cooperative:
        if name not in self._cooperatives:
            self._cooperatives[name] = Cooperative.objects.select_related("kelurahan").get(
                kelurahan__code=COOPERATIVES[name]
            )
        return deepcopy(self._cooperatives[name])
