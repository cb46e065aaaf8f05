"""Membership cards: a code that the till can read, never the NIK, and only for members."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from kkmp.access.models import User
from kkmp.lib.documents import qr_svg, render_png, undrawn
from kkmp.registry.models import Cooperative
from members.models import Category, Member, SavingsEntry, SavingsKind, Status
from members.papers.documents import cards
from members.papers.forms import NumbersField
from tests.conftest import MONDAY
from tests.members.conftest import NIKS


def _member(code: str, number: int | None) -> Member:
    return Member(cooperative=Cooperative(code=code), number=number, status=Status.ACTIVE)


def test_the_code_holds_cooperative_and_number() -> None:
    assert cards.payload(_member("3374111002", 12)) == "KKMP:3374111002:0012"


def _drawn(letters: str) -> bytes:
    """A card's picture with these letters as the name."""
    face = {"number": "0001", "since": "", "title": "", "qr": qr_svg("KKMP"), "name": letters}
    data = {"cooperative": "", "logo": _DOT, "pattern": _DOT, "demo": False, "cards": [face]}
    return render_png("members/papers/card.typ", data, dots_an_inch=72)


_DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
#: What is no letter, and so in no font: always a box.
_NOTHING = "\u0378"


@pytest.mark.parametrize(
    ("letter", "stands"),
    [
        ("é", True),
        ("Ṣ", True),
        ("ж", True),
        ("Ω", True),
        ("ع", True),
        ("א", True),
        ("ა", True),
        ("ꦧ", False),
        ("王", False),
        ("ก", False),
        ("😀", False),
    ],
)
def test_letters_that_a_card_cannot_draw_are_known(letter: str, stands: bool) -> None:
    assert (_drawn(letter) != _drawn(_NOTHING)) is stands
    assert undrawn(f"Ani {letter} Lestari’s {letter}") == ("" if stands else letter)


def test_pages_say_which_letters_stand_as_empty_boxes(
    four: list[Member], rini: User, client_of: Callable[[User], Client]
) -> None:
    client, member = client_of(rini), four[0]
    addresses = [_address(member, "kartu/"), _address(member, f"{member.id}/")]
    for address in addresses:
        assert "kotak kosong" not in client.get(address).content.decode()
    Member.objects.of(member.cooperative).filter(id=member.id).update(name="Ani 王小明")
    for address in addresses:
        page = client.get(address).content.decode()
        assert "王小明: pada “Ani 王小明” akan tercetak kotak kosong" in page, address


@given(
    code=st.from_regex(r"[0-9a-z][0-9a-z-]{0,9}", fullmatch=True),
    number=st.integers(1, 999_999_999),
)
def test_what_is_written_is_read(code: str, number: int) -> None:
    assert cards.read(cards.payload(_member(code, number))) == (code, number)


def test_a_scanner_may_add_spaces_and_small_letters() -> None:
    assert cards.read(" kkmp:3374111002:0012\n") == ("3374111002", 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8990000070030",
        "KKMP:3374111002",
        "KKMP:3374111002:",
        "KKMP:3374111002:12",
        "KKMP:3374111002:0012:1",
        "KKMP:33741110020:0012",
        "KKMP:3374111002:١٢٣٤",
        "https://example.test/KKMP:3374111002:0012",
        "3374115203900001",
    ],
)
def test_another_code_is_nobody(text: str) -> None:
    assert cards.read(text) is None


