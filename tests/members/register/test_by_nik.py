"""Finding somebody by the whole NIK, and composing it from what a reader of the register sees."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from kkmp.access.models import AuditEvent, User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member
from members.register.services import by_nik, membership
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Door = Callable[..., Client]
ASK = "/api/v1/members/by-nik/"


@pytest.fixture
def registered(melati: Cooperative, rini: User) -> Member:
    """Wulan, of whom the KTP was seen; the tests stand outside of the cooperative, as people do."""
    with scope.cooperative(melati.pk):
        return membership.register(
            cooperative=melati,
            particulars=membership.Particulars(name="Wulan (rekaan)", nik=NIKS[0]),
            on=MONDAY,
            by=rini,
        )


def misses(cooperative: Cooperative) -> list[AuditEvent]:
    with scope.cooperative(cooperative.pk):
        rows = AuditEvent.objects.of(cooperative).filter(action="member.nik_miss")
        return list(rows.select_related("actor").order_by("id"))


def _page(cooperative: Cooperative) -> str:
    return reverse("members:find_by_nik", args=[cooperative.code])


def _search(browser: Client, cooperative: Cooperative, text: str) -> Any:
    return browser.post(_page(cooperative), {"nik": text}, headers={"Accept-Language": "en"})


def test_the_whole_number_leads_to_its_person(
    registered: Member, wati: User, client_of: Door
) -> None:
    answer = _search(client_of(wati), registered.cooperative, "3374 1152 0390 0001")
    assert answer["Location"] == reverse(
        "members:detail", args=[registered.cooperative.code, registered.id]
    )
    assert misses(registered.cooperative) == []


@pytest.mark.parametrize(
    "part", ["0001", "337411", "3374115203900", "5203", "", "3374********0001"]
)
def test_a_part_of_it_finds_nobody(
    registered: Member, wati: User, client_of: Door, part: str
) -> None:
    browser = client_of(wati)
    assert _search(browser, registered.cooperative, part).status_code == 422
    url = reverse("members:list", args=[registered.cooperative.code])
    assert browser.get(url, {"q": NIKS[0].digits}).context["page"].paginator.count == 0
    assert misses(registered.cooperative) == []


def test_what_was_typed_stands_in_no_address_and_is_kept_by_no_cache(
    registered: Member, wati: User, client_of: Door
) -> None:
    browser = client_of(wati)
    page = _search(browser, registered.cooperative, NIKS[5].digits)
    assert (page.status_code, page.request["QUERY_STRING"]) == (422, "")
    assert "Nobody is registered here with this NIK." in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_number_cannot_be_composed_by_trying_serials(
    registered: Member, wati: User, api_of: Callable[..., APIClient], client_of: Door
) -> None:
    """As it was done: area of the kecamatan, birth date and sex of the page, and each serial."""
    program = api_of(wati, registered.cooperative)
    row = program.get("/api/v1/members/").json()["results"][0]
    assert row["has_nik"] is True
    born, area = row["birth_date"], registered.cooperative.code[:6]
    day = int(born[8:10]) + (40 if row["sex"] == "F" else 0)
    stem = f"{area}{day:02d}{born[5:7]}{born[2:4]}"
    # From the top, so that hers, 0001, would be the last.
    told = [
        program.post(ASK, {"nik": f"{stem}{serial:04d}"}, format="json").status_code
        for serial in range(40, 0, -1)
    ]
    assert told == [404] * 20 + [429] * 20
    assert _search(client_of(wati), registered.cooperative, f"{stem}0001").status_code == 422
    found = misses(registered.cooperative)
    assert {event.actor for event in found} == {wati}
    assert [event.details["was_blocked"] for event in found[:21]] == [False] * 20 + [True]
    assert not any(stem in str(event.details) for event in found)


def test_who_searches_for_members_keeps_nobody_else_from_it(
    registered: Member, wati: User, rini: User, client_of: Door
) -> None:
    browser = client_of(wati)
    for _try in range(by_nik.LIMIT.most):
        _search(browser, registered.cooperative, NIKS[5].digits)
    page = _search(browser, registered.cooperative, NIKS[0].digits).content.decode()
    assert "Too many wrong tries" in page
    assert _search(client_of(rini), registered.cooperative, NIKS[0].digits).status_code == 302


def test_a_stranger_and_a_cashier_ask_nothing(
    registered: Member, joko: User, sari: User, client_of: Door
) -> None:
    assert _search(client_of(joko), registered.cooperative, NIKS[0].digits).status_code == 404
    assert _search(client_of(sari), registered.cooperative, NIKS[0].digits).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_misses_stay_counted_by_the_page_and_by_programs(
    melati: Cooperative, wati: User, client_of: Door, api_of: Callable[..., APIClient]
) -> None:
    browser, program = client_of(wati), api_of(wati, melati)
    for _try in range(10):
        assert _search(browser, melati, NIKS[5].digits).status_code == 422
        assert program.post(ASK, {"nik": NIKS[6].digits}, format="json").status_code == 404
    assert program.post(ASK, {"nik": NIKS[6].digits}, format="json").status_code == 429
    assert len(misses(melati)) == 21
