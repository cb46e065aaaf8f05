"""Text comes in composed, by whichever way: an accent as a letter of its own finds and is found."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from kkmp.access.models import User
from kkmp.imports.models import ImportBatch
from kkmp.lib import spreadsheet
from kkmp.lib.unicode_form import composed
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member
from tests.imports.conftest import MEMBER_TITLES, listed, xlsx

#: As a telephone or a Mac sends it, and as everybody else does.
SENT, ANDRE = "Andre\u0301 Nin\u0303o", "Andr\u00e9 Ni\u00f1o"


def _people(cooperative: Cooperative) -> list[str]:
    with scope.cooperative(cooperative.pk):
        return list(Member.objects.of(cooperative).values_list("name", flat=True))


def _register(browser: Client, cooperative: Cooperative, **typed: str) -> None:
    form = {"name": SENT, "status": "applied", "key": str(uuid4())} | typed
    answer = browser.post(reverse("members:register", args=[cooperative.code]), form)
    assert answer.status_code == 302, answer.content.decode()


def test_all_texts_within_are_composed_and_nothing_else_changes() -> None:
    sent = {"name": SENT, "lines": [{"note": SENT, "count": 2, "is_new": True}, None]}
    assert composed(sent) == {
        "name": ANDRE,
        "lines": [{"note": ANDRE, "count": 2, "is_new": True}, None],
    }


def test_a_form_keeps_the_composed_name_and_both_ways_of_typing_find_it(
    melati: Cooperative, rini: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(rini)
    _register(browser, melati)
    assert _people(melati) == [ANDRE]
    for asked in (SENT, ANDRE, "Nin\u0303o"):
        page = browser.get(reverse("members:list", args=[melati.code]), {"q": asked})
        assert ANDRE in page.content.decode()


def test_the_api_keeps_and_finds_it_too(
    melati: Cooperative, rini: User, api_of: Callable[..., APIClient]
) -> None:
    program = api_of(rini)
    sent = {"name": SENT, "status": "applied", "key": str(uuid4())}
    answer = program.post("/api/v1/members/", sent, format="json")
    assert answer.json()["name"] == ANDRE
    assert _people(melati) == [ANDRE]
    found = program.get("/api/v1/members/", {"q": SENT}).json()["results"]
    assert [row["name"] for row in found] == [ANDRE]


@pytest.mark.parametrize("way", ["page", "api"])
def test_an_imported_list_and_its_name_are_composed(
    melati: Cooperative,
    rini: User,
    client_of: Callable[[User], Client],
    api_of: Callable[..., APIClient],
    way: str,
) -> None:
    content = xlsx(MEMBER_TITLES, listed(1, SENT))
    file: Any = SimpleUploadedFile("Pe\u0301rez.xlsx", content)
    if way == "page":
        url = reverse("imports:members_upload", kwargs={"code": melati.code})
        assert client_of(rini).post(url, {"file": file}).status_code == 302
    else:
        sent = {"kind": "members", "file": file}
        answer = api_of(rini).post("/api/v1/imports/", sent, format="multipart")
        assert answer.status_code == 201, answer.content
    with scope.cooperative(melati.pk):
        assert ImportBatch.objects.of(melati).get().filename == "P\u00e9rez.xlsx"


@pytest.mark.parametrize(
    "content", [xlsx(["Nama", SENT], [SENT, 1.5]), f"Nama;{SENT}\n{SENT};1,5\n".encode()]
)
def test_spreadsheets_are_read_composed(content: bytes) -> None:
    rows = spreadsheet.read(content)[0].rows
    assert rows[0].cells == ("Nama", ANDRE)
    assert rows[1].cells[0] == ANDRE
    assert rows[1].cells[1] in (1.5, "1,5")


@pytest.mark.parametrize(
    "unseen",
    ["\xad", "\u034f", "\u115f", "\u1160", "\u200b", "\u2060", "\u3164", "\uffa0"],
    ids=ascii,
)
def test_what_nobody_sees_makes_no_second_name_of_one(unseen: str) -> None:
    assert composed(f"Bu{unseen}di Santoso{unseen}") == "Budi Santoso"


def test_joiners_of_scripts_and_pictures_stay() -> None:
    for text in ("\u0995\u09cd\u200d\u09b7", "\U0001f468\u200d\U0001f33e", "\u2764\ufe0f"):
        assert composed(text) == text
