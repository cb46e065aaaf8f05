"""The funnel: counts and ages, conversion, messages, contacts."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kkmp.access.models import User
from kkmp.lib.clock import business_today
from kkmp.lib.phone import wa_link_of
from kkmp.registry.models import Cooperative
from members.joining import whatsapp
from members.joining.queries import funnel
from members.joining.queries.terms import Terms
from members.joining.services import consents, contacts
from members.models import (
    Category,
    Channel,
    Consent,
    Contact,
    Means,
    Member,
    Purpose,
    SavingsEntry,
    SavingsKind,
    Status,
)
from members.register.services import membership
from members.register.services.particulars import Particulars
from members.takeover.services import opening
from members.takeover.services.opening import Opening
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Enrol = Callable[..., Member]
Act = Callable[..., SavingsEntry]
Door = Callable[[User], Client]
TERMS = Terms(Category.ORDINARY, 100_000, 10_000, True)


def _url(name: str, cooperative: Cooperative, *args: Any) -> str:
    return reverse(f"members:{name}", args=[cooperative.code, *args])


# --- Counts and ages -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "age"),
    [(0, "fresh"), (6, "fresh"), (7, "waiting"), (30, "waiting"), (31, "old"), (400, "old")],
)
def test_ages_are_counted_from_the_last_step(enrol: Enrol, days: int, age: str) -> None:
    lead = enrol("Calon", status=Status.LEAD, on=MONDAY - timedelta(days=days))
    (found,) = funnel.candidates(lead.cooperative, on=MONDAY)
    assert (found.age, found.since) == (age, MONDAY - timedelta(days=days))


def test_a_step_begins_a_new_age(enrol: Enrol, rini: User) -> None:
    lead = enrol("Calon", status=Status.LEAD, on=MONDAY - timedelta(days=90))
    membership.move(member=lead, to=Status.APPLIED, on=MONDAY - timedelta(days=2), by=rini)
    steps, _places = funnel.summary(lead.cooperative, on=MONDAY)
    assert [(step.key, step.cells) for step in steps] == [
        ("lead", [("fresh", 0), ("waiting", 0), ("old", 0)]),
        ("applied", [("fresh", 1), ("waiting", 0), ("old", 0)]),
        ("incomplete", [("fresh", 0), ("waiting", 0), ("old", 0)]),
    ]


def test_rws_are_counted_and_the_unknown_comes_last(enrol: Enrol, ayu: Member) -> None:
    enrol("A", status=Status.LEAD)
    enrol("B", status=Status.LEAD, rw="2")
    enrol("C", rw="2")
    _steps, places = funnel.summary(ayu.cooperative, on=MONDAY)
    assert [(place.key, place.total, place.by) for place in places] == [
        ("002", 2, {"lead": 1, "applied": 1}),
        ("", 1, {"lead": 1}),
    ]


def test_what_is_paid_and_the_last_contact_stand_beside_a_candidate(
    wulan: Member, principal: SavingsKind, pay: Act, rini: User
) -> None:
    pay(wulan, principal, 40_000)
    for day, channel in ((MONDAY - timedelta(days=3), Channel.CALL), (MONDAY, Channel.VISIT)):
        contacts.note(member=wulan, purpose=Purpose.JOINING, channel=channel, on=day, by=rini)
    (found,) = funnel.candidates(wulan.cooperative, on=MONDAY)
    assert (found.paid_idr, found.called_on, found.called_by) == (40_000, MONDAY, "visit")


# --- Conversion ------------------------------------------------------------------------------


def test_conversion_counts_who_became_a_member(
    enrol: Enrol, principal: SavingsKind, pay: Act
) -> None:
    for number, days in enumerate((3, 5, 40)):
        member = enrol(f"Orang {number}", nik=NIKS[number], on=date(2026, 10, 1))
        pay(member, principal, 100_000, on=date(2026, 10, 1) + timedelta(days=days))
    enrol("Belum", on=date(2026, 10, 30))
    enrol("Baru", on=MONDAY)
    enrol("Lama", on=date(2025, 1, 1))
    months = funnel.conversion(member.cooperative, on=MONDAY, months=3)
    assert [(one.month, one.came, one.joined, one.median_days) for one in months] == [
        (date(2026, 11, 1), 1, 0, None),
        (date(2026, 10, 1), 4, 3, 5),
        (date(2026, 9, 1), 0, 0, None),
        (None, 5, 3, 5),
    ]
    assert [one.share for one in months] == [0, Fraction(3, 4), None, Fraction(3, 5)]


def test_who_was_taken_over_as_a_member_was_never_in_the_funnel(
    in_melati: Cooperative, rini: User
) -> None:
    person = Opening(
        particulars=Particulars(name="Lama (rekaan)", nik=NIKS[4]),
        status=Status.ACTIVE,
        since=date(2026, 10, 5),
        principal_idr=100_000,
    )
    opening.take_over(cooperative=in_melati, people=[person], key=uuid4(), on=MONDAY, by=rini)
    assert funnel.conversion(in_melati, on=MONDAY)[-1].came == 0


# --- Messages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phone", "begins"),
    [
        ("+6281234567890", "https://wa.me/6281234567890?text="),
        ("+6591234567", "https://wa.me/6591234567?text="),
        ("+62247471234", ""),
        ("", ""),
    ],
)
def test_only_mobiles_have_a_whatsapp_link(phone: str, begins: str) -> None:
    link = wa_link_of(phone, "Apa kabar & salam?")
    assert link.startswith(begins)
    assert bool(link) == bool(begins)
    assert not link or unquote(link.partition("text=")[2]) == "Apa kabar & salam?"


def _text(member: Member, terms: Terms | None = TERMS, paid_idr: int = 0) -> str:
    return whatsapp.to_candidate(
        member,
        terms=terms,
        paid_idr=paid_idr,
        has_nik=bool(member.nik_hash),
        form_url="https://kkmp.test/gabung/1/",
    )


def test_a_lead_is_invited_with_the_form_and_the_cost(enrol: Enrol) -> None:
    text = _text(enrol("Siti", status=Status.LEAD, sex="F"))
    for part in ("Yth. Ibu Siti", "Rp100.000 (boleh dicicil)", "Rp10.000 sebulan", "/gabung/1/"):
        assert part in text


def test_an_applicant_is_reminded_of_the_ktp_and_the_principal(enrol: Enrol) -> None:
    text = _text(enrol("Siti"), Terms(Category.ORDINARY, 100_000, 0, False))
    for part in ("Yth. Bapak/Ibu Siti", "sudah mendaftar", "NIK belum tercatat", "Rp100.000."):
        assert part in text
    assert "dicicil" not in text
    assert "sebulan" not in text


def test_who_has_paid_a_part_is_told_the_rest(enrol: Enrol) -> None:
    text = _text(enrol("Joni", status=Status.INCOMPLETE, nik=NIKS[0]), paid_idr=40_000)
    assert "belum dibayar: Rp60.000" in text
    assert "NIK" not in text


def test_without_settings_no_amount_is_named(enrol: Enrol) -> None:
    assert "Rp" not in _text(enrol("Siti", status=Status.LEAD), None)


# --- Contacts and consents -------------------------------------------------------------------


def test_a_double_click_notes_one_contact(wulan: Member, rini: User, budi: User) -> None:
    call = {"member": wulan, "purpose": Purpose.JOINING, "channel": Channel.CALL, "on": MONDAY}
    first = contacts.note(**call, by=rini)
    assert contacts.note(**call, by=rini) == first
    contacts.note(**call, by=budi)
    contacts.note(**call, by=rini, note="minta dihubungi lagi")
    assert Contact.objects.of(wulan.cooperative).count() == 3


def test_a_note_has_to_fit(wulan: Member, rini: User) -> None:
    with pytest.raises(contacts.ContactRefused):
        contacts.note(
            member=wulan,
            purpose=Purpose.OTHER,
            channel=Channel.CALL,
            on=MONDAY,
            by=rini,
            note="x" * 201,
        )


def _say(member: Member, by: User, is_given: bool, version: str = "2026-11") -> Consent:
    return consents.record(
        member=member,
        is_given=is_given,
        means=Means.PAPER,
        notice_version=version,
        at=timezone.now(),
        by=by,
    )


def test_a_consent_is_given_and_taken_back(wulan: Member, rini: User) -> None:
    assert consents.latest(wulan) is None
    given = _say(wulan, rini, True)
    assert _say(wulan, rini, True) == given
    taken = _say(wulan, rini, False, "2030-01")
    assert (taken.is_given, taken.notice_version) == (False, "2026-11")
    assert _say(wulan, rini, False, "2030-01") == taken
    assert consents.latest(wulan) == taken
    assert _say(wulan, rini, True, "2030-01").notice_version == "2030-01"
    assert Consent.objects.of(wulan.cooperative).count() == 3


def test_nothing_given_is_not_taken_back(wulan: Member, rini: User) -> None:
    with pytest.raises(consents.ConsentRefused):
        _say(wulan, rini, False)


# --- Pages -----------------------------------------------------------------------------------


def test_the_page_lists_the_longest_waiting_first_with_a_message(
    enrol: Enrol, ayu: Member, rini: User, client_of: Door
) -> None:
    today = business_today()
    enrol("Baru", status=Status.LEAD, on=today, phone="+6281200000009")
    enrol("Lama", status=Status.LEAD, on=today - timedelta(days=50))
    page = client_of(rini).get(_url("funnel", ayu.cooperative))
    assert [row["member"].name for row in page.context["rows"]] == ["Lama", "Baru"]
    words = page.content.decode()
    assert 'href="https://wa.me/6281200000009?text=' in words
    assert 'rel="noopener"' in words
    assert "50 hari" in words


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=lead", ["Lama", "Baru"]),
        ("age=old", ["Lama"]),
        ("age=fresh", ["Wulan (rekaan)", "Baru"]),
        ("rw=3", ["Wulan (rekaan)"]),
        ("q=bar", ["Baru"]),
        ("status=active", ["Lama", "Wulan (rekaan)", "Baru"]),
    ],
)
def test_the_list_is_filtered(
    enrol: Enrol, ayu: Member, rini: User, client_of: Door, query: str, names: list[str]
) -> None:
    today = business_today()
    enrol("Baru", status=Status.LEAD, on=today)
    enrol("Lama", status=Status.LEAD, on=today - timedelta(days=50))
    enrol("Wulan (rekaan)", rw="3", on=today - timedelta(days=1))
    page = client_of(rini).get(_url("funnel", ayu.cooperative) + f"?{query}")
    assert [row["member"].name for row in page.context["rows"]] == names


def test_a_search_while_typing_answers_with_the_rows_only(
    wulan: Member, rini: User, client_of: Door
) -> None:
    url = _url("funnel", wulan.cooperative) + "?q=wulan"
    page = client_of(rini).get(url, headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert "HX-Request" in page["Vary"]


def test_more_people_cost_no_more_statements(enrol: Enrol, rini: User, client_of: Door) -> None:
    first = enrol("Satu", status=Status.LEAD)
    browser, url = client_of(rini), _url("funnel", first.cooperative)
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for number in range(8):
        enrol(f"Orang {number}", status=Status.LEAD, phone=f"+62812000000{number}0")
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) == len(few)
    assert len(few) <= 23


def test_a_contact_is_noted_and_leads_back(wulan: Member, rini: User, client_of: Door) -> None:
    back = _url("funnel", wulan.cooperative) + "?age=old"
    url = _url("contact", wulan.cooperative, wulan.id)
    answer = client_of(rini).post(url, {"channel": "whatsapp", "next": back})
    assert answer["Location"] == back
    noted = Contact.objects.of(wulan.cooperative).get()
    assert (noted.purpose, noted.channel, noted.by) == ("joining", "whatsapp", rini)


def test_a_contact_never_leads_elsewhere(wulan: Member, rini: User, client_of: Door) -> None:
    url = _url("contact", wulan.cooperative, wulan.id)
    form = {"channel": "call", "purpose": "arrears", "next": "https://evil.test/"}
    answer = client_of(rini).post(url, form)
    assert answer["Location"] == _url("detail", wulan.cooperative, wulan.id)
    client_of(rini).post(url, form | {"channel": "pigeon"})
    assert Contact.objects.of(wulan.cooperative).get().purpose == "arrears"


def test_a_consent_is_written_down_on_the_members_page(
    wulan: Member, rini: User, client_of: Door
) -> None:
    browser, url = client_of(rini), _url("consent", wulan.cooperative, wulan.id)
    browser.post(url, {"is_given": "no", "means": "spoken"})
    browser.post(url, {"is_given": "yes", "means": "web"})
    assert consents.latest(wulan) is None
    browser.post(url, {"is_given": "yes", "means": "paper"})
    browser.post(url, {"is_given": "no", "means": "spoken"})
    page = browser.get(_url("detail", wulan.cooperative, wulan.id)).content.decode()
    assert "3×24 jam" in page
    assert [c.is_given for c in Consent.objects.of(wulan.cooperative).order_by("id")] == [
        True,
        False,
    ]


def test_who_may_only_read_notes_nothing(wulan: Member, wati: User, client_of: Door) -> None:
    page = client_of(wati).get(_url("funnel", wulan.cooperative)).content.decode()
    assert _url("contact", wulan.cooperative, wulan.id) not in page
    answer = client_of(wati).post(_url("contact", wulan.cooperative, wulan.id))
    assert answer.status_code == 403
