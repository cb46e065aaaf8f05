"""The clerk's pages about applications, the poster, and the same for programs."""

from collections.abc import Callable
from datetime import timedelta
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
from kkmp.lib.identity import Nik
from kkmp.registry.models import Cooperative
from members.joining import documents
from members.joining.queries import terms
from members.joining.queries.terms import Terms
from members.joining.services import applications
from members.models import Application, Category, Member, Status
from members.register.services.particulars import Particulars
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Door = Callable[..., Any]
API = "/api/v1/applications/"


@pytest.fixture
def sent(in_melati: Cooperative) -> Application:
    """Tuti has sent the form, with all that is asked for."""
    return _send(
        in_melati,
        "Tuti (rekaan)",
        nik=NIKS[0],
        phone="+6281200000007",
        address="Jl. Melati 1",
        rt="1",
        rw="2",
    )


def _send(cooperative: Cooperative, name: str, **particulars: Any) -> Application:
    return applications.submit(
        cooperative=cooperative,
        particulars=Particulars(name=name, **particulars),
        notice_version="2026-11",
        key=uuid4(),
        at=timezone.now() - timedelta(days=2),
    )


def _url(name: str, cooperative: Cooperative, *args: Any) -> str:
    return reverse(f"members:{name}", args=[cooperative.code, *args])


def _form(**changes: Any) -> dict[str, Any]:
    form = {"name": "Tuti (rekaan)", "rt": "1", "rw": "2", "address": "Jl. Melati 1"}
    return form | {"phone": "0812-0000-0007", "has_seen_ktp": "on"} | changes


# --- The list --------------------------------------------------------------------------------


def test_the_queue_shows_age_and_what_is_missing(
    sent: Application, rini: User, client_of: Door
) -> None:
    _send(sent.cooperative, "Kurang (rekaan)", address="Jl. Melati 2")
    page = client_of(rini).get(_url("applications", sent.cooperative))
    words = page.content.decode()
    for part in ("Tuti (rekaan)", "2 hari", "nomor HP", "RT/RW", "/gabung/"):
        assert part in words
    assert NIKS[0].digits not in words
    assert [row.application.name for row in page.context["rows"]] == [
        "Tuti (rekaan)",
        "Kurang (rekaan)",
    ]


def test_the_number_waiting_stands_above_every_page_of_the_register(
    sent: Application, rini: User, client_of: Door
) -> None:
    page = client_of(rini).get(_url("list", sent.cooperative))
    waiting = {s["url"]: s["waiting"] for s in page.context["page_tabs"] if s["waiting"]}
    assert waiting == {_url("applications", sent.cooperative): 1}
    assert "page-tab-count" in page.content.decode()


def test_the_queue_costs_no_more_for_more(sent: Application, rini: User, client_of: Door) -> None:
    browser, url = client_of(rini), _url("applications", sent.cooperative)
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for number in range(1, 7):
        _send(sent.cooperative, f"Orang {number}", nik=NIKS[number])
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) == len(few)
    assert len(few) <= 20


@pytest.mark.parametrize("state", ["accepted", "declined", "bogus"])
def test_decided_ones_are_listed_apart(
    sent: Application, rini: User, client_of: Door, state: str
) -> None:
    browser = client_of(rini)
    browser.post(_url("application", sent.cooperative, sent.id), _form())
    other = _send(sent.cooperative, "Nia (rekaan)")
    browser.post(_url("application_decline", sent.cooperative, other.id), {"why": "pindah"})
    page = browser.get(_url("applications", sent.cooperative) + f"?keadaan={state}")
    names = [row.application.name for row in page.context["rows"]]
    listed = {"accepted": ["Tuti (rekaan)"], "declined": ["Nia (rekaan)"], "bogus": []}
    assert names == listed[state]


# --- One application -------------------------------------------------------------------------


def test_an_application_is_verified_and_taken(
    sent: Application, rini: User, client_of: Door
) -> None:
    browser, url = client_of(rini), _url("application", sent.cooperative, sent.id)
    page = browser.get(url).content.decode()
    assert NIKS[0].digits[-4:] not in page
    assert NIKS[0].digits not in page
    answer = browser.post(url, _form(name="Tuti Astuti (rekaan)"))
    member = Member.objects.of(sent.cooperative).get()
    assert answer["Location"] == _url("detail", sent.cooperative, member.id)
    assert (member.name, member.status) == ("Tuti Astuti (rekaan)", Status.APPLIED)
    assert member.unsealed_nik() == NIKS[0].digits


