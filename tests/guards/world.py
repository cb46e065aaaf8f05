"""Melati and Mawar with somebody in every role, each of them signed in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.registry.models import Cooperative
from tests import cast
from tests.guards.belongings import furnish as furnish_one
from tests.guards.side import Side

ANONYMOUS, OUTSIDER = "anonymous", "outsider"
#: By role; Joko, the chair of Mawar, is a stranger at Melati.
WHO = {str(role): name for name, (role, place) in cast.PEOPLE.items() if place != "mawar"}
WHO |= {str(Role.ADMINISTRATOR): "agus", OUTSIDER: "joko"}


@dataclass
class World:
    """:param people: by their role at Melati or in the city"""

    melati: Cooperative
    mawar: Cooperative
    people: dict[str, User]
    browsers: dict[str, Client] = field(default_factory=dict)
    programs: dict[str, APIClient] = field(default_factory=dict)

    def ask(
        self,
        who: str,
        method: str,
        path: str,
        *,
        is_api: bool = False,
        then: Callable[[], None] | None = None,
        **data: Any,
    ) -> Any:
        """What somebody is answered; whatever that did is undone, once ``then`` has looked."""
        doors: dict[str, Any] = self.programs if is_api else self.browsers
        with undone():
            answer = getattr(doors[who], method.lower())(path, **data)
            if then is not None:
                then()
            return answer


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that ends as if it had never been; services may begin theirs within it."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]
    with atomic:
        yield
        transaction.set_rollback(True)


def build() -> World:
    house = cast.House()
    people = {who: house.person(name) for who, name in WHO.items()}
    world = World(house.cooperative("melati"), house.cooperative("mawar"), people)
    for who, user in people.items():
        sign_in(world, who, user)
    world.browsers[ANONYMOUS], world.programs[ANONYMOUS] = Client(), _program(world.melati)
    return world


def furnish(world: World) -> tuple[Side, Side]:
    """Fill both with a thing of every kind; Mawar has more people than Joko then."""
    ours = {Role(who): user for who, user in world.people.items() if who != OUTSIDER}
    theirs = {Role.CHAIR: world.people[OUTSIDER]}
    for role in (Role.CASHIER, Role.TREASURER, Role.MEMBERSHIP_CLERK):
        theirs[role] = User.objects.create_user(f"mawar.{role}", name=f"Zamrud {role.label}")
        roles.grant(user=theirs[role], role=role, cooperative=world.mawar, by=None)
    sides = Side(world.melati, "Nilam", 11, ours), Side(world.mawar, "Zamrud", 22, theirs)
    for side in sides:
        furnish_one(side)
    return sides


def sign_in(world: World, who: str, user: User) -> None:
    browser, program = Client(raise_request_exception=False), _program(world.melati)
    # Nobody without a password is asked for it again, at pages that ask.
    user.set_unusable_password()
    user.save()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    program.force_authenticate(user)
    world.browsers[who], world.programs[who] = browser, program


def _program(cooperative: Cooperative) -> APIClient:
    program = APIClient(raise_request_exception=False)
    program.credentials(HTTP_X_COOPERATIVE=cooperative.code)
    return program
