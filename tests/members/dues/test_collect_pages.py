"""A meeting's collection, as a plain form of rows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kkmp.lib.clock import business_today
from kkmp.lib.periods import add_months
from members.dues.queries import collecting
from members.models import Collection, Member, SavingsBalance, SavingsEntry, Status


@pytest.fixture
def people(ayu, enrol, in_melati) -> list[Member]:
    """Ayu of RW 001 and two of RW 003, each three months behind."""
    others = [enrol(f"Anggota {serial}", rw="003") for serial in (1, 2)]
    joined = add_months(business_today(), -2)
    for serial, member in enumerate([ayu, *others], start=1):
        Member.objects.of(in_melati).filter(id=member.id).update(
            status=Status.ACTIVE, number=serial, joined_on=joined
        )
    return [ayu, *others]


@pytest.fixture
def url(in_melati) -> str:
    return reverse("members:collect", args=[in_melati.code])


def _sent(**more):
    return {"title": "Rapat RW 03", "key": str(uuid4())} | more


def _mandatory(cooperative) -> dict:
    rows = SavingsBalance.objects.of(cooperative).filter(kind__code="wajib")
    return {row.member_id: row.balance_idr for row in rows}


def test_everybody_is_listed_with_what_is_due_and_nothing_counts_yet(people, url, tono, client_of):
    response = client_of(tono).get(url, follow=True)
    rows = response.context["form"].rows
    assert {row.member for row in rows} == set(people)
    assert {(row.open_idr, row.months, row.amount) for row in rows} == {(30_000, 3, "")}
    assert 'placeholder="30.000"' in response.content.decode()


def test_an_rw_is_listed_alone_and_names_the_meeting(people, url, tono, client_of):
    response = client_of(tono).get(url, {"rw": "3"}, follow=True)
    assert [row.member for row in response.context["form"].rows] == people[1:]
    assert response.context["form"]["title"].value().endswith("3")


def test_amounts_and_ticks_are_taken_together(people, url, in_melati, tono, client_of):
    ayu, one, two = people
    sent = _sent(
        **{
            f"wajib-{ayu.id}": "50.000",
            f"lunas-{one.id}": "30000",
            f"sukarela-{two.id}": "5 ribu",
            f"lunas-{ayu.id}": "30000",
        }
    )
    response = client_of(tono).post(url, sent, follow=True)
    taken = Collection.objects.of(in_melati).get()
    assert response.redirect_chain[-1][0].endswith(f"/{taken.id}/")
    assert (taken.payments, taken.total_idr, taken.date) == (3, 85_000, business_today())
    assert _mandatory(in_melati) == {ayu.id: 50_000, one.id: 30_000}
    text = response.content.decode()
    for entry in SavingsEntry.objects.of(in_melati).filter(collected__collection=taken):
        assert reverse("members:receipt", args=[in_melati.code, entry.id]) in text


def test_a_double_click_and_the_back_button_record_once(people, url, in_melati, tono, client_of):
    browser, sent = client_of(tono), _sent(**{f"lunas-{people[0].id}": "30000"})
    first = browser.post(url, sent)
    again = browser.post(url, sent)
    assert first["Location"] == again["Location"]
    assert Collection.objects.of(in_melati).count() == 1
    back = browser.get(url, {"kunci": sent["key"]})
    assert back.context["done"] == Collection.objects.of(in_melati).get()
    assert first["Location"] in back.content.decode()


def test_the_same_form_with_another_amount_is_refused_with_a_way_on(
    people, url, in_melati, tono, client_of
):
    browser, sent = client_of(tono), _sent(**{f"lunas-{people[0].id}": "30000"})
    browser.post(url, sent)
    refused = browser.post(url, sent | {f"lunas-{people[1].id}": "30000"})
    assert refused.status_code == 422
    assert refused.context["is_key_reused"]
    assert Collection.objects.of(in_melati).count() == 1


@pytest.mark.parametrize("amount", ["lima", "-5.000", "0", "2.000.000.000", "1,250"])
def test_a_refused_save_keeps_every_amount(people, url, in_melati, tono, client_of, amount):
    ayu, one, two = people
    sent = _sent(**{f"wajib-{ayu.id}": amount, f"wajib-{one.id}": "10.000", f"lunas-{two.id}": "1"})
    response = client_of(tono).post(url + "?rw=001", sent)
    assert response.status_code == 422
    rows = {row.member: row for row in response.context["form"].rows}
    assert rows[ayu].errors
    assert (rows[ayu].amount, rows[one].amount, rows[two].is_ticked) == (amount, "10.000", True)
    assert not Collection.objects.of(in_melati).exists()


def test_nobody_and_no_title_are_said_above_the_list(people, url, tono, client_of):
    response = client_of(tono).post(url, _sent())
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    untitled = client_of(tono).post(url, _sent(title="", **{f"lunas-{people[0].id}": "30000"}))
    assert "title" in untitled.context["form"].errors


def test_who_has_left_meanwhile_is_marked_and_nothing_is_taken(
    people, url, in_melati, tono, client_of
):
    Member.objects.of(in_melati).filter(id=people[0].id).update(
        status=Status.LEFT, left_on=business_today()
    )
    sent = _sent(**{f"lunas-{people[0].id}": "30000", f"lunas-{people[1].id}": "30000"})
    response = client_of(tono).post(url, sent)
    assert response.status_code == 422
    wrong = [row.member for row in response.context["form"].rows if row.errors]
    assert wrong == [people[0]]


def test_somebody_of_another_cooperative_is_nobody(people, url, in_melati, tono, client_of):
    response = client_of(tono).post(url, _sent(**{f"wajib-{uuid4()}": "10.000", "wajib-x": "1"}))
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()


def test_a_long_register_is_cut_and_the_rest_is_found(
    people, url, in_melati, tono, client_of, monkeypatch
):
    monkeypatch.setattr(collecting, "MOST", 2)
    browser = client_of(tono)
    response = browser.get(url, follow=True)
    assert response.context["sheet"].is_cut
    assert len(response.context["form"].rows) == 2
    more = reverse("members:collect_people", args=[in_melati.code])
    assert str(people[0].id) in browser.get(more, {"q": "0001"}).content.decode()
    assert str(people[0].id) in browser.get(more, {"orang": str(people[0].id)}).content.decode()
    assert browser.get(more).content.decode().strip() == ""


def test_earlier_collections_are_listed(people, url, in_melati, tono, wati, client_of):
    client_of(tono).post(url, _sent(**{f"lunas-{people[0].id}": "30000"}))
    listed = client_of(wati).get(reverse("members:collected", args=[in_melati.code]))
    assert [one.title for one in listed.context["page"]] == ["Rapat RW 03"]
    taken = Collection.objects.of(in_melati).get()
    page = client_of(wati).get(reverse("members:collection", args=[in_melati.code, taken.id]))
    assert page.status_code == 200
    assert client_of(wati).get(url).status_code == 403


def test_a_corrected_receipt_is_marked_on_the_list(
    people, url, in_melati, tono, correct, client_of
):
    browser = client_of(tono)
    browser.post(url, _sent(**{f"lunas-{member.id}": "30000" for member in people}))
    taken = Collection.objects.of(in_melati).get()
    entry = SavingsEntry.objects.of(in_melati).filter(collected__collection=taken).first()
    correct(entry, on=business_today())
    page = browser.get(reverse("members:collection", args=[in_melati.code, taken.id]))
    assert page.content.decode().count("is-corrected") == 1


def test_the_day_of_the_meeting_is_chosen_and_one_ahead_refused(
    people, url, in_melati, tono, client_of
):
    ayu, today = people[0], business_today()
    Member.objects.of(in_melati).filter(id=ayu.id).update(joined_on=today - timedelta(days=9))
    browser, paid = client_of(tono), {f"wajib-{ayu.id}": "50.000"}
    ahead = browser.post(url, _sent(day=(today + timedelta(days=1)).isoformat(), **paid))
    assert ahead.status_code == 422
    assert "day" in ahead.context["form"].errors
    browser.post(url, _sent(day=(today - timedelta(days=1)).isoformat(), **paid))
    assert Collection.objects.of(in_melati).get().date == today - timedelta(days=1)