def test_a_card_never_holds_the_nik(ayu: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    monkeypatch.setattr(cards.documents, "render", lambda _t, data: given.append(data) or b"")
    cards.pdf(ayu)
    (card,) = given[0]["cards"]
    assert card["qr"] == qr_svg("KKMP:3374111002:0001")
    assert (card["name"], card["number"], card["since"]) == (
        "Ayu (rekaan)",
        "0001",
        "23 November 2026",
    )
    assert NIKS[1].digits not in str(given)


def test_a_card_is_a_pdf_and_a_picture(ayu: Member) -> None:
    assert cards.pdf(ayu).startswith(b"%PDF")
    image = cards.image(ayu)
    assert image.startswith(b"\x89PNG")
    # 85.6 x 54 mm at 300 dots an inch.
    width, height = (int.from_bytes(image[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (1011, 638)


def test_an_extraordinary_member_has_a_card_that_says_so(
    ayu: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []
    monkeypatch.setattr(cards.documents, "render", lambda _t, data: given.append(data) or b"")
    ayu.category = Category.EXTRAORDINARY
    cards.pdf(ayu)
    assert given[0]["cards"][0]["title"] == "KARTU ANGGOTA LUAR BIASA"


@pytest.mark.parametrize("name", ["#panic()", '"\\ $ _*` @x <y>', "A" * 120, "Wahyuning " * 12])
def test_any_name_stays_text_and_fits(ayu: Member, name: str) -> None:
    ayu.name = name.strip()
    assert cards.pdf(ayu).startswith(b"%PDF")


@pytest.mark.parametrize("status", [s for s in Status if s != Status.ACTIVE])
def test_only_an_active_member_has_a_card(ayu: Member, status: Status) -> None:
    ayu.status = status
    for make in (cards.pdf, cards.image, cards.refuse_cardless):
        with pytest.raises(cards.CardRefused):
            make(ayu)
    with pytest.raises(cards.CardRefused):
        cards.sheets(ayu.cooperative, [ayu])


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("", None),
        (" , ", None),
        ("7", [(7, 7)]),
        ("1-50, 63", [(1, 50), (63, 63)]),
        ("1–3;0012", [(1, 3), (12, 12)]),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, ranges: Any) -> None:
    assert NumbersField(required=False).clean(text) == ranges


# --- Pages -----------------------------------------------------------------------------------


@pytest.fixture
def four(
    ayu: Member,
    wulan: Member,
    enrol: Callable[..., Member],
    pay: Callable[..., SavingsEntry],
    principal: SavingsKind,
) -> list[Member]:
    """Ayu, number 1; two later members; Wulan is none yet."""
    later = MONDAY + timedelta(days=7)
    return [ayu] + [
        pay(enrol(name, nik=nik, rw="002"), principal, 100_000, on=later).member
        for name, nik in (("Citra (rekaan)", NIKS[2]), ("Dian (rekaan)", NIKS[3]))
    ]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The numbers on the sheets that are made."""
    found: list[list[int]] = []

    def sheets(_cooperative: Any, members: Any) -> bytes:
        members = list(members)
        if not members:
            raise cards.CardRefused("nobody")
        found.append([member.number for member in members])
        return b"%PDF"

    monkeypatch.setattr(cards, "sheets", sheets)
    return found


def _address(member: Member, rest: str) -> str:
    return f"/k/{member.cooperative.code}/anggota/{rest}"


def test_the_page_offers_active_members(
    four: list[Member], rini: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(rini).get(_address(four[0], "kartu/"))
    assert [member.number for member in answer.context["page"]] == [1, 2, 3]
    assert "Wulan" not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("which=all", [1, 2, 3]),
        ("which=all&since=2026-11-24", [2, 3]),
        ("which=all&rw=002", [2, 3]),
        ("which=all&numbers=2-9", [2, 3]),
        ("which=all&q=dian", [3]),
        ("which=chosen&n=1&n=3&n=x", [1, 3]),
        ("which=chosen&n=1&n=3&rw=002", [3]),
    ],
)
def test_sheets_are_of_whom_was_asked_for(
    query: str,
    numbers: list[int],
    four: list[Member],
    printed: list[list[int]],
    rini: User,
    client_of: Callable[[User], Client],
) -> None:
    answer = client_of(rini).get(_address(four[0], "kartu/lembar.pdf"), parse_qsl(query))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert printed == [numbers]


@pytest.mark.parametrize(
    "query", ["which=chosen", "which=all&since=31/02/2026", "which=all&numbers=abc", "part=9"]
)
def test_a_question_that_cannot_be_read_prints_nobody(
    query: str,
    four: list[Member],
    printed: list[list[int]],
    rini: User,
    client_of: Callable[[User], Client],
) -> None:
    answer = client_of(rini).get(_address(four[0], "kartu/lembar.pdf"), parse_qsl(query))
    assert answer.status_code == 302
    assert printed == []


def test_the_page_says_what_cannot_be_read(
    four: list[Member], rini: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(rini).get(_address(four[0], "kartu/"), {"numbers": "satu"})
    assert list(answer.context["filter"].form.errors) == ["numbers"]
    assert not answer.context["page"].object_list


def test_many_cards_come_in_parts(
    four: list[Member],
    printed: list[list[int]],
    rini: User,
    client_of: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cards, "CARDS_A_FILE", 2)
    browser = client_of(rini)
    parts = browser.get(_address(four[0], "kartu/")).context["parts"]
    assert [part["number"] for part in parts] == [1, 2]
    for part in parts:
        browser.get(_address(four[0], "kartu/lembar.pdf"), {"part": part["number"]})
    assert printed == [[1, 2], [3]]


def test_a_sheet_holds_ten(ayu: Member) -> None:
    made = [
        Member(
            cooperative=ayu.cooperative,
            number=number,
            name=f"Orang {number}",
            status=Status.ACTIVE,
            joined_on=date(2026, 1, 1),
        )
        for number in range(1, 12)
    ]
    assert cards.sheets(ayu.cooperative, made).startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_one_card_is_opened(
    kind: str, ayu: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(rini).get(_address(ayu, f"{ayu.id}/kartu.{kind}"))
    assert answer.status_code == 200
    assert f"kartu-0001.{kind}" in answer["Content-Disposition"]


def test_who_is_no_member_gets_no_card(
    wulan: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(rini).get(_address(wulan, f"{wulan.id}/kartu.pdf"))
    assert (answer.status_code, answer["Location"]) == (302, _address(wulan, f"{wulan.id}/"))


def test_the_api_gives_the_card(ayu: Member, rini: User, api_of: Callable[..., APIClient]) -> None:
    program = api_of(rini)
    card = program.get(f"/api/v1/members/{ayu.id}/card/").json()
    assert (card["payload"], card["number"]) == ("KKMP:3374111002:0001", 1)
    assert program.get(f"/api/v1/members/{ayu.id}/card.pdf").content.startswith(b"%PDF")
    assert program.get(f"/api/v1/members/{ayu.id}/card.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("rest", ["card/", "card.pdf", "card.png"])
def test_the_api_refuses_a_card_for_no_member(
    rest: str, wulan: Member, rini: User, api_of: Callable[..., APIClient]
) -> None:
    answer = api_of(rini).get(f"/api/v1/members/{wulan.id}/{rest}")
    assert (answer.status_code, answer.json()["code"]) == (422, "card_refused")


def test_another_cooperatives_member_has_no_card_here(
    ayu: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    assert client_of(rini).get(_address(ayu, f"{uuid4()}/kartu.pdf")).status_code == 404
