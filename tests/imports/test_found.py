"""Files as offices send them, each for its kind. What must happen stands in found/README.md.

Each is taken through the pages and through the API, by somebody who may not read identity
numbers in other people's files.
"""

import io
import logging
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kkmp.imports.models import ImportBatch
from kkmp.imports.preview import State
from kkmp.imports.services import batches
from kkmp.lib import spreadsheet
from kkmp.lib.identity import parse_nik
from kkmp.registry import scope
from members.models import Member
from members.register.services import membership
from members.register.services.membership import Particulars
from members.takeover.kind import MemberList

FOUND = Path(__file__).resolve().parent / "found"
WHOLE_NIK = re.compile(r"\d{16}")


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def url(page: str, cooperative, kind: str = "members", **more) -> str:
    return reverse(f"imports:{kind}_{page}", kwargs={"code": cooperative.code} | more)


def send(client: Client, cooperative, name: str, kind: str = "members"):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    file = SimpleUploadedFile(name, (FOUND / name).read_bytes())
    return client.post(url("upload", cooperative, kind), {"file": file})


def batch_id_of(answer) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return re.search(r"[0-9a-f-]{36}", answer["Location"])[0]


def agreed(client: Client, cooperative, name: str, kind: str = "members", **more) -> str:
    """Send a file and take its columns as they are guessed; the id of its batch."""
    batch_id = batch_id_of(send(client, cooperative, name, kind))
    page = url("columns", cooperative, kind, batch_id=batch_id)
    form = client.get(page).context["form"]
    chosen = {field: one.initial for field, one in form.fields.items()} | more
    assert client.post(page, chosen).status_code == 302
    return batch_id


def pages_of(client: Client, cooperative, batch_id: str, kind: str = "members") -> str:
    """Everything that the pages say of a file, all its groups of rows and forms included."""
    rows = url("rows", cooperative, kind, batch_id=batch_id)
    texts = [client.get(url("columns", cooperative, kind, batch_id=batch_id)).content.decode()]
    numbers = set()
    for tab in ("ready", "warned", "problem", "exists", "skipped", "changes"):
        page = client.get(rows, {"tab": tab})
        numbers |= {line["row"].number for line in page.context["lines"]}
        texts.append(page.content.decode())
    for number in numbers:
        form = client.get(url("fix", cooperative, kind, batch_id=batch_id, number=number))
        texts.append(form.content.decode())
    return "\n".join(texts)


def upload_by_api(api, name: str, kind: str = "members", **more):
    file = SimpleUploadedFile(name, (FOUND / name).read_bytes())
    return api.post(reverse("api-imports"), {"kind": kind, "file": file} | more, format="multipart")


def rows_of(preview: dict[str, Any], state: str = "") -> list[dict[str, Any]]:
    return [row for row in preview["rows"] if not state or row["state"] == state]


@pytest.fixture
def rini_at(client_of, rini):
    return client_of(rini)


@pytest.fixture
def program(api_of, rini):
    return api_of(rini)


def test_a_sheet_for_each_rw_comes_in_whole(rini_at, program, melati):
    name = "satu-lembar-per-rw.xlsx"
    batch_id = agreed(rini_at, melati, name)
    page = rini_at.get(url("rows", melati, batch_id=batch_id), {"tab": "ready"})
    assert page.context["ready"] == 12
    assert "Row 4 (RW 03)" in page.content.decode()
    preview = upload_by_api(program, name).json()
    assert preview["counts"]["ready"] == 12
    assert [(one["name"], one["rows"], one["is_read"]) for one in preview["sheets"]] == [
        ("RW 01", 4, True),
        ("RW 02", 4, True),
        ("RW 03", 4, True),
    ]
    rini_at.post(url("run", melati, batch_id=batch_id), {"expected": 12})
    with scope.cooperative(melati.pk):
        assert (
            sorted(m.rw for m in Member.objects.of(melati))
            == ["001"] * 4 + ["002"] * 4 + ["003"] * 4
        )


def test_nobody_below_a_subtotal_is_lost_and_no_number_is_told(
    rini_at, client_of, tono, program, melati, caplog
):
    name = "subtotal-per-rw.xlsx"
    with caplog.at_level(logging.DEBUG):
        batch_id = agreed(rini_at, melati, name)
        preview = upload_by_api(program, name).json()
        texts = pages_of(client_of(tono), melati, batch_id)
    people = [row["title"] for row in preview["rows"] if row["state"] != "skipped"]
    assert people == [f"Calon Rekaan {rw}-{at}" for rw in (1, 2, 3) for at in (1, 2, 3)]
    left_out = [row["title"] for row in rows_of(preview, "skipped")]
    assert left_out == [
        "Jumlah RW 01 · 3",
        "Jumlah RW 02 · 3",
        "Jumlah RW 03 · 3",
        "Semarang, 1 Oktober 2026",
        "Ketua · Sekretaris",
        "Bp. Rekaan · Ibu Rekaan",
    ]
    assert not WHOLE_NIK.search(texts)
    assert not WHOLE_NIK.search(str(preview))
    assert not WHOLE_NIK.search(caplog.text)


