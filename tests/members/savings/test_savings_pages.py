"""Taking deposits, paying withdrawals and correcting them, on the pages."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kkmp.access.models import User
from kkmp.lib.clock import business_today
from members.models import Member, SavingsEntry, SavingsKind, Status
from members.savings import queries

Enrol = Callable[..., Member]
Act = Callable[..., SavingsEntry]
Door = Callable[[User], Client]


def _url(name: str, member: Member, *args: Any) -> str:
    return reverse(f"members:{name}", args=[member.cooperative.code, *(args or [member.id])])


def _form(kind: SavingsKind, amount: str, **changes: Any) -> dict[str, Any]:
    return {"kind": str(kind.id), "amount_idr": amount, "key": str(uuid4())} | changes


def test_a_deposit_leads_to_its_receipt(
    wulan: Member, principal: SavingsKind, tono: User, client_of: Door
) -> None:
    browser = client_of(tono)
    response = browser.post(_url("deposit", wulan), _form(principal, "100.000"), follow=True)
    entry = queries.entries(wulan).get()
    assert response.redirect_chain[-1][0] == _url("receipt", wulan, entry.id)
    assert (entry.amount_idr, entry.date) == (100_000, business_today())
    wulan.refresh_from_db()
    assert wulan.status == Status.ACTIVE
    assert "0001" in response.content.decode()


def test_the_form_suggests_what_is_open_and_what_is_usual(
    wulan: Member,
    principal: SavingsKind,
    mandatory: SavingsKind,
    pay: Act,
    tono: User,
    client_of: Door,
) -> None:
    pay(wulan, principal, 40_000)
    browser = client_of(tono)
    form = browser.get(_url("deposit", wulan), follow=True).context["form"]
    assert [offer.kind.code for offer in form.offers] == ["pokok"]
    assert (form["kind"].value(), form["amount_idr"].value()) == (principal.pk, "60.000")
    pay(wulan, principal, 60_000)
    form = browser.get(_url("deposit", wulan), follow=True).context["form"]
    assert [offer.kind.code for offer in form.offers] == ["wajib", "sukarela"]
    assert form.amounts[str(mandatory.pk)]["usual"] == 10_000


def test_a_link_may_name_the_kind(
    ayu: Member, voluntary: SavingsKind, tono: User, client_of: Door
) -> None:
    url = _url("deposit", ayu) + f"?kind={voluntary.pk}"
    form = client_of(tono).get(url, follow=True).context["form"]
    assert form["kind"].value() == voluntary.pk


def test_nothing_is_offered_to_who_has_left(ayu: Member, tono: User, client_of: Door) -> None:
    Member.objects.of(ayu.cooperative).filter(id=ayu.id).update(status=Status.LEFT)
    response = client_of(tono).get(_url("deposit", ayu), follow=True)
    assert response.context["form"].offers == []
    assert '<form class="form-sheet"' not in response.content.decode()


def test_a_double_click_and_the_back_button_record_once(
    wulan: Member, principal: SavingsKind, tono: User, client_of: Door
) -> None:
    browser, form = client_of(tono), _form(principal, "100000")
    first = browser.post(_url("deposit", wulan), form)
    again = browser.post(_url("deposit", wulan), form)
    assert first["Location"] == again["Location"]
    assert queries.entries(wulan).count() == 1
    back = browser.get(_url("deposit", wulan) + f"?kunci={form['key']}")
    assert back.context["done"] == queries.entries(wulan).get()
    assert first["Location"] in back.content.decode()


def test_the_same_form_with_another_amount_is_refused_with_a_way_on(
    ayu: Member, voluntary: SavingsKind, tono: User, client_of: Door
) -> None:
    browser, form = client_of(tono), _form(voluntary, "50.000")
    browser.post(_url("deposit", ayu), form)
    refused = browser.post(_url("deposit", ayu), form | {"amount_idr": "60.000"})
    assert refused.status_code == 422
    assert refused.context["is_key_reused"]
    assert queries.entries(ayu).count() == 2


@pytest.mark.parametrize("amount", ["", "0", "-5.000", "lima ribu", "2.000.000.000"])
def test_an_amount_that_cannot_be_is_said_beside_it(
    ayu: Member, voluntary: SavingsKind, tono: User, client_of: Door, amount: str
) -> None:
    response = client_of(tono).post(_url("deposit", ayu), _form(voluntary, amount))
    assert response.status_code == 422
    assert "amount_idr" in response.context["form"].errors


def test_another_cooperative_s_kind_is_refused(ayu: Member, tono: User, client_of: Door) -> None:
    form = {"kind": str(uuid4()), "amount_idr": "10.000", "key": str(uuid4())}
    response = client_of(tono).post(_url("deposit", ayu), form)
    assert "kind" in response.context["form"].errors


def test_too_much_principal_is_said_beside_the_amount(
    wulan: Member, principal: SavingsKind, tono: User, client_of: Door
) -> None:
    response = client_of(tono).post(_url("deposit", wulan), _form(principal, "150.000"))
    assert response.status_code == 422
    assert "Rp100.000" in response.context["form"].errors["amount_idr"][0]
    assert response.context["form"]["amount_idr"].value() == "150.000"


def test_a_missing_nik_is_said_above_the_form(
    enrol: Enrol, principal: SavingsKind, tono: User, client_of: Door
) -> None:
    member = enrol("Tanpa NIK")
    response = client_of(tono).post(_url("deposit", member), _form(principal, "100.000"))
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert not queries.entries(member).exists()


def test_a_withdrawal_leads_to_its_receipt(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, client_of: Door
) -> None:
    pay(ayu, voluntary, 50_000)
    browser = client_of(tono)
    form = browser.get(_url("withdraw", ayu), follow=True).context["form"]
    assert form.amounts[str(voluntary.pk)]["quick"][-1] == [50_000, "Rp50.000"]
    response = browser.post(_url("withdraw", ayu), _form(voluntary, "20.000"), follow=True)
    assert "BUKTI PENARIKAN SIMPANAN" in response.content.decode()
    assert queries.entries(ayu).first().amount_idr == -20_000


def test_more_than_the_balance_is_refused(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, client_of: Door
) -> None:
    pay(ayu, voluntary, 50_000)
    response = client_of(tono).post(_url("withdraw", ayu), _form(voluntary, "60.000"))
    assert response.status_code == 422
    assert "amount_idr" in response.context["form"].errors


def test_who_holds_nothing_is_told_so(ayu: Member, tono: User, client_of: Door) -> None:
    response = client_of(tono).get(_url("withdraw", ayu), follow=True)
    assert response.context["form"].offers == []


def test_a_wrong_deposit_is_corrected_with_a_reason(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, client_of: Door
) -> None:
    wrong = pay(ayu, voluntary, 500_000)
    browser, url = client_of(tono), _url("correct", ayu, wrong.id)
    assert url in browser.get(_url("receipt", ayu, wrong.id)).content.decode()
    assert browser.get(url, follow=True).status_code == 200
    form = {"reason": "seharusnya 50.000", "key": str(uuid4())}
    response = browser.post(url, form, follow=True)
    text = response.content.decode()
    assert "BUKTI KOREKSI SIMPANAN" in text
    assert "S-000002" in text
    assert "S-000003" in browser.get(_url("receipt", ayu, wrong.id)).content.decode()
    history = browser.get(_url("detail", ayu)).content.decode()
    assert "is-corrected" in history


def test_a_correction_without_a_reason_is_refused(
    ayu: Member, voluntary: SavingsKind, pay: Act, tono: User, client_of: Door
) -> None:
    wrong = pay(ayu, voluntary, 500_000)
    response = client_of(tono).post(_url("correct", ayu, wrong.id), {"key": str(uuid4())})
    assert response.status_code == 422
    assert "reason" in response.context["form"].errors


def test_a_refused_correction_says_what_to_do(ayu: Member, tono: User, client_of: Door) -> None:
    first = queries.entries(ayu).get()
    form = {"reason": "salah orang", "key": str(uuid4())}
    response = client_of(tono).post(_url("correct", ayu, first.id), form)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()


def test_the_supervisor_reads_and_writes_nothing(ayu: Member, wati: User, client_of: Door) -> None:
    browser, entry = client_of(wati), queries.entries(ayu).get()
    assert browser.get(_url("receipt", ayu, entry.id)).status_code == 200
    for name in ("deposit", "withdraw"):
        assert browser.get(_url(name, ayu)).status_code == 403
    for name in ("correct", "receipt_issue"):
        assert browser.post(_url(name, ayu, entry.id)).status_code == 403
