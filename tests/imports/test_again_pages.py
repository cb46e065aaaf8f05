"""The pages of importing again: accept changes, undo; and the same for programs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from kkmp.imports.models import BatchStatus, ImportBatch
from kkmp.registry import scope
from members.models import Member, Status
from tests.imports.conftest import MEMBER_TITLES, listed, xlsx
from tests.imports.test_pages import agree, send, url

IMPORTS = "/api/v1/imports/"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def rini_at(client_of, rini):
    client = client_of(rini)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def imported(rini_at, melati) -> str:
    """Siti and Budi are members."""
    batch_id = send(rini_at, melati, xlsx(MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi")))
    agree(rini_at, melati, batch_id)
    rini_at.post(url("run", melati, batch_id=batch_id), {"expected": 2})
    return batch_id


@pytest.fixture
def changing(rini_at, melati, imported) -> str:
    """A file in which Siti has another name, and Ani is new."""
    rows = (listed(1, "Siti Aminah"), listed(3, "Ani"))
    batch_id = send(rini_at, melati, xlsx(MEMBER_TITLES, *rows))
    agree(rini_at, melati, batch_id)
    return batch_id


def test_old_and_new_are_shown_first_and_the_nik_never_whole(rini_at, melati, changing):
    page = rini_at.get(url("rows", melati, batch_id=changing))
    text = page.content.decode()
    assert page.context["tab"] == "changes"
    assert "<del>Siti</del>" in text
    assert "<ins>Siti Aminah</ins>" in text
    assert "Accept 1 changes" in text
    assert "3374110101800001" not in text


def test_changes_are_accepted_and_made_with_the_import(rini_at, melati, changing):
    accept = url("accept", melati, batch_id=changing)
    assert rini_at.post(accept, {"accepts": "1"})["Location"].endswith("?tab=changes")
    page = rini_at.get(url("rows", melati, batch_id=changing))
    assert "Import 1 rows, change 1" in page.content.decode()
    shown = page.context["run"].initial
    rini_at.post(url("run", melati, batch_id=changing), shown)
    result = rini_at.get(url("result", melati, batch_id=changing)).content.decode()
    assert "1 rows have been changed" in result
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).filter(name="Siti Aminah").exists()


def test_changes_are_taken_back_before_the_import(rini_at, melati, changing):
    accept = url("accept", melati, batch_id=changing)
    rini_at.post(accept, {"accepts": "1"})
    rini_at.post(accept)
    page = rini_at.get(url("rows", melati, batch_id=changing))
    assert page.context["accepted"] == 0


def test_the_count_to_accept_follows_a_row_that_is_left_out(rini_at, melati, changing):
    skip = url("skip", melati, batch_id=changing, number=2)
    answer = rini_at.post(f"{skip}?tab=changes", HTTP_HX_REQUEST="true").content.decode()
    assert '<div id="import-accept" hx-swap-oob="true">' in answer
    assert "Accept" not in answer


def test_an_edit_since_the_page_was_shown_is_told(rini_at, melati, changing):
    rini_at.post(url("accept", melati, batch_id=changing), {"accepts": "1"})
    shown = rini_at.get(url("rows", melati, batch_id=changing)).context["run"].initial
    with scope.cooperative(melati.pk):
        Member.objects.of(melati).filter(name="Siti").update(version=2)
    answer = rini_at.post(url("run", melati, batch_id=changing), shown)
    assert answer.status_code == 409
    assert "something has changed" in answer.content.decode()


def test_an_import_is_undone_with_a_reason(rini_at, melati, imported):
    page = url("undo", melati, batch_id=imported)
    assert page in rini_at.get(url("result", melati, batch_id=imported)).content.decode()
    shown = rini_at.get(page)
    assert "data-confirm" in shown.content.decode()
    seen = {"rows": 2, "changed": 0, "amount_idr": 200_000}
    assert shown.context["form"].initial == seen
    assert rini_at.post(page, seen | {"reason": ""}).status_code == 422
    assert rini_at.post(page, {"reason": "salah berkas"}).status_code == 422
    for _click in range(2):
        answer = rini_at.post(page, seen | {"reason": "salah berkas"})
        assert answer.status_code == 302
    result = rini_at.get(url("result", melati, batch_id=imported)).content.decode()
    assert "salah berkas" in result
    assert page not in result
    listing = rini_at.get(reverse("imports:list", args=[melati.code])).content.decode()
    assert "Undone" in listing
    with scope.cooperative(melati.pk):
        siti = Member.objects.of(melati).get(name="Siti")
    assert siti.status == Status.LEFT
    member = rini_at.get(reverse("members:detail", args=[melati.code, siti.id])).content.decode()
    assert "salah berkas" in member


def test_an_import_that_is_no_longer_what_was_shown_is_not_undone(rini_at, melati, imported):
    page = url("undo", melati, batch_id=imported)
    for changed in ({"rows": 1}, {"changed": 1}, {"amount_idr": 90_000}):
        seen = {"rows": 2, "changed": 0, "amount_idr": 200_000} | changed
        answer = rini_at.post(page, seen | {"reason": "salah berkas"})
        assert answer.status_code == 422
        assert "it takes back 2 rows and Rp\xa0200,000 now" in answer.content.decode()
        # The form that goes back holds what is so now, and the next click takes it.
        form = answer.context["form"]
        assert {name: int(form[name].value()) for name in seen} == seen | {
            "rows": 2,
            "changed": 0,
            "amount_idr": 200_000,
        }
    with scope.cooperative(melati.pk):
        assert ImportBatch.objects.of(melati).get(id=imported).status == BatchStatus.IMPORTED


def test_what_stands_in_the_way_is_named(rini_at, melati, imported):
    with scope.cooperative(melati.pk):
        Member.objects.of(melati).filter(name="Siti").update(rw="009")
    page = url("undo", melati, batch_id=imported)
    shown = rini_at.get(page).content.decode()
    assert "What stands in the way" in shown
    assert "Siti" in shown
    seen = {"rows": 2, "changed": 0, "amount_idr": 200_000}
    assert rini_at.post(page, seen | {"reason": "salah"}).status_code == 422
    with scope.cooperative(melati.pk):
        assert ImportBatch.objects.of(melati).get(id=imported).status == BatchStatus.IMPORTED


def test_a_file_that_waits_is_not_undone(rini_at, melati, changing):
    answer = rini_at.get(url("undo", melati, batch_id=changing))
    assert answer["Location"] == url("opened", melati, batch_id=changing)


def test_goods_say_that_they_are_not_undone(client_of, tono, melati, goods_file):
    client = client_of(tono)
    batch_id = send(client, melati, goods_file, "products")
    agree(client, melati, batch_id, "products")
    client.post(url("run", melati, "products", batch_id=batch_id), {"expected": 38})
    page = url("undo", melati, "products", batch_id=batch_id)
    result = client.get(url("result", melati, "products", batch_id=batch_id))
    assert page not in result.content.decode()
    assert client.get(page).context["refusal"]


def test_bills_are_for_who_takes_deposits(client_of, rini_at, tono, melati):
    assert rini_at.get(url("upload", melati, "bills")).status_code == 403
    assert client_of(tono).get(url("upload", melati, "bills")).status_code == 200


# --- For programs ------------------------------------------------------------------------------


def sent(program, content: bytes, kind: str = "members", **more):
    body = {"kind": kind, "file": SimpleUploadedFile("daftar.xlsx", content)} | more
    return program.post(IMPORTS, body, format="multipart")


def test_a_program_sends_looks_runs_and_undoes(api_of, rini, melati):
    program = api_of(rini)
    rows = (listed(1, "Siti"), listed(2, "Budi", nik="12"))
    answer = sent(program, xlsx(MEMBER_TITLES, *rows), on="2025-10-18")
    assert answer.status_code == 201
    body = answer.json()
    assert (body["counts"]["ready"], body["counts"]["problem"]) == (1, 1)
    assert body["totals"]["principal"] == 100_000
    one = f"{IMPORTS}{body['id']}/"
    shown = program.get(one, {"state": "problem", "page_size": 1}).json()
    assert [row["title"] for row in shown["rows"]] == ["Budi"]
    assert shown["rows"][0]["problems"][0]["code"] == "nik_length"
    assert program.post(f"{one}run/", {"expected": 5}, format="json").status_code == 409
    for _retry in range(2):
        done = program.post(f"{one}run/", {"expected": 1}, format="json")
        assert (done.status_code, done.json()["imported_rows"]) == (200, 1)
    assert program.get(one).json()["rows"] == []
    assert program.get(IMPORTS).json()["results"][0]["id"] == body["id"]
    assert program.post(f"{one}undo/", {}, format="json").status_code == 400
    other = {"rows": 9, "changed": 0, "amount_idr": 100_000}
    refused = program.post(f"{one}undo/", {"reason": "salah", "shown": other}, format="json")
    assert refused.status_code == 409
    shown = {"rows": 1, "changed": 0, "amount_idr": 100_000}
    told = {"reason": "salah berkas", "shown": shown}
    undone = program.post(f"{one}undo/", told, format="json").json()
    assert (undone["status"], undone["undone_why"]) == ("undone", "salah berkas")


def test_a_program_accepts_changes(api_of, rini, melati, imported):
    program = api_of(rini)
    body = sent(program, xlsx(MEMBER_TITLES, listed(1, "Siti Aminah"))).json()
    assert body["rows"][0]["changes"] == [{"label": "Nama", "old": "Siti", "new": "Siti Aminah"}]
    run = f"{IMPORTS}{body['id']}/run/"
    assert program.post(run, {}, format="json").status_code == 422
    done = program.post(run, {"accept_changes": True}, format="json")
    assert done.json()["changed_rows"] == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [({"kind": "people"}, "kind"), ({"on": "2099-01-01"}, "on"), ({"file": ""}, "file")],
)
def test_bad_input_names_its_field(api_of, rini, melati, more, field):
    body = {"kind": "members", "file": SimpleUploadedFile("x.xlsx", b"x")} | more
    answer = api_of(rini).post(IMPORTS, body, format="multipart")
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


def test_a_list_needs_its_own_permission(api_of, rini, tono, melati, goods_file):
    assert sent(api_of(rini), goods_file, "products").status_code == 403
    body = sent(api_of(tono), goods_file, "products").json()
    assert api_of(rini).get(f"{IMPORTS}{body['id']}/").status_code == 403
    assert api_of(rini).get(IMPORTS).json()["results"] == []


def test_rows_of_an_unknown_kind_are_refused(api_of, rini, melati):
    body = sent(api_of(rini), xlsx(MEMBER_TITLES, listed(1, "Siti"))).json()
    assert api_of(rini).get(f"{IMPORTS}{body['id']}/", {"state": "all"}).status_code == 400