def test_a_message_to_the_applicant_is_ready(
    sent: Application, rini: User, client_of: Door
) -> None:
    page = client_of(rini).get(_url("application", sent.cooperative, sent.id))
    text = unquote(page.context["whatsapp"].partition("text=")[2])
    for part in ("Yth. Ibu Tuti (rekaan)", "membawa KTP", "Rp100.000 (boleh dicicil)"):
        assert part in text


def test_the_ktp_has_to_be_seen(sent: Application, rini: User, client_of: Door) -> None:
    url = _url("application", sent.cooperative, sent.id)
    answer = client_of(rini).post(url, _form(has_seen_ktp=""))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"has_seen_ktp"}
    assert not Member.objects.of(sent.cooperative).exists()


def test_what_looks_odd_is_asked_about_the_first_time(
    in_melati: Cooperative, rini: User, client_of: Door
) -> None:
    odd = _send(in_melati, "Tuti (rekaan)", nik=Nik("3322015203900001"))
    browser, url = client_of(rini), _url("application", in_melati, odd.id)
    opened = browser.get(url).context["form"]
    assert [warning.code for warning in opened.warnings] == ["nik_area"]
    shown = {"shown_warnings": opened["shown_warnings"].value()}
    assert browser.post(url, _form(**shown)).status_code == 422
    assert browser.post(url, _form(is_confirmed="on", **shown)).status_code == 302


def test_the_same_person_is_suggested_and_taken(
    sent: Application, wulan: Member, rini: User, client_of: Door
) -> None:
    browser, url = client_of(rini), _url("application", sent.cooperative, sent.id)
    opened = browser.get(url).context["form"]
    assert opened["into"].value() == str(wulan.id)
    answer = browser.post(url, _form(into=str(wulan.id)))
    assert answer["Location"] == _url("detail", sent.cooperative, wulan.id)
    assert Member.objects.of(sent.cooperative).count() == 1


def test_somebody_who_was_not_suggested_is_refused(
    sent: Application, ayu: Member, rini: User, client_of: Door
) -> None:
    url = _url("application", sent.cooperative, sent.id)
    answer = client_of(rini).post(url, _form(into=str(ayu.id)))
    assert set(answer.context["form"].errors) == {"into"}


def test_a_nik_that_is_taken_is_said_to_the_clerk(
    sent: Application, ayu: Member, rini: User, client_of: Door
) -> None:
    url = _url("application", sent.cooperative, sent.id)
    answer = client_of(rini).post(url, _form(nik=NIKS[1].digits))
    assert "Ayu (rekaan)" in answer.context["form"].errors["nik"][0]


def test_an_application_is_declined_with_a_reason(
    sent: Application, rini: User, client_of: Door
) -> None:
    browser, url = client_of(rini), _url("application_decline", sent.cooperative, sent.id)
    assert browser.post(url, {"why": ""}).status_code == 422
    assert browser.post(url, {"why": "sudah pindah"}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.decided_why, sent.nik_hash) == ("declined", "sudah pindah", None)
    page = browser.get(_url("application", sent.cooperative, sent.id))
    assert page.status_code == 200
    assert "sudah pindah" in page.content.decode()


def test_a_second_clerk_is_told_what_became_of_it(
    sent: Application, rini: User, budi: User, client_of: Door
) -> None:
    url = _url("application", sent.cooperative, sent.id)
    client_of(rini).post(url, _form())
    answer = client_of(budi).post(url, _form())
    assert answer.status_code == 409
    member = Member.objects.of(sent.cooperative).get()
    assert _url("detail", sent.cooperative, member.id) in answer.content.decode()
    late = client_of(budi).post(
        _url("application_decline", sent.cooperative, sent.id), {"why": "salah"}
    )
    assert late.status_code == 409


def test_the_nik_is_shown_once_and_not_kept(sent: Application, rini: User, client_of: Door) -> None:
    url = _url("application_nik", sent.cooperative, sent.id)
    for headers in ({}, {"HX-Request": "true"}):
        answer = client_of(rini).post(url, headers=headers)
        assert "3374 1152 0390 0001" in " ".join(answer.content.decode().split())
        assert "no-store" in answer["Cache-Control"]


# --- The poster ------------------------------------------------------------------------------


