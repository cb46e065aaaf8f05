"""What everybody may open to join: the form, the notice, thanks."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.joining import limits, notices
from members.models import Application, Member
from tests.members.conftest import NIKS


def _url(name: str, cooperative: Cooperative, *args: Any) -> str:
    return reverse(f"joining:{name}", args=[cooperative.code, *args])


def _sent(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Tuti (rekaan)",
        "nik": NIKS[0].digits,
        "phone": "0812 3456 7890",
        "category": "ordinary",
        "agrees": "on",
        "notice_version": notices.CURRENT,
        "key": str(uuid4()),
    } | changes


def _applications(cooperative: Cooperative) -> list[Application]:
    with scope.cooperative(cooperative.pk):
        return list(Application.objects.of(cooperative))


def test_anybody_opens_the_form_with_a_key_of_its_own(melati: Cooperative) -> None:
    page, other = (Client().get(_url("form", melati)) for _browser in range(2))
    words = page.content.decode()
    # At once: who previews a link that was shared follows no redirect.
    assert page.status_code == 200
    assert f'name="description" content="Menjadi anggota {melati.name}' in words
    assert page.context["form"]["key"].value() != other.context["form"]["key"].value()
    for part in (melati.name, "Rp100.000", "Rp10.000", "boleh dicicil", "3×24 jam"):
        assert part in words
    assert "no-store" in page["Cache-Control"]


def test_what_is_sent_waits_for_the_clerk(melati: Cooperative) -> None:
    answer = Client().post(_url("form", melati), _sent(rt="2", rw="3", is_civil_servant="on"))
    assert answer["Location"] == _url("thanks", melati) + "?untuk=ordinary"
    (sent,) = _applications(melati)
    assert (sent.name, sent.phone, sent.rw) == ("Tuti (rekaan)", "+6281234567890", "003")
    assert (sent.is_civil_servant, sent.agency) == (True, "")
    assert sent.notice_version == notices.CURRENT


def test_a_registered_nik_gets_the_same_answer(melati: Cooperative, wulan: Member) -> None:
    known = Client().post(_url("form", melati), _sent(nik=NIKS[0].digits))
    new = Client().post(_url("form", melati), _sent(nik=NIKS[7].digits))
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])


def test_the_same_form_sent_twice_is_one_application(melati: Cooperative) -> None:
    form = _sent()
    for _time in range(2):
        assert Client().post(_url("form", melati), form).status_code == 302
    assert len(_applications(melati)) == 1


def test_going_back_to_a_form_that_was_sent_leads_to_thanks(melati: Cooperative) -> None:
    form = _sent(category="extraordinary")
    Client().post(_url("form", melati), form)
    answer = Client().get(_url("form", melati) + f"?kunci={form['key']}")
    assert answer["Location"] == _url("thanks", melati) + "?untuk=extraordinary"


def test_a_form_changed_after_it_was_sent_is_told(melati: Cooperative) -> None:
    form = _sent()
    Client().post(_url("form", melati), form)
    answer = Client().post(_url("form", melati), form | {"phone": "0812 0000 0000"})
    assert answer.status_code == 422
    assert "sudah terkirim" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"nik": "3374115203"}, "nik"),
        ({"phone": "12"}, "phone"),
        ({"phone": "", "address": ""}, "phone"),
        ({"category": ""}, "category"),
        ({"agrees": ""}, "agrees"),
        ({"notice_version": "2001-01"}, "notice_version"),
        ({"remarks": "buy now"}, "remarks"),
        ({"key": ""}, "key"),
        ({"rw": "abc"}, "rw"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    melati: Cooperative, change: dict[str, str], field: str
) -> None:
    answer = Client().post(_url("form", melati), _sent(occupation="Penjahit") | change)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "Penjahit" in answer.content.decode()
    assert not _applications(melati)


def test_a_new_version_of_the_notice_can_be_agreed_to(melati: Cooperative) -> None:
    answer = Client().post(_url("form", melati), _sent(notice_version="2001-01"))
    assert answer.context["form"]["notice_version"].value() == notices.CURRENT


def test_an_address_reaches_who_has_no_phone(melati: Cooperative) -> None:
    answer = Client().post(_url("form", melati), _sent(phone="", address="Jl. Melati 1"))
    assert answer.status_code == 302


def at_most(monkeypatch: pytest.MonkeyPatch, *, from_one: int, from_all: int) -> None:
    monkeypatch.setattr(limits, "FROM_ONE", replace(limits.FROM_ONE, most=from_one))
    monkeypatch.setattr(limits, "FROM_ALL", replace(limits.FROM_ALL, most=from_all))


def test_too_many_from_one_connection_wait_and_lose_nothing(
    melati: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_most(monkeypatch, from_one=2, from_all=9)
    for number in range(2):
        assert Client().post(_url("form", melati), _sent(name=f"Orang {number}")).status_code == 302
    answer = Client().post(_url("form", melati), _sent(occupation="Penjahit"))
    assert answer.status_code == 429
    assert "Penjahit" in answer.content.decode()
    elsewhere = Client(REMOTE_ADDR="10.1.2.3").post(_url("form", melati), _sent())
    assert elsewhere.status_code == 302


def test_all_connections_together_have_a_limit(
    melati: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_most(monkeypatch, from_one=9, from_all=1)
    Client().post(_url("form", melati), _sent())
    answer = Client(REMOTE_ADDR="10.1.2.3").post(_url("form", melati), _sent())
    assert answer.status_code == 429


def test_mistyping_counts_for_nothing(melati: Cooperative, monkeypatch: pytest.MonkeyPatch) -> None:
    at_most(monkeypatch, from_one=1, from_all=1)
    for _time in range(3):
        Client().post(_url("form", melati), _sent(name=""))
    assert Client().post(_url("form", melati), _sent()).status_code == 302


def test_both_categories_are_priced_where_they_differ(melati: Cooperative) -> None:
    with scope.cooperative(melati.pk):
        CooperativeSettings.objects.of(melati).update(
            extraordinary_principal_idr=250_000, allows_instalments=False
        )
    words = Client().get(_url("form", melati), follow=True).content.decode()
    assert "Rp100.000" in words
    assert "Rp250.000" in words
    assert "dibayar sekaligus" in words
    thanks = Client().get(_url("thanks", melati) + "?untuk=extraordinary").content.decode()
    assert "Rp250.000" in thanks
    assert "Rp100.000" not in thanks


def test_thanks_say_what_comes_next(melati: Cooperative) -> None:
    words = Client().get(_url("thanks", melati)).content.decode()
    assert "Bawa KTP" in words
    assert "Rp100.000" in words


def test_without_settings_nobody_is_taken_in(melati: Cooperative) -> None:
    with scope.cooperative(melati.pk):
        CooperativeSettings.objects.of(melati).update(valid_from="2099-01-01")
    browser = Client()
    words = browser.get(_url("form", melati), follow=True).content.decode()
    assert "belum menerima pendaftaran" in words
    browser.post(_url("form", melati), _sent())
    assert not _applications(melati)
    assert browser.get(_url("thanks", melati)).status_code == 200


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_notice_reads_in_both_languages(melati: Cooperative, language: str) -> None:
    headers = {"Accept-Language": language}
    page = Client().get(_url("notice", melati), headers=headers).content.decode()
    assert melati.name in page
    assert "$" not in page
    assert {"id": "Hak Anda", "en": "Your rights"}[language] in page
    version = Client().get(_url("notice_version", melati, notices.CURRENT), headers=headers)
    assert version.status_code == 200


def test_an_unknown_version_or_cooperative_is_not_found(melati: Cooperative) -> None:
    assert Client().get(_url("notice_version", melati, "1999-01")).status_code == 404
    assert Client().get("/gabung/9999999999/").status_code == 404


@pytest.mark.parametrize("version", notices.VERSIONS)
def test_both_languages_of_a_notice_have_the_same_parts(melati: Cooperative, version: str) -> None:
    shapes = []
    for language in ("id", "en"):
        with override(language):
            blocks = notices.blocks(version, melati)
            shapes.append([(block.kind, len(block.lines)) for block in blocks])
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("id", ("PIN untuk membayar dari simpanan", "untuk itulah PIN dipakai", "Kode PIN Anda")),
        ("en", ("a PIN to pay from your savings", "what the PIN is for", "The code of your PIN")),
    ],
)
def test_the_notice_says_what_is_kept_of_a_pin_and_why_and_how_long(
    melati: Cooperative, language: str, told: tuple[str, ...]
) -> None:
    headers = {"Accept-Language": language}
    page = Client().get(_url("notice", melati), headers=headers).content.decode()
    assert all(words in page for words in told)
    # Who agreed before agreed to what stood there then.
    old = Client().get(_url("notice_version", melati, "2026-11"), headers=headers).content.decode()
    assert "PIN" not in old.split("<main")[1]
