"""Members and savings for programs."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from kkmp.access.models import User
from kkmp.lib.clock import business_today
from kkmp.registry.models import Cooperative
from members.models import Member, SavingsEntry, SavingsKind
from members.register.services import membership
from members.savings import queries
from tests.members.conftest import NIKS

Act = Callable[..., SavingsEntry]
Door = Callable[..., APIClient]

MEMBERS = "/api/v1/members/"
DEPOSITS = "/api/v1/savings/deposits/"
WITHDRAWALS = "/api/v1/savings/withdrawals/"
CORRECTIONS = "/api/v1/savings/corrections/"


def _payment(member: Member, kind: str, amount_idr: int) -> dict[str, Any]:
    return {"member": str(member.id), "kind": kind, "amount_idr": amount_idr, "key": str(uuid4())}


def _post(program: APIClient, url: str, body: dict[str, Any]) -> Any:
    return program.post(url, body, format="json")


def test_the_register_is_listed_newest_first_without_a_digit_of_the_nik(
    wulan: Member, ayu: Member, tono: User, api_of: Door
) -> None:
    answer = api_of(tono).get(MEMBERS)
    assert [row["name"] for row in answer.json()["results"]] == ["Ayu (rekaan)", "Wulan (rekaan)"]
    assert answer.json()["results"][0]["has_nik"] is True
    assert "nik" not in answer.json()["results"][0]


def test_whose_number_it_is_cannot_be_asked_of_who_has_left(
    wulan: Member, rini: User, in_melati: Cooperative, api_of: Door
) -> None:
    """A wrong number was refused and the right one was no change: both without a trace."""
    membership.leave(member=membership.locked(wulan), on=business_today(), by=rini)
    url = f"{MEMBERS}{wulan.id}/"
    answers = [
        api_of(rini).patch(url, {"nik": nik, "version": wulan.version}, format="json")
        for nik in (NIKS[0].digits, NIKS[1].digits)
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].json() == answers[1].json()


def test_the_register_comes_in_pages(wulan: Member, ayu: Member, tono: User, api_of: Door) -> None:
    first = api_of(tono).get(MEMBERS, {"page_size": 1}).json()
    second = api_of(tono).get(first["next"]).json()
    assert [first["results"][0]["name"], second["results"][0]["name"]] == [
        "Ayu (rekaan)",
        "Wulan (rekaan)",
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "0001"}, {"Ayu (rekaan)", "Wulan (rekaan)"}),
        ({"q": "wulan"}, {"Wulan (rekaan)"}),
        ({"status": "active"}, {"Ayu (rekaan)"}),
        ({"rw": "003"}, {"Wulan (rekaan)"}),
        ({"is_civil_servant": "true"}, set()),
    ],
)
def test_the_register_is_filtered(
    wulan: Member, ayu: Member, tono: User, api_of: Door, query: dict, names: set[str]
) -> None:
    found = api_of(tono).get(MEMBERS, query).json()["results"]
    assert {row["name"] for row in found} == names


def test_an_unknown_filter_value_is_refused(wulan: Member, tono: User, api_of: Door) -> None:
    assert api_of(tono).get(MEMBERS, {"status": "bogus"}).status_code == 400


def test_a_person_is_registered_and_what_looks_odd_is_told(
    in_melati: Cooperative, rini: User, api_of: Door
) -> None:
    body = {"name": "Tuti", "nik": "3273 0152 0390 0001", "phone": "0812-3456-7890", "rt": "4"}
    answer = _post(api_of(rini), MEMBERS, body)
    assert answer.status_code == 201
    assert answer.json()["has_nik"] is True
    assert "3273" not in answer.content.decode()
    assert answer.json()["phone"] == "+6281234567890"
    assert [warning["code"] for warning in answer.json()["warnings"]] == ["nik_area"]
    assert Member.objects.of(in_melati).get().unsealed_nik() == "3273015203900001"


def test_the_same_key_registers_one_person(
    in_melati: Cooperative, rini: User, api_of: Door
) -> None:
    body = {"name": "Tuti", "key": str(uuid4()), "status": "lead"}
    first, again = (_post(api_of(rini), MEMBERS, body) for _try in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    other = _post(api_of(rini), MEMBERS, body | {"name": "Orang lain"})
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"nik": "123"}, "nik"),
        ({"phone": "12"}, "phone"),
        ({"rw": "tiga"}, "rw"),
        ({"status": "active"}, "status"),
        ({"address": "x" * 201}, "address"),
    ],
)
def test_what_cannot_be_is_said_by_field(
    in_melati: Cooperative, rini: User, api_of: Door, changes: dict, field: str
) -> None:
    answer = _post(api_of(rini), MEMBERS, {"name": "Tuti"} | changes)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


def test_a_taken_nik_is_refused(wulan: Member, rini: User, api_of: Door) -> None:
    answer = _post(api_of(rini), MEMBERS, {"name": "Tuti", "nik": NIKS[0].digits})
    assert (answer.status_code, answer.json()["code"]) == (422, "registration_refused")
    assert "nik" in answer.json()["fields"]


def test_a_person_is_read(ayu: Member, tono: User, api_of: Door) -> None:
    answer = api_of(tono).get(f"{MEMBERS}{ayu.id}/")
    assert (answer.json()["status"], answer.json()["number"]) == ("active", 1)


def test_a_part_of_a_person_is_changed(wulan: Member, rini: User, api_of: Door) -> None:
    url, body = f"{MEMBERS}{wulan.id}/", {"occupation": "Guru", "version": 1}
    answer = api_of(rini).patch(url, body, format="json")
    assert answer.status_code == 200
    assert (answer.json()["occupation"], answer.json()["rw"]) == ("Guru", "003")
    assert answer.json()["version"] == 2
    stale = api_of(rini).patch(url, body | {"occupation": "Petani"}, format="json")
    assert (stale.status_code, stale.json()["code"]) == (409, "edit_conflict")


def test_a_phone_can_be_taken_away(wulan: Member, rini: User, api_of: Door) -> None:
    answer = api_of(rini).patch(f"{MEMBERS}{wulan.id}/", {"phone": "", "version": 1}, format="json")
    assert answer.json()["phone"] == ""


def test_a_deposit_is_201_then_200_then_409(wulan: Member, tono: User, api_of: Door) -> None:
    body = _payment(wulan, "pokok", 100_000)
    first, again = (_post(api_of(tono), DEPOSITS, body) for _try in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (first.json()["member_status"], first.json()["member_number"]) == ("active", 1)
    assert first.json()["date"] == business_today().isoformat()
    other = _post(api_of(tono), DEPOSITS, body | {"amount_idr": 90_000})
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert queries.entries(wulan).count() == 1


def test_a_refused_deposit_leaves_nothing(wulan: Member, tono: User, api_of: Door) -> None:
    answer = _post(api_of(tono), DEPOSITS, _payment(wulan, "pokok", 100_001))
    assert (answer.status_code, answer.json()["code"]) == (422, "deposit_refused")
    assert not queries.entries(wulan).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_idr": 0}, "amount_idr"),
        ({"amount_idr": "1,5"}, "amount_idr"),
        ({"amount_idr": 10**12}, "amount_idr"),
        ({"kind": "tabungan"}, "kind"),
        ({"key": "bukan-uuid"}, "key"),
        ({"member": str(uuid4())}, "member"),
    ],
)
def test_what_a_deposit_cannot_be_is_said_by_field(
    wulan: Member, tono: User, api_of: Door, changes: dict, field: str
) -> None:
    answer = _post(api_of(tono), DEPOSITS, _payment(wulan, "pokok", 10_000) | changes)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


def test_a_withdrawal_is_paid(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, api_of: Door
) -> None:
    pay(ayu, voluntary, 50_000)
    answer = _post(api_of(tono), WITHDRAWALS, _payment(ayu, "sukarela", 20_000))
    assert answer.status_code == 201
    assert (answer.json()["amount_idr"], answer.json()["balance_after_idr"]) == (-20_000, 30_000)
    refused = _post(api_of(tono), WITHDRAWALS, _payment(ayu, "wajib", 1))
    assert (refused.status_code, refused.json()["code"]) == (422, "withdrawal_refused")


def test_a_deposit_is_corrected(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, api_of: Door
) -> None:
    wrong = pay(ayu, voluntary, 50_000)
    body = {"entry": str(wrong.id), "reason": "salah ketik", "key": str(uuid4())}
    first, again = (_post(api_of(tono), CORRECTIONS, body) for _try in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["reverses"] == str(wrong.id)
    unknown = _post(api_of(tono), CORRECTIONS, body | {"entry": str(uuid4())})
    assert (unknown.status_code, list(unknown.json()["fields"])) == (400, ["entry"])


def test_entries_and_balances_are_read(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, api_of: Door
) -> None:
    pay(ayu, voluntary, 50_000)
    rows = api_of(tono).get(f"{MEMBERS}{ayu.id}/savings/").json()["results"]
    assert [(row["number"], row["kind"]) for row in rows] == [(2, "sukarela"), (1, "pokok")]
    held = api_of(tono).get(f"{MEMBERS}{ayu.id}/balances/").json()
    assert [(row["kind"], row["balance_idr"], row["open_idr"]) for row in held] == [
        ("pokok", 100_000, 0),
        ("wajib", 0, None),
        ("sukarela", 50_000, None),
    ]
    kinds = api_of(tono).get("/api/v1/savings/kinds/").json()
    assert [kind["role"] for kind in kinds] == ["principal", "mandatory", "voluntary"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [3, 2, 1]),
        ({"kind": "pokok"}, [1]),
        ({"until": "2020-01-01"}, []),
        ({"since": "2020-01-01", "page_size": 1}, [3]),
        ({"member": str(uuid4())}, []),
    ],
)
def test_the_savings_of_all_members_are_read_and_filtered(
    ayu: Member,
    voluntary: SavingsKind,
    pay: Act,
    tono: User,
    api_of: Door,
    query: dict,
    numbers: list[int],
) -> None:
    pay(ayu, voluntary, 50_000)
    pay(ayu, voluntary, 20_000)
    answer = api_of(tono).get("/api/v1/savings/", query)
    assert [row["number"] for row in answer.json()["results"]] == numbers


def test_the_outsider_finds_nobody(melati: Cooperative, joko: User, api_of: Door) -> None:
    program = api_of(joko, melati)
    assert program.get(MEMBERS).status_code == 404
    body = {"member": str(uuid4()), "kind": "pokok", "amount_idr": 1, "key": str(uuid4())}
    assert _post(program, DEPOSITS, body).status_code == 404


def test_the_cashier_reads_no_register(
    wulan: Member, sari: User, in_melati: Cooperative, api_of: Door
) -> None:
    assert api_of(sari, in_melati).get(MEMBERS).status_code == 403
    answer = _post(api_of(sari, in_melati), DEPOSITS, _payment(wulan, "pokok", 10_000))
    assert answer.status_code == 403
