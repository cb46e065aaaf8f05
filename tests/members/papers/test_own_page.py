"""A member's own page: opened by a link while it is good, and nothing of anyone else's."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.access.models import AuditEvent, User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from kkmp.registry.services import identity_marks
from members.models import Member, MemberLink, SavingsEntry, SavingsKind, Status
from members.papers import queries
from members.papers.services import links
from members.register import own_page
from members.register.own_page import Asked, Part
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import savings
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

NOW = timezone.now()


@pytest.fixture
def link(ayu: Member, rini: User) -> MemberLink:
    return links.issue(member=ayu, days=30, at=NOW, by=rini)


def _address(cooperative: Cooperative, token: str) -> str:
    return f"/saya/{cooperative.code}/{token}/"


def _open(link: MemberLink) -> Any:
    return Client().get(_address(link.cooperative, links.token(link)))


def _sell(member: Member, amount_idr: int, by: User) -> None:
    """What a sale posts, without a shop."""
    _post(member, Code.MEMBER_SALES, amount_idr, by)


def _post(member: Member, account: Code, amount_idr: int, by: User, on: date = MONDAY) -> None:
    sides = [
        ledger.debit(Code.CASH, abs(amount_idr)),
        ledger.credit(account, abs(amount_idr), party=member.party),
    ]
    if amount_idr < 0:
        sides = [
            ledger.debit(account, -amount_idr, party=member.party),
            ledger.credit(Code.CASH, -amount_idr),
        ]
    ledger.post(
        cooperative=member.cooperative,
        kind="manual",
        memo="Nota",
        entries=sides,
        key=uuid4(),
        on=on,
        by=by,
    )


# --- Links -----------------------------------------------------------------------------------


def test_a_link_opens_until_its_days_are_over(link: MemberLink, in_melati: Cooperative) -> None:
    text, last = links.token(link), NOW + timedelta(days=30)
    assert links.find(in_melati, text, at=last - timedelta(seconds=1)) == link
    assert links.find(in_melati, text, at=last) is None


def test_a_revoked_link_opens_nothing(link: MemberLink, in_melati: Cooperative, rini: User) -> None:
    links.revoke(link=link, at=NOW, by=rini)
    assert links.find(in_melati, links.token(link), at=NOW) is None


def test_revoking_twice_changes_nothing(link: MemberLink, rini: User) -> None:
    links.revoke(link=link, at=NOW, by=rini)
    later = links.revoke(link=link, at=NOW + timedelta(days=1), by=rini)
    assert later.revoked_at == NOW
    assert AuditEvent.objects.of(link.cooperative).filter(action="member.link_revoke").count() == 1


def test_revoking_one_leaves_another(
    link: MemberLink, ayu: Member, in_melati: Cooperative, rini: User
) -> None:
    other = links.issue(member=ayu, days=7, at=NOW, by=rini)
    links.revoke(link=link, at=NOW, by=rini)
    assert links.find(in_melati, links.token(other), at=NOW) == other


def test_whoever_left_gets_no_link(ayu: Member, rini: User) -> None:
    _leave(ayu)
    with pytest.raises(links.LinkRefused):
        links.issue(member=ayu, days=30, at=NOW, by=rini)


def test_the_link_of_who_left_opens_nothing(
    link: MemberLink, ayu: Member, in_melati: Cooperative
) -> None:
    _leave(ayu)
    assert links.find(in_melati, links.token(link), at=NOW) is None


def _leave(member: Member) -> None:
    Member.objects.of(member.cooperative).filter(id=member.id).update(status=Status.LEFT)


@pytest.mark.parametrize(
    "forge",
    [
        lambda link: links.token(link)[:-1] + ("A" if links.token(link)[-1] != "A" else "B"),
        lambda link: uuid4().hex + links.token(link)[32:],
        lambda link: link.id.hex,
        lambda link: signing.Signer(salt="another", sep=".").sign(link.id.hex),
        lambda link: signing.Signer(key="x" * 50, salt=links._SALT, sep=".").sign(link.id.hex),
        lambda link: links._signer().sign("not an id"),
        lambda link: links._signer().sign(uuid4().hex),
        lambda link: links._signer().sign(link.member_id.hex),
        lambda link: links.token(link).upper(),
        lambda link: "",
        lambda link: "\x00",
    ],
)
def test_a_token_that_we_did_not_make_opens_nothing(
    forge: Callable[[MemberLink], str], link: MemberLink, in_melati: Cooperative
) -> None:
    assert links.find(in_melati, forge(link), at=NOW) is None


def test_the_token_of_another_cooperative_opens_nothing(
    public_link: MemberLink, mawar: Cooperative
) -> None:
    answer = Client().get(_address(mawar, links.token(public_link)))
    assert answer.status_code == 404


def test_a_link_ends_after_it_begins(ayu: Member, rini: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        MemberLink.objects.create(
            cooperative=ayu.cooperative, member=ayu, made_at=NOW, made_by=rini, expires_at=NOW
        )


def test_issuing_is_on_record(link: MemberLink) -> None:
    event = AuditEvent.objects.of(link.cooperative).get(action="member.link")
    assert event.details["days"] == 30


# --- The page --------------------------------------------------------------------------------


@pytest.fixture
def public_link(melati: Cooperative, rini: User, tono: User) -> MemberLink:
    """A link like that of :func:`link`, with no scope left open."""
    with scope.cooperative(melati.pk):
        member = membership.register(
            cooperative=melati,
            particulars=Particulars(name="Ayu (rekaan)", nik=NIKS[1], phone="+6281200000002"),
            on=MONDAY,
            by=rini,
        )
        kind = SavingsKind.objects.of(melati).get(code="pokok")
        savings.deposit(
            member=member, kind=kind, amount_idr=100_000, key=uuid4(), on=MONDAY, by=tono
        )
        return links.issue(member=member, days=30, at=NOW, by=rini)


def test_the_page_opens_without_signing_in(public_link: MemberLink) -> None:
    answer = _open(public_link)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Ayu (rekaan)" in text
    assert "Rp100.000" in text


def test_the_page_is_kept_found_and_told_by_nobody(public_link: MemberLink) -> None:
    answer = _open(public_link)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in answer.content.decode()


def test_the_page_shows_neither_nik_nor_phone_and_no_name_in_its_title(
    public_link: MemberLink,
) -> None:
    text = _open(public_link).content.decode()
    assert NIKS[1].digits not in text
    assert NIKS[1].digits[6:] not in text
    assert "0812-0000-0002" not in text
    assert "6281200000002" not in text
    assert "Ayu" not in text[: text.index("</title>")]


def test_the_page_posts_nothing(public_link: MemberLink) -> None:
    """A browser told not to name the page could not prove where a form comes from."""
    text = _open(public_link).content.decode()
    assert 'method="post"' not in text.lower()
    address = _address(public_link.cooperative, links.token(public_link))
    assert Client().post(address).status_code == 405


def test_opening_is_noted(public_link: MemberLink, melati: Cooperative) -> None:
    _open(public_link)
    _open(public_link)
    with scope.cooperative(melati.pk):
        public_link.refresh_from_db()
        assert public_link.opens == 2
        assert public_link.opened_at is not None


def test_looking_without_opening_is_not_noted(public_link: MemberLink, melati: Cooperative) -> None:
    Client().head(_address(melati, links.token(public_link)))
    with scope.cooperative(melati.pk):
        public_link.refresh_from_db()
        assert public_link.opens == 0


def test_whatever_is_wrong_the_answer_is_the_same(
    public_link: MemberLink, melati: Cooperative, mawar: Cooperative, rini: User
) -> None:
    member = public_link.member
    with scope.cooperative(melati.pk):
        old = links.issue(member=member, days=7, at=NOW - timedelta(days=8), by=rini)
        back = links.revoke(
            link=links.issue(member=member, days=7, at=NOW, by=rini), at=NOW, by=rini
        )
    good = links.token(public_link)
    tokens = [links.token(old), links.token(back), good[:-2] + "xy", "apa-saja", uuid4().hex]
    answers = [Client().get(_address(melati, token)) for token in tokens]
    with scope.cooperative(melati.pk):
        _leave(member)
    answers.append(Client().get(_address(melati, good)))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert {answer["Cache-Control"] for answer in answers} == {"no-store, private"}
    assert "Ayu" not in answers[0].content.decode()


def test_an_unknown_cooperative_has_no_pages(public_link: MemberLink) -> None:
    assert Client().get(f"/saya/0000000000/{links.token(public_link)}/").status_code == 404


# --- What stands there -----------------------------------------------------------------------


def parts_of(member: Member, number: str | None = None) -> dict[str, dict[str, Any]]:
    """What each part shows, by its template."""
    asked = Asked(member, on=MONDAY, number=number)
    return {part.template: part.context for part in own_page.parts_for(asked)}


def test_the_share_of_the_surplus_is_read_from_the_books(ayu: Member, tono: User) -> None:
    assert parts_of(ayu)["members/papers/_own_surplus.html"]["shares"] == []
    _post(ayu, Code.SURPLUS_PAYABLE, 45_000, tono)
    _post(ayu, Code.SURPLUS_PAYABLE, -15_000, tono)
    page = parts_of(ayu)["members/papers/_own_surplus.html"]
    assert [one.amount_idr for one in page["shares"]] == [-15_000, 45_000]
    assert page["shares_idr"] == 30_000


def test_mandatory_savings_are_told_month_by_month(
    ayu: Member, mandatory: SavingsKind, pay: Callable[..., SavingsEntry]
) -> None:
    pay(ayu, mandatory, 20_000)
    page = parts_of(ayu)["members/dues/_own.html"]
    assert page["monthly_idr"] == 10_000
    cells = [cell.state for cell in page["row"].cells]
    assert cells[10:] == ["paid", "ahead"]
    assert page["row"].status.ahead_idr == 10_000


def test_nothing_of_anyone_elses(
    ayu: Member,
    wulan: Member,
    mandatory: SavingsKind,
    principal: SavingsKind,
    pay: Callable[..., SavingsEntry],
    tono: User,
) -> None:
    pay(wulan, principal, 100_000)
    pay(wulan, mandatory, 30_000)
    _sell(wulan, 77_000, tono)
    _post(wulan, Code.SURPLUS_PAYABLE, 88_000, tono)
    parts = parts_of(ayu)
    history = parts["members/savings/_own_history.html"]["history"]
    assert {entry.member_id for entry in history} == {ayu.id}
    assert parts["shops/till/_own.html"] == {"months": [], "latest": []}
    assert parts["members/papers/_own_surplus.html"] == {"shares": [], "shares_idr": 0}
    assert parts["members/dues/_own.html"]["row"].status.open_idr == 10_000
    assert parts["members/savings/_own.html"]["total_idr"] == 100_000


def test_what_a_package_registers_stands_on_the_page_without_an_edit_of_it(
    public_link: MemberLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = Part("components/_stat.html", {}, styles=("kkmp/css/receipt.css",))
    monkeypatch.setitem(own_page._registered, lambda asked: part, 15)
    answer = _open(public_link)
    templates = [part.template for part in answer.context["parts"]]
    assert templates[:3] == [
        "members/savings/_own.html",
        "components/_stat.html",
        "members/dues/_own.html",
    ]
    text = answer.content.decode()
    assert "css/receipt" in text
    assert text.index("css/cards") < text.index("css/receipt") < text.index("css/dues")


def test_the_page_asks_little(
    ayu: Member, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with django_assert_max_num_queries(16):
        parts_of(ayu)


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("", ""), ("+6281200000002", "0812-•••-002"), ("+62247471234", "(024)-•••-234")],
)
def test_a_phone_is_masked(phone: str, masked: str) -> None:
    assert queries.masked_phone(phone) == masked


# --- The clerk's side ------------------------------------------------------------------------


def _coop(member: Member, rest: str) -> str:
    return f"/k/{member.cooperative.code}/anggota/{rest}"


def test_a_clerk_makes_a_link_and_gets_a_text_to_send(
    ayu: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(rini)
    answer = browser.post(_coop(ayu, f"{ayu.id}/tautan/"), {"days": "7"}, follow=True)
    invitation = answer.context["invitation"]
    link = MemberLink.objects.of(ayu.cooperative).get()
    assert link.expires_at - link.made_at == timedelta(days=7)
    assert invitation.address == f"http://testserver{_address(ayu.cooperative, links.token(link))}"
    assert invitation.address in invitation.text
    assert invitation.whatsapp.startswith("https://wa.me/6281200000002?text=Yth.%20Ayu")


def test_an_unknown_number_of_days_is_the_usual_one(
    ayu: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    client_of(rini).post(_coop(ayu, f"{ayu.id}/tautan/"), {"days": "36500"})
    link = MemberLink.objects.of(ayu.cooperative).get()
    assert link.expires_at - link.made_at == timedelta(days=30)


def test_the_members_page_lists_what_works(
    link: MemberLink, ayu: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(rini)
    gone = links.issue(member=ayu, days=7, at=NOW, by=rini)
    browser.post(_coop(ayu, f"tautan/{gone.id}/cabut/"))
    answer = browser.get(_coop(ayu, f"{ayu.id}/"))
    panels = {panel.template: panel.context for panel in answer.context["panels"]}
    assert list(panels["members/papers/_links.html"]["links"]) == [link]
    assert browser.get(_coop(ayu, f"tautan/{gone.id}/")).context["invitation"] is None


def test_whoever_may_only_look_gives_out_no_links(
    link: MemberLink, ayu: Member, wati: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(wati).get(_coop(ayu, f"{ayu.id}/"))
    templates = {panel.template for panel in answer.context["panels"]}
    assert "members/papers/_links.html" not in templates


def test_the_api_gives_out_and_takes_back(
    ayu: Member, rini: User, api_of: Callable[..., APIClient]
) -> None:
    program, address = api_of(rini), f"/api/v1/members/{ayu.id}/links/"
    made = program.post(address, {"days": 7}, format="json")
    assert made.status_code == 201
    assert "/saya/3374111002/" in made.json()["address"]
    (listed,) = program.get(address).json()
    assert "address" not in listed
    revoked = program.post(f"/api/v1/member-links/{listed['id']}/revoke/").json()
    assert revoked["revoked_at"]
    assert program.get(address).json() == []


def test_the_api_refuses_other_numbers_of_days(
    ayu: Member, rini: User, api_of: Callable[..., APIClient]
) -> None:
    answer = api_of(rini).post(f"/api/v1/members/{ayu.id}/links/", {"days": 3650}, format="json")
    assert answer.status_code == 400


def test_a_warning_stands_on_the_page_of_who_is_elsewhere_too(
    ayu: Member, rini: User, client_of: Callable[[User], Client]
) -> None:
    mark = identity_marks.mark_of(ayu.cooperative, NIKS[1]).hex()
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL kkmp.cooperative_id = '{_other(ayu)}'")
        cursor.execute("SELECT registry_identity_keep(ARRAY[decode(%s, 'hex')])", [mark])
        cursor.execute(f"SET LOCAL kkmp.cooperative_id = '{ayu.cooperative_id}'")
    answer = client_of(rini).get(_coop(ayu, f"{ayu.id}/"))
    assert "members/papers/_elsewhere.html" in {
        panel.template for panel in answer.context["panels"]
    }


def _other(member: Member) -> str:
    return str(Cooperative.objects.exclude(pk=member.cooperative_id).get().pk)