def test_a_quote_that_never_closes_is_refused_with_its_line(rini_at, program, melati):
    name = "kutip-tak-ditutup.csv"
    answer = send(rini_at, melati, name)
    assert answer.status_code == 422
    assert "Line 4: a quotation mark" in str(answer.context["form"].errors["file"])
    refused = upload_by_api(program, name)
    assert refused.status_code == 422
    assert "Baris 4" in refused.json()["message"]
    with scope.cooperative(melati.pk):
        assert not ImportBatch.objects.of(melati).exists()


def test_a_formula_without_a_result_is_a_problem_of_its_row(rini_at, program, melati):
    name = "rumus-tanpa-hasil.xlsx"
    page = rini_at.get(url("rows", melati, batch_id=agreed(rini_at, melati, name)))
    assert (page.context["ready"], page.context["problems"]) == (0, 4)
    assert page.content.decode().count("save it and send it again") == 4
    preview = upload_by_api(program, name).json()
    assert [row["problems"][0]["code"] for row in preview["rows"]] == ["cell_broken"] * 4
    assert [row["problems"][0]["column"] for row in preview["rows"]] == ["mandatory"] * 4
    assert preview["totals"]["mandatory"] == 0


def test_an_error_in_a_workbook_of_excel_97_is_a_problem_of_its_row(rini_at, melati, program):
    name = "galat-excel-lama.xls"
    page = rini_at.get(url("rows", melati, batch_id=agreed(rini_at, melati, name)))
    assert (page.context["ready"], page.context["problems"]) == (1, 2)
    assert page.content.decode().count("save it and send it again") == 2
    preview = upload_by_api(program, name).json()
    problems = [row["problems"] for row in preview["rows"] if row["problems"]]
    assert [found[0]["code"] for found in problems] == ["cell_broken"] * 2
    assert [found[0]["column"] for found in problems] == ["mandatory"] * 2
    assert preview["totals"]["mandatory"] == 10_000


def test_merged_cells_hold_for_everybody_they_cover(rini_at, melati):
    batch_id = agreed(rini_at, melati, "sel-digabung.xlsx")
    rini_at.post(url("run", melati, batch_id=batch_id), {"expected": 6})
    with scope.cooperative(melati.pk):
        people = list(Member.objects.of(melati).order_by("number"))
    assert [(m.joined_on, m.rt, m.rw, m.address) for m in people] == [
        (date(2025, 8, 1), "002", "007", "Jl. Mawar 1")
    ] * 6


def test_two_rows_of_titles_are_read_as_one(rini_at, program, melati):
    name = "dua-baris-judul.xlsx"
    page = rini_at.get(url("rows", melati, batch_id=agreed(rini_at, melati, name)))
    assert {one["label"]: one["amount_idr"] for one in page.context["totals"]} == {
        "Principal savings": 300_000,
        "Mandatory savings": 90_000,
        "Voluntary savings": 45_000,
    }
    preview = upload_by_api(program, name).json()
    assert preview["stated"] == {"principal": 300_000, "mandatory": 90_000, "voluntary": 45_000}
    assert [row["number"] for row in rows_of(preview, "ready")] == [9, 10, 11]
    assert all(row["detail"].startswith("Aktif") for row in rows_of(preview, "ready"))


def test_a_column_for_each_month_is_asked_about_and_added_up(rini_at, program, melati):
    name = "wajib-per-bulan.xlsx"
    batch_id = batch_id_of(send(rini_at, melati, name))
    columns = url("columns", melati, batch_id=batch_id)
    page = rini_at.get(columns)
    assert "Add up 3 columns: Rp\xa090,000" in page.content.decode()
    form = page.context["form"]
    chosen = {field: one.initial for field, one in form.fields.items()}
    assert rini_at.post(columns, chosen).status_code == 422
    assert rini_at.post(columns, chosen | {"add_up": "mandatory"}).status_code == 302
    rows = rini_at.get(url("rows", melati, batch_id=batch_id))
    assert {one["label"]: (one["amount_idr"], one["stated_idr"]) for one in rows.context["totals"]}[
        "Mandatory savings"
    ] == (90_000, 90_000)
    assert "Column H “Jumlah” is not used: 3 amounts, Rp\xa0390,000" in rows.content.decode()