def test_the_poster_is_a_pdf(in_melati: Cooperative, wati: User, client_of: Door) -> None:
    answer = client_of(wati).get(_url("poster", in_melati))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_poster_says_what_it_costs_and_where(in_melati: Cooperative) -> None:
    in_melati.address = "Kantor Kelurahan, RT 1 #[eval] *tebal*"
    both = [*terms.on(in_melati, MONDAY), Terms(Category.EXTRAORDINARY, 200_000, 20_000, False)]
    url = "https://kkmp.test/gabung/3374111002/"
    stands = documents.content(in_melati, url=url, terms=both)
    assert [(cost["who"], cost["principal"]) for cost in stands["costs"]] == [
        ("Warga kelurahan ini", "Rp100.000"),
        ("Warga kelurahan lain", "Rp200.000"),
    ]
    assert stands["url"] == "kkmp.test/gabung/3374111002/"
    assert stands["qr"].startswith("<svg")
    assert documents.pdf(in_melati, url=url, terms=both).startswith(b"%PDF")
    assert documents.pdf(in_melati, url=url, terms=[]).startswith(b"%PDF")


# --- For programs ----------------------------------------------------------------------------


def test_programs_read_the_queue(
    sent: Application, wulan: Member, wati: User, api_of: Door
) -> None:
    program = api_of(wati)
    (row,) = program.get(API).json()["results"]
    assert (row["application"]["has_nik"], row["age_days"], row["missing"]) == (
        True,
        2,
        [],
    )
    assert row["matches"] == [
        {
            "member": str(wulan.id),
            "name": "Wulan (rekaan)",
            "status": "applied",
            "by": "nik",
            "can_take": True,
        }
    ]
    assert program.get(f"{API}{sent.id}/").json() == row
    assert program.get(API, {"state": "declined"}).json()["results"] == []
    assert NIKS[0].digits not in program.get(API).content.decode()


def test_programs_accept(sent: Application, wulan: Member, rini: User, api_of: Door) -> None:
    program, url = api_of(rini), f"{API}{sent.id}/accept/"
    assert program.post(url, {"into": str(uuid4())}, format="json").status_code == 400
    answer = program.post(url, {"into": str(wulan.id), "rw": "9"}, format="json")
    assert (answer.status_code, answer.json()["id"]) == (201, str(wulan.id))
    assert (answer.json()["rw"], answer.json()["address"]) == ("009", "Jl. Melati 1")
    again = program.post(url, {}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "application_decided")


def test_programs_accept_somebody_new(sent: Application, rini: User, api_of: Door) -> None:
    answer = api_of(rini).post(f"{API}{sent.id}/accept/", {}, format="json")
    assert (answer.status_code, answer.json()["has_nik"]) == (201, True)


def test_programs_decline(sent: Application, rini: User, api_of: Door) -> None:
    program, url = api_of(rini), f"{API}{sent.id}/decline/"
    assert program.post(url, {}, format="json").status_code == 400
    answer = program.post(url, {"why": "sudah pindah"}, format="json").json()
    assert (answer["state"], answer["has_nik"], answer["phone"]) == ("declined", False, "")


def test_programs_note_contacts_and_consents(wulan: Member, rini: User, api_of: Door) -> None:
    program, base = api_of(rini), f"/api/v1/members/{wulan.id}/"
    assert program.post(base + "contacts/", {"channel": "x"}, format="json").status_code == 400
    program.post(base + "contacts/", {"channel": "call", "note": "besok"}, format="json")
    (contact,) = program.get(base + "contacts/").json()["results"]
    assert (contact["purpose"], contact["note"], contact["by"]) == ("joining", "besok", "rini")
    taken = {"is_given": False, "means": "spoken"}
    assert program.post(base + "consents/", taken, format="json").status_code == 422
    program.post(base + "consents/", taken | {"is_given": True}, format="json")
    (consent,) = program.get(base + "consents/").json()["results"]
    assert (consent["is_given"], consent["means"]) == (True, "spoken")


def test_programs_read_the_funnel(
    sent: Application, wulan: Member, wati: User, api_of: Door
) -> None:
    figures = api_of(wati).get("/api/v1/members/funnel/").json()
    assert figures["waiting_applications"] == 1
    assert [(step["key"], step["total"]) for step in figures["steps"]] == [
        ("lead", 0),
        ("applied", 1),
        ("incomplete", 0),
    ]
    assert [(place["key"], place["total"]) for place in figures["rws"]] == [("003", 1)]
    assert len(figures["conversion"]) == 7


def test_nobody_applies_through_the_api(in_melati: Cooperative, budi: User, api_of: Door) -> None:
    assert api_of(budi).post(API, {"name": "X"}, format="json").status_code == 405


def test_an_outsider_finds_no_application(sent: Application, joko: User) -> None:
    browser = Client()
    browser.force_login(joko, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(_url("application", sent.cooperative, sent.id)).status_code == 404
