"""Leaving, the two bodies and the registers, for programs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from kkmp.access import permissions
from kkmp.access.models import User
from kkmp.access.permissions import Permission, Role
from kkmp.lib.clock import business_today
from members.models import Exit, Member, Status

Program = Callable[..., APIClient]
API = "/api/v1"


@pytest.fixture
def leaving(rich: Member, rini: User, api_of: Program) -> str:
    body = {"member": str(rich.id), "reason": "resigned", "key": str(uuid4())}
    return str(api_of(rini).post(f"{API}/exits/", body, format="json").data["id"])


def _decision(**changes: Any) -> dict[str, Any]:
    day = business_today().isoformat()
    return {"decision_number": "7/BA", "decided_on": day, "key": str(uuid4())} | changes


def test_a_request_is_recorded_once(rich: Member, rini: User, api_of: Program) -> None:
    program = api_of(rini)
    body = {
        "member": str(rich.id),
        "reason": "died",
        "heir_name": "Budi (rekaan)",
        "heir_phone": "081200000009",
        "key": str(uuid4()),
    }
    first = program.post(f"{API}/exits/", body, format="json")
    again = program.post(f"{API}/exits/", body, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.data["id"] == again.data["id"]
    assert first.data["statement"]["refund_idr"] == 175_000
    assert [row["kind"] for row in first.data["statement"]["rows"]] == [
        "pokok",
        "wajib",
        "sukarela",
    ]
    other = program.post(f"{API}/exits/", body | {"reason": "moved"}, format="json")
    assert (other.status_code, other.data["code"]) == (409, "key_reused")
    unknown = program.post(f"{API}/exits/", body | {"member": str(uuid4())}, format="json")
    assert "member" in unknown.data["fields"]


def test_from_the_decision_to_the_payment(
    leaving: str, budi: User, tono: User, wati: User, api_of: Program
) -> None:
    day = (business_today() + timedelta(days=30)).isoformat()
    decided = api_of(budi).post(
        f"{API}/exits/{leaving}/decision/", _decision(pay_on=day), format="json"
    )
    assert (decided.status_code, decided.data["is_due"]) == (200, True)
    due = api_of(wati).get(f"{API}/exits/?stage=due").data["results"]
    assert [row["id"] for row in due] == [leaving]
    assert "nik" not in str(due)
    paid = api_of(tono).post(
        f"{API}/exits/{leaving}/payment/", {"key": str(uuid4())}, format="json"
    )
    assert paid.data["paid_on"] == business_today().isoformat()
    twice = api_of(tono).post(
        f"{API}/exits/{leaving}/payment/", {"key": str(uuid4())}, format="json"
    )
    assert (twice.status_code, twice.data["code"]) == (422, "payout_refused")
    undone = api_of(tono).post(
        f"{API}/exits/{leaving}/payment/correction/",
        {"key": str(uuid4()), "reason": "belum diambil"},
        format="json",
    )
    assert undone.data["is_due"]
    assert api_of(wati).get(f"{API}/exits/{leaving}/").data["statement"]["savings_idr"] == 175_000


def test_paying_at_once_takes_the_right_to_pay(
    leaving: str, budi: User, api_of: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = dict(permissions.PERMISSIONS)
    held[Role.CHAIR] = held[Role.CHAIR] - {Permission.SAVINGS_WITHDRAW}
    monkeypatch.setattr(permissions, "PERMISSIONS", held)
    refused = api_of(budi).post(f"{API}/exits/{leaving}/decision/", _decision(), format="json")
    assert refused.status_code == 403
    later = _decision(pay_on=business_today().isoformat())
    assert (
        api_of(budi).post(f"{API}/exits/{leaving}/decision/", later, format="json").data["is_due"]
    )


def test_a_request_is_taken_back_and_an_heir_corrected(
    rich: Member, rini: User, api_of: Program
) -> None:
    program = api_of(rini)
    body = {
        "member": str(rich.id),
        "reason": "died",
        "heir_name": "Bidi",
        "key": str(uuid4()),
    }
    exit_id = program.post(f"{API}/exits/", body, format="json").data["id"]
    heir = program.put(f"{API}/exits/{exit_id}/heir/", {"heir_name": "Budi"}, format="json")
    assert heir.data["heir_name"] == "Budi"
    assert program.post(f"{API}/exits/{exit_id}/withdrawal/").data["state"] == "cancelled"
    assert program.get(f"{API}/exits/?stage=nowhere").status_code == 400


def test_who_left_is_taken_back(
    rich: Member, leaving: str, budi: User, rini: User, api_of: Program
) -> None:
    early = api_of(rini).post(f"{API}/members/{rich.id}/readmission/")
    assert (early.status_code, early.data["code"]) == (422, "readmission_refused")
    api_of(budi).post(f"{API}/exits/{leaving}/decision/", _decision(), format="json")
    back = api_of(rini).post(f"{API}/members/{rich.id}/readmission/")
    assert (back.data["status"], back.data["number"]) == (Status.APPLIED, None)
    assert Exit.objects.of(rich.cooperative).get().member_number == 1


def test_officers_are_added_edited_ended_and_renewed(
    ayu: Member, rini: User, wati: User, api_of: Program
) -> None:
    program = api_of(rini)
    term = {
        "body": "board",
        "position": "chair",
        "member": str(ayu.id),
        "started_on": "2025-06-24",
        "term_ends_on": "2026-06-23",
    }
    added = program.post(f"{API}/officers/", term | {"key": str(uuid4())}, format="json")
    assert (added.status_code, added.data["name"]) == (201, ayu.name)
    officer = f"{API}/officers/{added.data['id']}/"
    edit = term | {"version": 1, "decision_number": "1/SK"}
    assert program.put(officer, edit, format="json").data["version"] == 2
    conflict = program.put(officer, edit, format="json")
    assert (conflict.status_code, conflict.data["code"]) == (409, "officer_conflict")
    fresh = program.post(
        f"{officer}terms/",
        term | {"started_on": "2026-06-23", "term_ends_on": "2031-06-22"},
        format="json",
    )
    assert fresh.status_code == 201
    assert program.get(officer).data["ended_on"] == "2026-06-23"
    ended = program.post(
        f"{API}/officers/{fresh.data['id']}/end/", {"ended_on": "2026-07-01"}, format="json"
    )
    assert ended.data["ended_on"] == "2026-07-01"
    assert len(api_of(wati).get(f"{API}/officers/").data["results"]) == 2
    warnings = api_of(wati).get(f"{API}/officers/warnings/").data
    assert [warning["code"] for warning in warnings] == ["no_board", "no_supervisors"]


def test_the_registers_are_read_as_data(
    rich: Member, leaving: str, budi: User, wati: User, api_of: Program
) -> None:
    program = api_of(wati)
    (line,) = program.get(f"{API}/registers/savings/").data["lines"]
    assert (line["number"], line["total_idr"]) == (1, 175_000)
    assert program.get(f"{API}/registers/savings/?on=2025-01-01").data["total_idr"] == 0
    assert program.get(f"{API}/registers/savings/?on=kemarin").status_code == 400
    api_of(budi).post(f"{API}/exits/{leaving}/decision/", _decision(), format="json")
    (line,) = program.get(f"{API}/registers/members/").data
    assert (line["number"], line["left_why"], line["has_nik"]) == (1, "resigned", True)
