"""The administration's table, page by page, as everybody: it says who may see and do what."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model

from kkmp.access.administration.tenant import TenantPage
from kkmp.access.models import SystemEvent
from kkmp.access.permissions import Role
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from tests.access.devices import device_of
from tests.guards import rights as decided
from tests.guards.side import Side
from tests.guards.world import ANONYMOUS, World

pytestmark = pytest.mark.usefixtures("refusals_drawn_once")

ROWS = [row for row in decided.chapters()["The administration"] if "See" in row]
OTHERS = [row for row in decided.chapters()["The administration"] if "See" not in row]
AGUS = str(Role.ADMINISTRATOR)
LOOK_UP = {"app_label": "access", "model_name": "roleholding", "field_name": "user", "term": "a"}
NOBODY = "01890000-0000-7000-8000-000000000000"


@pytest.fixture
def office(world: World, ours: Side) -> World:
    """Agus looks into Melati."""
    chosen = world.browsers[AGUS].post("/admin/koperasi/pilih/", {"cooperative": world.melati.code})
    assert chosen.status_code == 302
    agus = world.people[AGUS]
    device_of(agus)
    assert SystemEvent.objects.exists()
    return world


def model_of(row: dict[str, str]) -> type[Model]:
    app, name = row["Page"].strip("/").split("/")[1:]
    return apps.get_model(app, name)


def one_of(model: Any, cooperative: Cooperative) -> Any:
    if not isinstance(admin.site._registry[model], TenantPage):
        found = model.objects.order_by("pk").first()
        return found.pk if found else NOBODY
    with scope.cooperative(cooperative.pk):
        return model.objects.of(cooperative).order_by("id").first().pk


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["Page"])
def test_a_page_answers_everybody_as_it_is_written(row, office: World, theirs: Side):
    model, page = model_of(row), row["Page"]
    one = f"{page}{one_of(model, office.melati)}/"
    # Address, method, and whether the table lets an administrator do it.
    tries = [
        (page, "GET", row["See"]),
        (f"{one}change/", "GET", row["See"]),
        (f"{one}history/", "GET", row["See"]),
        (f"{page}add/", "GET", row["Add"]),
        (f"{page}add/", "POST", row["Add"]),
        (f"{one}change/", "POST", row["Change"]),
        (f"{one}delete/", "GET", row["Delete"]),
        (f"{one}delete/", "POST", row["Delete"]),
    ]
    for here, method, allowed in tries:
        # One door leads to all pages of a kind, so the others knock at two of them.
        is_knocked = here == page or (here.endswith("change/") and method == "POST")
        for who in [ANONYMOUS, *office.people] if is_knocked else [AGUS]:
            data = {"data": {"post": "yes", "name": "x"}} if method == "POST" else {}
            answer = office.ask(who, method, here, **data)
            expected = {200, 302} if who == AGUS and allowed else {403}
            assert answer.status_code in ({302} if who == ANONYMOUS else expected), (
                f"{method} {here} answers {who} with {answer.status_code}"
            )
    if isinstance(admin.site._registry[model], TenantPage):
        foreign = f"{page}{one_of(model, theirs.cooperative)}/change/"
        assert office.ask(AGUS, "GET", foreign).status_code == 404, foreign


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row["Address"])
def test_the_other_pages_are_for_administrators_alone(row, office: World):
    here = row["Address"].replace("(?P<url>.*)$", "tidak-ada").replace("<path:object_id>", NOBODY)
    asked = {"data": LOOK_UP} if row["Name"] == "admin:autocomplete" else {}
    for who in [ANONYMOUS, *office.people]:
        # Leaving would end the session of the browser that all tests share.
        is_left_out = row["Name"] == "admin:logout" and who == AGUS
        for method in () if is_left_out else ("GET", "POST"):
            code = office.ask(who, method, here, **asked).status_code
            refused = {302} if who == ANONYMOUS else {403}
            assert code in refused if who != AGUS else code not in {403, 500}, f"{method} {who}"
