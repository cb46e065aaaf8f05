"""The register's pages: list, person, form, conflict, NIK."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kkmp.access.models import AuditEvent, User
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.models import Member, SavingsEntry, SavingsKind, Status
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Enrol = Callable[..., Member]
Act = Callable[..., SavingsEntry]
Door = Callable[[User], Client]


def _url(name: str, cooperative: Cooperative, *args: Any) -> str:
    return reverse(f"members:{name}", args=[cooperative.code, *args])


def _form(**changes: Any) -> dict[str, Any]:
    return {"name": "Tuti (rekaan)", "status": "applied", "key": str(uuid4())} | changes


# --- The list --------------------------------------------------------------------------------


def test_the_list_shows_people_with_their_savings(
    ayu: Member, wulan: Member, tono: User, client_of: Door
) -> None:
    page = client_of(tono).get(_url("list", ayu.cooperative)).content.decode()
    for part in ("Ayu (rekaan)", "Rp100.000", "0001", "Wulan (rekaan)", "0812-0000-0001"):
        assert part in page
    assert NIKS[0].digits not in page


def test_the_funnel_counts_every_step(
    ayu: Member, wulan: Member, enrol: Enrol, tono: User, client_of: Door
) -> None:
    enrol("Calon", status=Status.LEAD)
    tabs = client_of(tono).get(_url("list", ayu.cooperative)).context["tabs"]
    assert [(tab["value"], tab["count"]) for tab in tabs] == [
        ("", 3),
        ("lead", 1),
        ("applied", 1),
        ("incomplete", 0),
        ("active", 1),
        ("left", 0),
    ]


def test_an_empty_register_asks_for_nothing_but_the_first_person(
    melati: Cooperative, tono: User, client_of: Door
) -> None:
    page = client_of(tono).get(_url("list", melati)).content.decode()
    assert 'role="search"' not in page
    assert "funnel" not in page
    assert "empty-state" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=ayu", {"Ayu (rekaan)"}),
        ("q=0002", {"Ayu (rekaan)"}),
        ("status=applied", {"Wulan (rekaan)"}),
        ("rw=003", {"Wulan (rekaan)"}),
        ("rw=1", {"Ayu (rekaan)"}),
        ("sex=M", set()),
        ("sex=F&status=active", {"Ayu (rekaan)"}),
        ("is_civil_servant=true", set()),
        ("is_civil_servant=false", {"Ayu (rekaan)", "Wulan (rekaan)"}),
        ("status=bogus", {"Ayu (rekaan)", "Wulan (rekaan)"}),
        ("page=99", {"Ayu (rekaan)", "Wulan (rekaan)"}),
    ],
)
def test_the_list_is_filtered(
    ayu: Member, wulan: Member, tono: User, client_of: Door, query: str, names: set[str]
) -> None:
    page = client_of(tono).get(_url("list", ayu.cooperative) + f"?{query}").context["page"]
    assert {member.name for member in page} == names


def test_a_search_while_typing_answers_with_the_rows_only(
    ayu: Member, tono: User, client_of: Door
) -> None:
    response = client_of(tono).get(
        _url("list", ayu.cooperative) + "?q=ayu", headers={"HX-Request": "true"}
    )
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_the_list_asks_no_more_of_the_database_for_more_people(
    enrol: Enrol, principal: SavingsKind, pay: Act, tono: User, client_of: Door
) -> None:
    first = enrol("Satu", nik=NIKS[0])
    pay(first, principal, 50_000)
    browser, url = client_of(tono), _url("list", first.cooperative)
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for number in range(2, 8):
        pay(enrol(f"Orang {number}", nik=NIKS[number]), principal, 50_000)
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) == len(few)
    assert len(few) <= 21


def test_an_empty_register_says_what_to_do_first(
    in_melati: Cooperative, budi: User, client_of: Door
) -> None:
    page = client_of(budi).get(_url("list", in_melati)).content.decode()
    assert _url("register", in_melati) in page


def test_who_may_not_write_is_not_invited_to(
    in_melati: Cooperative, wati: User, client_of: Door
) -> None:
    page = client_of(wati).get(_url("list", in_melati)).content.decode()
    assert _url("register", in_melati) not in page


# --- Registering -----------------------------------------------------------------------------


def test_a_person_is_registered(in_melati: Cooperative, rini: User, client_of: Door) -> None:
    form = _form(nik=NIKS[0].digits, phone="0812 3456 7890", rt="2", rw="11")
    response = client_of(rini).post(_url("register", in_melati), form)
    member = Member.objects.of(in_melati).get()
    assert response["Location"] == _url("detail", in_melati, member.id)
    assert (member.name, member.phone, member.rw) == ("Tuti (rekaan)", "+6281234567890", "011")
    assert member.status == Status.APPLIED


def test_a_lead_is_registered_by_name_alone(
    in_melati: Cooperative, rini: User, client_of: Door
) -> None:
    client_of(rini).post(_url("register", in_melati), _form(status="lead"))
    assert Member.objects.of(in_melati).get().status == Status.LEAD


def test_a_form_has_its_key_in_its_address(
    in_melati: Cooperative, rini: User, client_of: Door
) -> None:
    browser = client_of(rini)
    opened = browser.get(_url("register", in_melati))
    assert opened.status_code == 302
    key = browser.get(opened["Location"]).context["form"]["key"].value()
    assert str(key) in opened["Location"]


def test_a_form_sent_twice_registers_once_and_says_so_on_the_way_back(
    in_melati: Cooperative, rini: User, client_of: Door
) -> None:
    browser, form = client_of(rini), _form()
    for _try in range(2):
        browser.post(_url("register", in_melati), form)
    member = Member.objects.of(in_melati).get()
    back = browser.get(_url("register", in_melati) + f"?kunci={form['key']}")
    assert back.context["done"] == member


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"nik": "123"}, "nik"),
        ({"nik": "3374113202900001"}, "nik"),
        ({"phone": "12"}, "phone"),
        ({"rt": "2A"}, "rt"),
        ({"birth_date": "31/02/1990"}, "birth_date"),
        ({"status": "active"}, "status"),
    ],
)
def test_what_cannot_be_is_said_beside_the_input(
    in_melati: Cooperative, rini: User, client_of: Door, changes: dict, field: str
) -> None:
    response = client_of(rini).post(_url("register", in_melati), _form(**changes))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Member.objects.of(in_melati).exists()


def test_a_nik_that_is_taken_is_said_beside_the_nik(
    wulan: Member, rini: User, client_of: Door
) -> None:
    form = _form(nik=NIKS[0].digits)
    response = client_of(rini).post(_url("register", wulan.cooperative), form)
    assert response.status_code == 422
    assert "Wulan (rekaan)" in response.context["form"].errors["nik"][0]


def test_what_looks_odd_needs_one_tick(in_melati: Cooperative, rini: User, client_of: Door) -> None:
    browser, form = client_of(rini), _form(nik="3273015203900001", sex="M")
    asked = browser.post(_url("register", in_melati), form)
    assert asked.status_code == 422
    assert not asked.context["form"].errors
    assert {warning.code for warning in asked.context["form"].warnings} == {"nik_area", "nik_sex"}
    form |= {
        "is_confirmed": "on",
        "shown_warnings": asked.context["form"]["shown_warnings"].value(),
    }
    assert browser.post(_url("register", in_melati), form).status_code == 302


def test_a_tick_does_not_cover_what_it_was_not_shown_with(
    in_melati: Cooperative, rini: User, client_of: Door
) -> None:
    form = _form(nik="3273015203900001", is_confirmed="on", shown_warnings="minor")
    response = client_of(rini).post(_url("register", in_melati), form)
    assert response.status_code == 422


# --- Editing ---------------------------------------------------------------------------------


def _edit(member: Member, **changes: Any) -> dict[str, Any]:
    return {
        "name": member.name,
        "birth_date": "1990-03-12",
        "sex": "F",
        "phone": member.phone,
        "rw": member.rw,
        "version": member.version,
    } | changes


def test_an_edit_is_saved(wulan: Member, rini: User, client_of: Door) -> None:
    url = _url("edit", wulan.cooperative, wulan.id)
    opened = client_of(rini).get(url)
    assert "3374" not in opened.content.decode().replace(wulan.cooperative.code, "")
    assert NIKS[0].digits not in opened.content.decode()
    response = client_of(rini).post(url, _edit(wulan, occupation="Guru"))
    assert response.status_code == 302
    wulan.refresh_from_db()
    assert (wulan.occupation, wulan.unsealed_nik()) == ("Guru", "3374115203900001")


def test_two_people_editing_at_once_notice(
    wulan: Member, rini: User, budi: User, client_of: Door
) -> None:
    url = _url("edit", wulan.cooperative, wulan.id)
    seen = client_of(rini).get(url).context["form"]["seen"].value()
    assert NIKS[0].digits not in seen
    client_of(budi).post(url, _edit(wulan, occupation="Guru", nik=NIKS[7].digits))
    late = _edit(wulan, occupation="Petani", nik=NIKS[8].digits, seen=seen)
    refused = client_of(rini).post(url, late)
    assert refused.status_code == 409
    form = refused.context["form"]
    (said,) = form.non_field_errors()
    assert f"diubah oleh {budi}" in said
    assert "sekarang “Guru”" in said
    assert "(16 digit di KTP): sudah diganti" in said
    assert "0008" not in said
    assert form["occupation"].value() == "Petani"
    again = late | {name: form[name].value() for name in ("version", "seen")}
    assert client_of(rini).post(url, again).status_code == 302
    wulan.refresh_from_db()
    assert wulan.occupation == "Petani"


def test_a_conflict_tells_dates_ticks_and_choices_in_words(
    wulan: Member, rini: User, budi: User, client_of: Door
) -> None:
    url = _url("edit", wulan.cooperative, wulan.id)
    seen = client_of(rini).get(url).context["form"]["seen"].value()
    odd = {"is_confirmed": "on", "shown_warnings": "nik_birth_date nik_sex"}
    theirs = _edit(wulan, is_civil_servant="on", birth_date="1990-03-13", sex="M") | odd
    client_of(budi).post(url, theirs)
    form = client_of(rini).post(url, _edit(wulan, seen=seen)).context["form"]
    (said,) = form.non_field_errors()
    assert "tadinya “Tidak”, sekarang “Ya”" in said
    assert "sekarang “13 Maret 1990”" in said
    assert "sekarang “Laki-laki”" in said


def test_who_looked_at_the_nik_is_not_said_to_have_changed_the_person(
    wulan: Member, rini: User, budi: User, client_of: Door
) -> None:
    url = _url("edit", wulan.cooperative, wulan.id)
    seen = client_of(rini).get(url).context["form"]["seen"].value()
    client_of(budi).post(url, _edit(wulan, occupation="Guru"))
    client_of(rini).post(_url("reveal_nik", wulan.cooperative, wulan.id))
    form = client_of(rini).post(url, _edit(wulan, seen=seen)).context["form"]
    (said,) = form.non_field_errors()
    assert f"diubah oleh {budi}" in said


def test_a_nik_of_somebody_else_is_refused_in_an_edit(
    ayu: Member, wulan: Member, rini: User, client_of: Door
) -> None:
    url = _url("edit", wulan.cooperative, wulan.id)
    response = client_of(rini).post(url, _edit(wulan, nik=NIKS[1].digits))
    assert response.status_code == 422
    assert "nik" in response.context["form"].errors


def test_only_new_warnings_are_asked_about_in_an_edit(
    enrol: Enrol, rini: User, client_of: Door
) -> None:
    member = enrol(nik=NIKS[0], sex="M")
    url = _url("edit", member.cooperative, member.id)
    kept = _edit(member, sex="M", address="Jl. Durian 5")
    assert client_of(rini).post(url, kept).status_code == 302
    member.refresh_from_db()
    changed = _edit(member, sex="M", birth_date="1991-01-01")
    asked = client_of(rini).post(url, changed)
    assert [warning.code for warning in asked.context["form"].warnings] == ["nik_birth_date"]


def test_somebody_without_a_nik_is_edited(enrol: Enrol, rini: User, client_of: Door) -> None:
    member = enrol("Tanpa NIK")
    url = _url("edit", member.cooperative, member.id)
    response = client_of(rini).post(url, {"name": "Tanpa NIK", "version": 1, "rt": "1"})
    assert response.status_code == 302


# --- One person ------------------------------------------------------------------------------


def test_a_person_s_page_shows_balances_history_and_masked_nik(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, client_of: Door
) -> None:
    pay(ayu, voluntary, 50_000)
    page = client_of(tono).get(_url("detail", ayu.cooperative, ayu.id))
    text = page.content.decode()
    for part in ("Rp150.000", "Rp50.000", "Rp100.000", "S-000002", "NIK tercatat"):
        assert part in text
    assert NIKS[1].digits not in text
    assert "no-store" in page["Cache-Control"]


def test_a_candidate_s_page_says_what_is_missing(
    wulan: Member, principal: SavingsKind, pay: Act, rini: User, client_of: Door
) -> None:
    pay(wulan, principal, 40_000)
    path = client_of(rini).get(_url("detail", wulan.cooperative, wulan.id)).context["path"]
    assert (path.has_nik, path.paid_idr, path.due_idr, path.is_paid) == (
        True,
        40_000,
        100_000,
        False,
    )


def test_a_person_s_page_asks_no_more_of_the_database_for_more_entries(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, client_of: Door
) -> None:
    browser, url = client_of(tono), _url("detail", ayu.cooperative, ayu.id)
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for _time in range(5):
        pay(ayu, voluntary, 10_000)
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) == len(few)
    assert len(few) <= 27


def test_a_lead_moves_on_by_a_button(enrol: Enrol, rini: User, client_of: Door) -> None:
    lead = enrol(status=Status.LEAD)
    browser, url = client_of(rini), _url("move", lead.cooperative, lead.id)
    for step in ("applied", "incomplete", "applied"):
        browser.post(url, {"to": step})
        lead.refresh_from_db()
        assert lead.status == step


def test_nobody_is_made_a_member_by_a_made_up_step(
    wulan: Member, ayu: Member, rini: User, client_of: Door
) -> None:
    browser = client_of(rini)
    browser.post(_url("move", wulan.cooperative, wulan.id), {"to": "active"})
    browser.post(_url("move", ayu.cooperative, ayu.id), {"to": "applied"})
    wulan.refresh_from_db()
    ayu.refresh_from_db()
    assert (wulan.status, ayu.status) == (Status.APPLIED, Status.ACTIVE)


def test_who_has_paid_enough_is_accepted_by_a_button(
    wulan: Member, principal: SavingsKind, pay: Act, rini: User, client_of: Door
) -> None:
    pay(wulan, principal, 60_000)
    browser, url = client_of(rini), _url("admit", wulan.cooperative, wulan.id)
    browser.post(url)
    wulan.refresh_from_db()
    assert wulan.status == Status.INCOMPLETE
    CooperativeSettings.objects.create(
        cooperative=wulan.cooperative,
        valid_from=MONDAY - timedelta(days=30),
        principal_idr=50_000,
        mandatory_idr=0,
    )
    page = browser.get(_url("detail", wulan.cooperative, wulan.id)).content.decode()
    assert url in page
    browser.post(url)
    wulan.refresh_from_db()
    assert wulan.status == Status.ACTIVE


# --- The NIK ---------------------------------------------------------------------------------


def test_the_nik_is_shown_on_a_click_and_the_look_is_recorded(
    wulan: Member, rini: User, client_of: Door
) -> None:
    url = _url("reveal_nik", wulan.cooperative, wulan.id)
    response = client_of(rini).post(url, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "3374 1152 0390 0001" in " ".join(text.split())
    assert "<html" not in text
    assert "no-store" in response["Cache-Control"]
    event = AuditEvent.objects.of(wulan.cooperative).get(action="member.nik_reveal")
    assert event.actor == rini


def test_the_nik_is_shown_without_javascript_too(
    wulan: Member, rini: User, client_of: Door
) -> None:
    url = _url("reveal_nik", wulan.cooperative, wulan.id)
    assert "<html" in client_of(rini).post(url).content.decode()


def test_a_treasurer_does_not_see_the_nik(wulan: Member, tono: User, client_of: Door) -> None:
    url = _url("reveal_nik", wulan.cooperative, wulan.id)
    assert client_of(tono).post(url).status_code == 403
    page = client_of(tono).get(_url("detail", wulan.cooperative, wulan.id)).content.decode()
    assert url not in page


def test_the_nik_is_not_got_by_opening_an_address(
    wulan: Member, rini: User, client_of: Door
) -> None:
    url = _url("reveal_nik", wulan.cooperative, wulan.id)
    assert client_of(rini).get(url).status_code == 405


def test_another_cooperative_s_person_is_not_found(
    in_melati: Cooperative, wulan: Member, mawar: Cooperative, joko: User, client_of: Door
) -> None:
    for name in ("detail", "edit", "deposit"):
        assert client_of(joko).get(_url(name, in_melati, wulan.id)).status_code == 404