def test_a_program_names_the_columns(program):
    name = "wajib-per-bulan.xlsx"
    preview = upload_by_api(program, name).json()
    assert preview["counts"]["ready"] == 0
    assert {one["letter"] for one in preview["columns"] if one["fits"] == ["mandatory"]} == {
        "E",
        "F",
        "G",
    }
    address = reverse("api-import-columns", args=[preview["id"]])
    titles = {"name": "Nama", "nik": "NIK", "principal": "D", "status": "Status"}
    told = program.put(
        address, {"columns": titles | {"mandatory": ["E", "Simp. Wajib Feb", "G"]}}, format="json"
    )
    assert told.status_code == 200, told.json()
    assert told.json()["totals"] == {"principal": 300_000, "mandatory": 90_000, "voluntary": 0}
    at_once = upload_by_api(
        program,
        name,
        columns='{"name": "B", "nik": "C", "principal": "D", "mandatory": "F", "status": "I"}',
    )
    assert at_once.json()["totals"]["mandatory"] == 30_000
    refused = program.put(address, {"columns": {"name": "Z"}}, format="json")
    assert refused.status_code == 422


def test_our_own_list_of_wrong_rows_is_read_again(rini_at, melati):
    batch_id = agreed(rini_at, melati, "bolak-balik.xlsx")
    content = rini_at.get(url("leftover", melati, batch_id=batch_id)).content
    mended = _completed(content, "33741102037580", "3374110203758051")
    file = SimpleUploadedFile("lagi.xlsx", mended)
    again = batch_id_of(rini_at.post(url("upload", melati), {"file": file}))
    with scope.cooperative(melati.pk):
        batch = ImportBatch.objects.of(melati).get(id=again)
        row = batches.examine(batch, MemberList()).rows[0]
    assert row.state == State.READY
    person = row.verdict.value
    assert person.particulars.birth_date == date(1975, 3, 2)
    assert person.since == date(2025, 7, 25)
    assert person.mandatory_idr == 10_000


def _completed(content: bytes, old: str, new: str) -> bytes:
    """The workbook with another text in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, source.read(entry).replace(old.encode(), new.encode()))
    assert old not in [
        cell for row in spreadsheet.read(buffer.getvalue())[0].rows for cell in row.cells
    ]
    return buffer.getvalue()


def test_a_bill_of_somebody_else_waits_for_a_decision(rini, tono, api_of, client_of, melati):
    with scope.cooperative(melati.pk):
        for at, name in enumerate(("Siti Aminah", "Budi Santoso"), start=1):
            member = membership.register(
                cooperative=melati,
                particulars=Particulars(name=name, nik=parse_nik(f"337411010180000{at}")),
                on=date(2026, 1, 5),
                by=rini,
            )
            Member.objects.of(melati).filter(id=member.id).update(
                status="active", number=at, joined_on=date(2026, 1, 5)
            )
    name = "tagihan-nama-lain.xlsx"
    client = client_of(tono)
    batch_id = agreed(client, melati, name, "bills")
    page = client.get(url("rows", melati, "bills", batch_id=batch_id))
    assert (page.context["ready"], page.context["problems"]) == (0, 2)
    assert "Orang Lain Sama Sekali, but this number belongs to Siti Aminah" in page.content.decode()
    confirm = url("confirm", melati, "bills", batch_id=batch_id, number=2)
    answer = client.post(confirm, HTTP_HX_REQUEST="true")
    assert answer.context["ready"] == 1
    preview = upload_by_api(api_of(tono), name, "bills").json()
    assert [row["problems"][0]["is_question"] for row in preview["rows"]] == [True, True]
    run = reverse("api-import-run", args=[preview["id"]])
    assert api_of(tono).post(run, {"confirm": [3]}, format="json").json()["imported_rows"] == 1


def test_upc_and_ean_are_one_code(client_of, tono, api_of, melati):
    name = "barang-upc.csv"
    preview = upload_by_api(api_of(tono), name, "products").json()
    twin = next(row for row in preview["rows"] if row["number"] == 5)
    assert [one["code"] for one in twin["problems"]] == ["code_duplicate"]
    assert "baris 2" in twin["why"]
    client = client_of(tono)
    batch_id = agreed(client, melati, name, "products")
    page = client.get(url("rows", melati, "products", batch_id=batch_id))
    assert (page.context["ready"], page.context["problems"]) == (4, 1)
    run = reverse("api-import-run", args=[preview["id"]])
    assert api_of(tono).post(run, format="json").json()["imported_rows"] == 4
    search = reverse("api-products")
    for code in ("089686010954", "0089686010954", "89686010954"):
        for asked in ({"code": code}, {"q": code}):
            found = api_of(tono).get(search, asked).json()["results"]
            assert [one["name"] for one in found] == ["Mi Rekaan UPC 12 angka"]


def test_a_space_far_below_costs_nothing(rini_at, melati):
    content = (FOUND / "spasi-di-baris-terakhir.xlsx").read_bytes()
    sheet = spreadsheet.read(content)[0]
    assert [row.number for row in sheet.rows] == [1, 2, 3, 4]
    page = rini_at.get(
        url("rows", melati, batch_id=agreed(rini_at, melati, "spasi-di-baris-terakhir.xlsx"))
    )
    assert page.context["ready"] == 3
