"""Leaving, on the pages: asked for, decided, paid, printed, and taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kkmp.access import permissions
from kkmp.access.models import User
from kkmp.access.permissions import PERMISSIONS, Permission, Role
from kkmp.lib.clock import business_today
from members.leaving import documents, queries
from members.leaving.services import exits
from members.leaving.services.exits import Heir
from members.models import Exit, ExitReason, ExitState, Member, Status
from tests.members.leaving.test_exits import owed_by_shop
from tests.stale import held, opened, refusal

Door = Callable[[User], Client]


@pytest.fixture
def leaving(rich: Member, ask: Callable[..., Exit], rini: User) -> Exit:
    return ask(rich, on=business_today())


@pytest.fixture
def due(leaving: Exit, budi: User) -> Exit:
    """Decided, to be paid next month."""
    decision = exits.Decision("7/BA", business_today(), business_today() + timedelta(days=30))
    return exits.decide(exit=leaving, decision=decision, key=uuid4(), on=business_today(), by=budi)


def _url(name: str, subject: Member | Exit) -> str:
    return reverse(f"members:{name}", args=[subject.cooperative.code, subject.id])


def _list(member: Member, stage: str = "") -> str:
    return reverse("members:exits", args=[member.cooperative.code]) + f"?stage={stage}"


def _request(reason: str = "resigned", **changes: Any) -> dict[str, Any]:
    day = business_today().isoformat()
    return {"reason": reason, "asked_on": day, "key": str(uuid4())} | changes


def _decision(when: str = "now", **changes: Any) -> dict[str, Any]:
    day = business_today().isoformat()
    form = {"decision_number": "7/BA", "decided_on": day, "when": when, "key": str(uuid4())}
    return form | {"shown_idr": "175000"} | changes


def _payment() -> dict[str, str]:
    return {"key": str(uuid4()), "shown_idr": "175000"}


def test_a_request_leads_to_its_page_and_waits_on_the_list(
    rich: Member, rini: User, client_of: Door
) -> None:
    browser = client_of(rini)
    response = browser.post(_url("exit_ask", rich), _request(note="pindah kota"), follow=True)
    exit = Exit.objects.of(rich.cooperative).get()
    assert response.redirect_chain[-1][0] == _url("exit", exit)
    assert "Rp175.000" in response.content.decode()
    page = browser.get(_list(rich)).content.decode()
    assert _url("exit", exit) in page
    assert rich.name in page


def test_a_form_sent_twice_is_said_to_be_recorded(
    rich: Member, rini: User, client_of: Door
) -> None:
    browser, form = client_of(rini), _request()
    first = browser.post(_url("exit_ask", rich), form)
    assert browser.post(_url("exit_ask", rich), form)["Location"] == first["Location"]
    back = browser.get(_url("exit_ask", rich) + f"?kunci={form['key']}")
    assert first["Location"] in back.content.decode()
    other = browser.post(_url("exit_ask", rich), form | {"reason": "moved"})
    assert other.status_code == 422
    assert other.context["is_key_reused"]


def test_who_died_needs_an_heir_on_the_page(rich: Member, rini: User, client_of: Door) -> None:
    browser = client_of(rini)
    refused = browser.post(_url("exit_ask", rich), _request("died"))
    assert refused.status_code == 422
    assert "heir_name" in refused.context["form"].errors
    form = _request("died", heir_name="Budi (rekaan)", heir_phone="0812-0000-0009")
    browser.post(_url("exit_ask", rich), form)
    exit = Exit.objects.of(rich.cooperative).get()
    assert (exit.heir_name, exit.heir_phone) == ("Budi (rekaan)", "+6281200000009")


def test_the_reasons_offered_fit_the_person(
    rich: Member, wulan: Member, rini: User, client_of: Door
) -> None:
    browser = client_of(rini)

    def offered(member: Member) -> set[str]:
        form = browser.get(_url("exit_ask", member), follow=True).context["form"]
        return {str(value) for value, _label in form.fields["reason"].widget.choices}

    assert offered(rich) == {"resigned", "died", "moved", "dismissed"}
    assert offered(wulan) == {"declined", "died"}


def test_the_chair_sees_the_settlement_and_decides(
    leaving: Exit, budi: User, client_of: Door
) -> None:
    browser = client_of(budi)
    page = browser.get(_url("exit_decide", leaving), follow=True).content.decode()
    for amount in ("Rp100.000", "Rp30.000", "Rp45.000", "Rp175.000"):
        assert amount in page
    form = _decision()
    first = browser.post(_url("exit_decide", leaving), form)
    again = browser.post(_url("exit_decide", leaving), form)
    assert first["Location"] == again["Location"] == _url("exit", leaving)
    leaving.refresh_from_db()
    assert (leaving.state, leaving.refund_idr, leaving.paid_on) == (
        ExitState.DECIDED,
        175_000,
        business_today(),
    )
    assert browser.get(_url("exit_decide", leaving) + f"?kunci={uuid4()}").status_code == 302


def test_who_decides_pays_out_only_with_the_right_to(
    leaving: Exit, budi: User, client_of: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = PERMISSIONS[Role.CHAIR] - {Permission.SAVINGS_WITHDRAW}
    monkeypatch.setattr(permissions, "PERMISSIONS", dict(PERMISSIONS) | {Role.CHAIR: less})
    browser = client_of(budi)
    refused = browser.post(_url("exit_decide", leaving), _decision("now"))
    assert refused.status_code == 422
    assert "when" in refused.context["form"].errors
    leaving.refresh_from_db()
    assert (leaving.is_open, leaving.paid_on) == (True, None)
    day = (business_today() + timedelta(days=40)).isoformat()
    browser.post(_url("exit_decide", leaving), _decision("later", pay_on=day))
    leaving.refresh_from_db()
    assert (leaving.is_due, leaving.paid_on) == (True, None)


def test_who_recorded_it_is_told_that_another_decides(
    rich: Member, budi: User, client_of: Door
) -> None:
    browser = client_of(budi)
    browser.post(_url("exit_ask", rich), _request())
    exit = Exit.objects.of(rich.cooperative).get()
    page = browser.get(_url("exit", exit))
    assert page.context["is_own"]
    assert _url("exit_decide", exit) not in page.content.decode()
    refused = browser.post(_url("exit_decide", exit), _decision())
    assert refused.status_code == 422
    assert refused.context["form"].non_field_errors()
    exit.refresh_from_db()
    assert exit.is_open


def test_a_later_day_has_to_be_chosen(leaving: Exit, budi: User, client_of: Door) -> None:
    browser = client_of(budi)
    refused = browser.post(_url("exit_decide", leaving), _decision("later", pay_on=""))
    assert "pay_on" in refused.context["form"].errors
    past = (business_today() - timedelta(days=1)).isoformat()
    refused = browser.post(_url("exit_decide", leaving), _decision("later", pay_on=past))
    assert "pay_on" in refused.context["form"].errors
    day = (business_today() + timedelta(days=40)).isoformat()
    browser.post(_url("exit_decide", leaving), _decision("later", pay_on=day))
    leaving.refresh_from_db()
    assert leaving.is_due


def test_somebody_without_savings_is_decided_without_a_day(
    wulan: Member, ask: Callable[..., Exit], budi: User, client_of: Door
) -> None:
    exit = ask(wulan, ExitReason.DECLINED, on=business_today())
    form = _decision(shown_idr="0")
    del form["when"]
    client_of(budi).post(_url("exit_decide", exit), form)
    exit.refresh_from_db()
    assert exit.is_decided


def test_the_treasurer_pays_what_is_due_once(due: Exit, tono: User, client_of: Door) -> None:
    browser = client_of(tono)
    page = browser.get(_list(due.member, "due"))
    assert _url("exit", due) in page.content.decode()
    assert page.context["due_idr"] == 175_000
    form = browser.get(_url("exit_pay", due), follow=True)
    assert form.context["is_early"]
    key = _payment()
    assert browser.post(_url("exit_pay", due), key)["Location"] == _url("exit", due)
    assert browser.post(_url("exit_pay", due), key)["Location"] == _url("exit", due)
    assert browser.post(_url("exit_pay", due), _payment()).status_code == 422
    due.refresh_from_db()
    assert due.paid_on == business_today()
    assert queries.summary(due.cooperative) == queries.Summary(0, 0, 1, 0)
    assert browser.get(_url("exit_pay", due) + f"?kunci={uuid4()}").status_code == 302


def test_a_late_payment_is_marked(due: Exit, tono: User, client_of: Door) -> None:
    Exit.objects.of(due.cooperative).filter(id=due.id).update(
        pay_on=business_today() - timedelta(days=3)
    )
    assert client_of(tono).get(_url("exit", due)).context["is_overdue"]


def test_a_payment_is_undone_with_a_reason(due: Exit, tono: User, client_of: Door) -> None:
    browser = client_of(tono)
    assert browser.get(_url("exit_unpay", due) + f"?kunci={uuid4()}").status_code == 302
    browser.post(_url("exit_pay", due), _payment())
    assert browser.get(_url("exit_unpay", due), follow=True).status_code == 200
    assert browser.post(_url("exit_unpay", due), {"key": str(uuid4())}).status_code == 422
    browser.post(_url("exit_unpay", due), {"key": str(uuid4()), "reason": "belum diambil"})
    due.refresh_from_db()
    assert due.is_due


def test_a_request_is_taken_back_on_its_page(leaving: Exit, rini: User, client_of: Door) -> None:
    browser = client_of(rini)
    browser.post(_url("exit_take_back", leaving))
    leaving.refresh_from_db()
    assert leaving.state == ExitState.CANCELLED
    assert browser.get(_url("exit", leaving)).status_code == 200
    assert _url("exit", leaving) in browser.get(_list(leaving.member, "done")).content.decode()


def test_what_is_decided_is_not_taken_back(due: Exit, rini: User, client_of: Door) -> None:
    response = client_of(rini).post(_url("exit_take_back", due), follow=True)
    due.refresh_from_db()
    assert due.is_decided
    assert [str(m.level_tag) for m in response.context["messages"]] == ["error"]


def test_the_heir_is_corrected_on_a_page(
    rich: Member, ask: Callable[..., Exit], rini: User, client_of: Door
) -> None:
    exit = ask(rich, ExitReason.DIED, heir=Heir("Bidi"), on=business_today())
    browser = client_of(rini)
    assert browser.get(_url("exit_heir", exit)).context["form"]["heir_name"].value() == "Bidi"
    assert browser.post(_url("exit_heir", exit), {"heir_name": ""}).status_code == 422
    browser.post(_url("exit_heir", exit), {"heir_name": "Budi", "heir_relation": "anak"})
    exit.refresh_from_db()
    assert (exit.heir_name, exit.heir_relation) == ("Budi", "anak")
    exits.take_back(exit=exit, by=rini)
    assert browser.post(_url("exit_heir", exit), {"heir_name": "Lain"}).status_code == 422


def test_an_heirs_phone_saved_by_another_is_not_wiped_by_an_old_page(
    rich: Member, rini: User, budi: User, ask: Callable[..., Exit], client_of: Door
) -> None:
    heir = Heir("Bidi (rekaan)", "anak")
    exit = ask(rich, ExitReason.DIED, heir=heir, on=business_today())
    address = _url("exit_heir", exit)
    told = opened(client_of(rini), address)
    phoned = replace(heir, heir_phone="+6281200000009")
    exits.correct_heir(exit=exit, heir=phoned, by=budi)
    answer = client_of(rini).post(address, told | {"heir_name": "Budi (rekaan)"})
    said = refusal(answer)
    assert f"diubah oleh {budi}" in said
    assert "tadinya “–”, sekarang “0812-0000-0009”" in said
    exit.refresh_from_db()
    assert (exit.heir_name, exit.heir_phone) == ("Bidi (rekaan)", "+6281200000009")
    assert client_of(rini).post(address, held(answer.context["form"])).status_code == 302
    exit.refresh_from_db()
    assert (exit.heir_name, exit.heir_phone) == ("Budi (rekaan)", "+6281200000009")


def test_the_member_s_page_shows_the_way_out_and_back(
    rich: Member, due: Exit, rini: User, wati: User, client_of: Door
) -> None:
    browser = client_of(rini)
    response = browser.get(_url("detail", rich))
    assert {holding.open_idr for holding in response.context["holdings"]} == {None}
    page = response.content.decode()
    assert _url("exit", due) in page
    assert _url("readmit", rich) in page
    assert _url("readmit", rich) not in client_of(wati).get(_url("detail", rich)).content.decode()
    browser.post(_url("readmit", rich))
    rich.refresh_from_db()
    assert rich.status == Status.APPLIED
    assert _url("exit_ask", rich) in browser.get(_url("detail", rich)).content.decode()
    response = browser.post(_url("readmit", rich), follow=True)
    assert [str(m.level_tag) for m in response.context["messages"]] == ["error"]


def test_a_supervisor_sees_no_panel_without_a_leaving(
    rich: Member, wati: User, client_of: Door
) -> None:
    page = client_of(wati).get(_url("detail", rich)).content.decode()
    assert _url("exit_ask", rich) not in page


def test_only_the_contact_of_who_left_can_be_typed(
    rich: Member, due: Exit, rini: User, client_of: Door
) -> None:
    form = client_of(rini).get(_url("edit", rich)).context["form"]
    assert form.fields["name"].disabled
    assert form.fields["nik"].disabled
    assert not form.fields["phone"].disabled
    assert due.member_id == rich.id


def test_nothing_is_offered_to_leave_twice(due: Exit, rini: User, client_of: Door) -> None:
    response = client_of(rini).get(_url("exit_ask", due.member), follow=True)
    assert '<form class="form-sheet"' not in response.content.decode()


# --- Papers ----------------------------------------------------------------------------------


def test_the_first_receipt_is_the_original_on_paper(due: Exit, tono: User, client_of: Door) -> None:
    browser = client_of(tono)
    unpaid = browser.post(_url("exit_receipt", due))
    assert unpaid["Location"] == _url("exit", due)
    browser.post(_url("exit_pay", due), _payment())
    for prints in (1, 2):
        response = browser.post(_url("exit_receipt", due))
        assert response.content.startswith(b"%PDF")
        due.refresh_from_db()
        assert due.prints == prints


def test_a_receipt_says_the_amount_in_words_and_who_got_it(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    heir = Heir("Budi (rekaan)", "anak")
    exit = decide(ask(rich, ExitReason.DIED, heir=heir))
    exit = queries.exits(rich.cooperative).get(id=exit.id)
    receipt = documents.receipt(exit, 0)
    assert receipt["words"] == "Seratus tujuh puluh lima ribu rupiah"
    assert (receipt["receiver"], receipt["as_heir"]) == ("Budi (rekaan)", "ahli waris (anak)")
    assert receipt["copy"] == ""
    assert documents.receipt(exit, 1)["copy"] == "SALINAN"
    assert receipt["number"] == f"R-{exit.payment.number:06d}"  # type: ignore[union-attr]
    assert rich.unsealed_nik()[-4:] not in str(receipt)


def test_the_certificate_says_what_was_decided(due: Exit, wati: User, client_of: Door) -> None:
    exit = queries.exits(due.cooperative).get(id=due.id)
    certificate = documents.certificate(exit)
    assert (certificate["number"], certificate["decision"]) == ("K-000001", "7/BA")
    assert certificate["amount"] == "Rp175.000"
    assert certificate["member_number"] == "0001"
    response = client_of(wati).get(_url("exit_certificate", due))
    assert response.content.startswith(b"%PDF")


def test_there_is_no_certificate_before_the_decision(
    leaving: Exit, rini: User, client_of: Door
) -> None:
    assert client_of(rini).get(_url("exit_certificate", leaving)).status_code == 404


def test_a_candidate_s_certificate_speaks_of_no_membership(
    wulan: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    exit = decide(ask(wulan, ExitReason.DECLINED))
    certificate = documents.certificate(queries.exits(wulan.cooperative).get(id=exit.id))
    assert certificate["is_candidate"]
    assert certificate["rows"] == []
    pdf = documents.certificate_pdf(queries.exits(wulan.cooperative).get(id=exit.id))
    assert pdf.startswith(b"%PDF")


def test_the_list_asks_little_of_the_database(
    due: Exit, wati: User, client_of: Door, django_assert_max_num_queries: Any
) -> None:
    browser = client_of(wati)
    browser.get(_list(due.member, "due"))
    with django_assert_max_num_queries(18):
        browser.get(_list(due.member, "due"))


# --- What was seen -----------------------------------------------------------------------------


def test_a_decision_on_an_amount_that_has_changed_is_refused_and_shown_anew(
    leaving: Exit, rich: Member, budi: User, tono: User, client_of: Door
) -> None:
    browser = client_of(budi)
    seen = browser.get(_url("exit_decide", leaving), follow=True).context["form"]
    assert 'value="175000"' in str(seen["shown_idr"])
    owed_by_shop(rich, 50_000, tono)
    refused = browser.post(_url("exit_decide", leaving), _decision())
    assert refused.status_code == 422
    assert "Rp225.000" in refused.content.decode()
    assert 'value="225000"' in str(refused.context["form"]["shown_idr"])
    leaving.refresh_from_db()
    assert leaving.is_open
    browser.post(_url("exit_decide", leaving), _decision(shown_idr="225000"))
    leaving.refresh_from_db()
    assert (leaving.is_decided, leaving.refund_idr) == (True, 225_000)
