"""Mandatory savings, arrears and collections for programs."""

from uuid import uuid4

import pytest

from kkmp.lib.clock import business_today
from kkmp.lib.periods import add_months
from members.models import Collection, Contact, Member, SavingsEntry

V1 = "/api/v1"


@pytest.fixture
def ayu(ayu, in_melati) -> Member:
    """Three months behind."""
    joined = add_months(business_today(), -3)
    Member.objects.of(in_melati).filter(id=ayu.id).update(joined_on=joined)
    ayu.refresh_from_db()
    return ayu


def test_a_member_s_year(ayu, tono, api_of):
    year = business_today().year
    answer = api_of(tono).get(f"{V1}/members/{ayu.id}/dues/", {"year": year}).json()
    assert len(answer["months"]) == 12
    assert answer["status"]["arrears_idr"] == 30_000
    assert api_of(tono).get(f"{V1}/members/{uuid4()}/dues/").status_code == 404
    assert api_of(tono).get(f"{V1}/members/{ayu.id}/dues/", {"year": "x"}).status_code == 400


def test_the_grid_is_filtered(ayu, tono, api_of):
    program = api_of(tono)
    found = program.get(f"{V1}/dues/", {"status": "behind", "rw": "1"}).json()["results"]
    assert [row["member"] for row in found] == [str(ayu.id)]
    assert program.get(f"{V1}/dues/", {"status": "ahead"}).json()["results"] == []


def test_arrears_bring_their_text_and_last_contact(ayu, rini, api_of, in_melati):
    program = api_of(rini)
    noted = program.post(
        f"{V1}/dues/contacts/", {"member": str(ayu.id), "channel": "call", "note": "sibuk"}
    )
    assert noted.status_code == 201
    assert Contact.objects.of(in_melati).get().by == rini
    [row] = program.get(f"{V1}/dues/arrears/", {"age": "1-3"}).json()["results"]
    assert row["contact"]["note"] == "sibuk"
    assert "Rp30.000" in row["text"]
    assert row["whatsapp"].startswith("https://wa.me/62812")
    assert program.get(f"{V1}/dues/arrears/", {"age": "7"}).json()["results"] == []


def test_a_contact_with_a_stranger_is_refused(ayu, rini, api_of):
    sent = {"member": str(uuid4()), "channel": "call"}
    answer = api_of(rini).post(f"{V1}/dues/contacts/", sent)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["member"])


def _collection(payer, /, **changes):
    payment = {"member": str(payer.id), "kind": "wajib", "amount_idr": 30_000}
    return {"title": "Rapat", "key": str(uuid4()), "payments": [payment | changes]}


def test_a_collection_is_taken_once(ayu, tono, api_of, in_melati):
    program, sent = api_of(tono), _collection(ayu)
    first = program.post(f"{V1}/savings/collections/", sent, format="json")
    again = program.post(f"{V1}/savings/collections/", sent, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = sent | {"title": "Rapat lain"}
    assert program.post(f"{V1}/savings/collections/", other, format="json").status_code == 409
    one = Collection.objects.of(in_melati).get()
    entries = program.get(f"{V1}/savings/collections/{one.id}/entries/").json()["results"]
    assert [entry["amount_idr"] for entry in entries] == [30_000]
    listed = program.get(f"{V1}/savings/collections/").json()["results"]
    assert [row["id"] for row in listed] == [str(one.id)]


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"member": str(uuid4())}, 400, "payments.0.member"),
        ({"kind": "emas"}, 400, "payments.0.kind"),
        ({"amount_idr": 0}, 400, "payments.0.amount_idr"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(ayu, tono, api_of, change, status, field):
    sent = _collection(ayu, **change)
    answer = api_of(tono).post(f"{V1}/savings/collections/", sent, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (status, [field])


def test_a_refusal_names_the_member(ayu, wulan, tono, api_of, in_melati):
    answer = api_of(tono).post(f"{V1}/savings/collections/", _collection(wulan), format="json")
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [str(wulan.id)]
    assert not SavingsEntry.objects.of(in_melati).filter(member=wulan).exists()
