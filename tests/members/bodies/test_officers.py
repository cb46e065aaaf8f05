"""Officers and supervisors: written down, put right, ended and renewed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kkmp.access.models import AuditEvent, User
from kkmp.lib.clock import business_today
from kkmp.lib.idempotency import KeyReused
from kkmp.registry.models import Cooperative
from members.bodies import queries as reads
from members.bodies.services import officers
from members.bodies.services.officers import OfficerConflict, OfficerRefused, Term
from members.models import Body, Member, Officer, Position, Sex
from tests.conftest import MONDAY

Door = Callable[[User], Client]
TERM = Term(
    body=Body.BOARD,
    position=Position.CHAIR,
    name="Hartono (rekaan)",
    sex=Sex.MALE,
    started_on=date(2025, 6, 24),
    term_ends_on=date(2030, 6, 23),
)


@pytest.fixture
def chair(in_melati: Cooperative, rini: User) -> Officer:
    return officers.add(on=MONDAY, cooperative=in_melati, term=TERM, by=rini)


def _url(name: str, *subjects: Any) -> str:
    first = subjects[0]
    if isinstance(first, Officer):
        return reverse(f"members:{name}", args=[first.cooperative.code, first.id])
    return reverse(f"members:{name}", args=[first.code])


def _form(**changes: Any) -> dict[str, Any]:
    return {
        "body": "board",
        "position": "chair",
        "name": "Hartono (rekaan)",
        "sex": "M",
        "started_on": "2025-06-24",
        "term_ends_on": "2030-06-23",
    } | changes


def test_a_member_says_name_and_sex(ayu: Member, rini: User) -> None:
    term = replace(TERM, name="", sex="", member=ayu)
    officer = officers.add(on=MONDAY, cooperative=ayu.cooperative, term=term, by=rini)
    assert (officer.name, officer.sex, officer.member) == (ayu.name, ayu.sex, ayu)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"decision_number": "x" * 81}, "decision_number"),
        ({"body": Body.SUPERVISORS, "position": Position.TREASURER}, "position"),
        ({"term_ends_on": TERM.started_on}, "term_ends_on"),
        ({"started_on": date(2027, 11, 24), "term_ends_on": date(2032, 1, 1)}, "started_on"),
        ({"started_on": date(1926, 6, 24)}, "started_on"),
        ({"term_ends_on": date(2037, 11, 24)}, "term_ends_on"),
    ],
)
def test_what_is_wrong_is_said_beside_the_input(
    in_melati: Cooperative, rini: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(OfficerRefused) as refusal:
        officers.add(on=MONDAY, cooperative=in_melati, term=replace(TERM, **changes), by=rini)
    assert field in refusal.value.fields


def test_a_slip_in_the_year_is_refused_in_an_edit_and_a_new_term_too(
    chair: Officer, rini: User
) -> None:
    slip = replace(TERM, started_on=date(2126, 6, 24), term_ends_on=date(2130, 6, 23))
    with pytest.raises(OfficerRefused, match="Periksa tahunnya"):
        officers.edit(officer=chair, term=slip, version=1, on=MONDAY, by=rini)
    with pytest.raises(OfficerRefused, match="Periksa tahunnya"):
        officers.renew(officer=chair, term=slip, on=MONDAY, by=rini)
    chair.refresh_from_db()
    assert (chair.started_on, chair.ended_on) == (TERM.started_on, None)


def test_the_same_form_records_one_term(in_melati: Cooperative, rini: User) -> None:
    key = uuid4()
    first = officers.add(on=MONDAY, cooperative=in_melati, term=TERM, key=key, by=rini)
    assert officers.add(on=MONDAY, cooperative=in_melati, term=TERM, key=key, by=rini) == first
    with pytest.raises(KeyReused):
        officers.add(
            on=MONDAY, cooperative=in_melati, term=replace(TERM, name="Lain"), key=key, by=rini
        )
    assert Officer.objects.of(in_melati).count() == 1


def test_the_database_holds_the_days_in_order(chair: Officer) -> None:
    rows = Officer.objects.of(chair.cooperative).filter(id=chair.id)
    with pytest.raises(IntegrityError, match="members_officer_term"), transaction.atomic():
        rows.update(term_ends_on=chair.started_on)
    with pytest.raises(IntegrityError, match="members_officer_ended_after"), transaction.atomic():
        rows.update(ended_on=chair.started_on - timedelta(days=1))


def test_two_who_edit_one_term_notice(chair: Officer, rini: User) -> None:
    edited = officers.edit(
        on=MONDAY, officer=chair, term=replace(TERM, decision_number="1/SK"), version=1, by=rini
    )
    assert (edited.decision_number, edited.version) == ("1/SK", 2)
    with pytest.raises(OfficerConflict):
        officers.edit(on=MONDAY, officer=chair, term=TERM, version=1, by=rini)


def test_a_term_is_ended_once(chair: Officer, rini: User) -> None:
    end = {"officer": chair, "why": " mengundurkan  diri", "on": MONDAY, "by": rini}
    for day in (date(2025, 6, 23), MONDAY + timedelta(days=1)):
        with pytest.raises(OfficerRefused) as refusal:
            officers.end(ended_on=day, **end)
        assert "ended_on" in refusal.value.fields
    ended = officers.end(ended_on=MONDAY, **end)
    assert (ended.ended_on, ended.ended_why) == (MONDAY, "mengundurkan diri")
    assert officers.end(ended_on=MONDAY, **end) == ended
    with pytest.raises(OfficerRefused):
        officers.end(ended_on=MONDAY - timedelta(days=1), **end)
    assert AuditEvent.objects.of(chair.cooperative).filter(action="officer.end").count() == 1
    late = replace(TERM, started_on=MONDAY + timedelta(days=1))
    with pytest.raises(OfficerRefused) as refusal:
        officers.edit(on=MONDAY, officer=ended, term=late, version=ended.version, by=rini)
    assert "started_on" in refusal.value.fields


def test_a_new_term_follows_the_old_one(chair: Officer, rini: User) -> None:
    start, key = date(2027, 6, 23), uuid4()
    term = replace(TERM, started_on=start, term_ends_on=date(2032, 6, 22))
    renew = {"officer": chair, "term": term, "key": key, "on": MONDAY, "by": rini}
    fresh = officers.renew(**renew)
    assert officers.renew(**renew) == fresh
    chair.refresh_from_db()
    assert chair.ended_on == start
    cooperative = chair.cooperative
    before, after = (
        list(reads.in_office(cooperative, on=day)) for day in (start - timedelta(days=1), start)
    )
    assert (before, after) == ([chair], [fresh])
    assert reads.name_of(cooperative, Body.BOARD, Position.CHAIR, on=MONDAY) == chair.name
    assert reads.name_of(cooperative, Body.BOARD, Position.SECRETARY, on=MONDAY) == ""


# --- Pages -----------------------------------------------------------------------------------


def test_the_page_shows_who_is_in_office_and_what_the_rules_say(
    chair: Officer, wati: User, rini: User, client_of: Door
) -> None:
    page = client_of(wati).get(_url("officers", chair.cooperative))
    assert chair.name in page.content.decode()
    codes = {warning.code for warning in page.context["warnings"]}
    assert {"board_small", "no_supervisors", "board_no_member"} <= codes
    assert _url("officer_edit", chair) not in page.content.decode()
    page = client_of(rini).get(_url("officers", chair.cooperative))
    assert _url("officer_edit", chair) in page.content.decode()


def test_an_officer_is_recorded_by_member_number(ayu: Member, rini: User, client_of: Door) -> None:
    browser, form = client_of(rini), _form(name="", sex="", member_number="1", key=str(uuid4()))
    assert browser.post(_url("officer_add", ayu.cooperative), form).status_code == 302
    assert browser.post(_url("officer_add", ayu.cooperative), form).status_code == 302
    assert Officer.objects.of(ayu.cooperative).get().member == ayu
    refused = browser.post(
        _url("officer_add", ayu.cooperative), form | {"member_number": "99", "key": str(uuid4())}
    )
    assert "member_number" in refused.context["form"].errors
    refused = browser.post(
        _url("officer_add", ayu.cooperative), form | {"member_number": "", "key": str(uuid4())}
    )
    assert "name" in refused.context["form"].errors


def _opened(browser: Client, url: str) -> dict[str, Any]:
    """What the page sends back unseen."""
    form = browser.get(url).context["form"]
    return {name: form[name].value() for name in ("version", "seen")}


def _refusal(answer: Any) -> str:
    return " ".join(answer.context["form"].non_field_errors())


def test_two_edits_at_once_can_be_resolved(chair: Officer, rini: User, client_of: Door) -> None:
    browser, url = client_of(rini), _url("officer_edit", chair)
    opened = _opened(browser, url)
    assert browser.post(url, _form(**opened, decision_number="1/SK")).status_code == 302
    conflict = browser.post(url, _form(**opened, decision_number="2/SK"))
    assert conflict.status_code == 409
    assert f"diubah oleh {rini}" in _refusal(conflict)
    assert "Nomor keputusan: tadinya “–”, sekarang “1/SK”" in _refusal(conflict)
    again = {name: conflict.context["form"][name].value() for name in ("version", "seen")}
    assert browser.post(url, _form(**again, decision_number="2/SK")).status_code == 302
    chair.refresh_from_db()
    assert chair.decision_number == "2/SK"
    refused = browser.post(url, _form(version=3, name=""))
    assert refused.status_code == 422


def test_a_conflict_shows_choices_and_days_in_words(
    chair: Officer, rini: User, client_of: Door
) -> None:
    browser, url = client_of(rini), _url("officer_edit", chair)
    changes = {"sex": "F", "is_kelurahan_head": "on", "started_on": "2025-06-25"}
    opened = _opened(browser, url)
    browser.post(url, _form(**opened, **changes))
    conflict = browser.post(url, _form(**opened))
    said = _refusal(conflict)
    assert f"sekarang “{Sex.FEMALE.label}”" in said
    assert "tadinya “Tidak”, sekarang “Ya”" in said
    assert "sekarang “25 Juni 2025”" in said
    # What was not touched is what the other one wrote.
    assert conflict.context["form"]["sex"].value() == Sex.FEMALE


def test_a_member_put_in_by_another_stays_when_saved_once_more(
    chair: Officer, ayu: Member, rini: User, client_of: Door
) -> None:
    browser, url = client_of(rini), _url("officer_edit", chair)
    opened = _opened(browser, url)
    typed = opened | {"member_number": str(ayu.number), "name": ""}
    assert browser.post(url, _form(**typed)).status_code == 302
    conflict = browser.post(url, _form(**opened, decision_number="2/SK"))
    form = conflict.context["form"]
    assert form["member_number"].value() == str(ayu.number)


def test_a_term_is_ended_and_renewed_on_the_pages(
    chair: Officer, rini: User, client_of: Door
) -> None:
    browser = client_of(rini)
    assert browser.get(_url("officer_renew", chair), follow=True).status_code == 200
    today = business_today()
    form = _form(
        started_on=today.isoformat(), term_ends_on="2032-01-01", key=str(uuid4()), name=chair.name
    )
    refused = browser.post(_url("officer_renew", chair), form | {"term_ends_on": "2020-01-01"})
    assert "term_ends_on" in refused.context["form"].errors
    browser.post(_url("officer_renew", chair), form)
    fresh = reads.in_office(chair.cooperative, on=today).get()
    assert fresh.id != chair.id
    assert browser.get(_url("officer_end", fresh)).status_code == 200
    refused = browser.post(_url("officer_end", fresh), {"ended_on": "2020-01-01"})
    assert "ended_on" in refused.context["form"].errors
    browser.post(_url("officer_end", fresh), {"ended_on": today.isoformat(), "why": "pindah"})
    assert not reads.in_office(chair.cooperative, on=today).exists()
    page = browser.get(_url("officers", chair.cooperative)).content.decode()
    assert "pindah" in page
