"""The pages of an import, from the file to the result."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from finance.models import Journal
from kkmp.access.models import AuditEvent, User
from kkmp.imports.models import BatchStatus, ImportBatch
from kkmp.lib import spreadsheet
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member
from tests.imports.conftest import MEMBER_TITLES, listed, xlsx

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def rini_at(client_of, rini: User) -> Client:
    return _english_client(client_of(rini))


def _english_client(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(page: str, cooperative: Cooperative, kind: str = "members", **more) -> str:
    return reverse(f"imports:{kind}_{page}", kwargs={"code": cooperative.code} | more)


def send(client: Client, cooperative: Cooperative, content: bytes, kind: str = "members") -> str:
    """Send a file; the id of its batch."""
    file = SimpleUploadedFile("daftar.xlsx", content)
    answer = client.post(url("upload", cooperative, kind), {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    return re.search(r"[0-9a-f-]{36}", answer["Location"])[0]


def agree(client: Client, cooperative: Cooperative, batch_id: str, kind: str = "members") -> None:
    """Take the columns as they were guessed."""
    page = url("columns", cooperative, kind, batch_id=batch_id)
    form = client.get(page).context["form"]
    chosen = {name: field.initial for name, field in form.fields.items()}
    assert client.post(page, chosen)["Location"] == url(
        "rows", cooperative, kind, batch_id=batch_id
    )


def batch_of(cooperative: Cooperative, batch_id: str) -> ImportBatch:
    with scope.cooperative(cooperative.pk):
        return ImportBatch.objects.of(cooperative).get(id=batch_id)


@pytest.fixture
def sent(rini_at, melati) -> str:
    """A file of three rows, one of them with a problem."""
    content = xlsx(
        MEMBER_TITLES,
        listed(1, "Siti Aminah"),
        listed(2, "Budi Santoso", nik="3374"),
        listed(3, "Ani Lestari"),
    )
    batch_id = send(rini_at, melati, content)
    agree(rini_at, melati, batch_id)
    return batch_id


# --- The way through -------------------------------------------------------------------------


def test_the_file_of_gedawang_goes_all_the_way(rini_at, melati, members_file):
    batch_id = send(rini_at, melati, members_file)
    agree(rini_at, melati, batch_id)
    rows = rini_at.get(url("rows", melati, batch_id=batch_id))
    assert (rows.context["ready"], rows.context["problems"]) == (274, 28)
    answer = rini_at.post(url("run", melati, batch_id=batch_id), {"expected": 274})
    result = rini_at.get(answer["Location"])
    assert result.context["batch"].imported_rows == 274
    assert "274" in result.content.decode()
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).count() == 274


def test_goods_go_the_same_way(client_of, tono, melati, goods_file):
    client = _english_client(client_of(tono))
    batch_id = send(client, melati, goods_file, "products")
    agree(client, melati, batch_id, "products")
    answer = client.post(url("run", melati, "products", batch_id=batch_id), {"expected": 38})
    assert answer["Location"] == url("result", melati, "products", batch_id=batch_id)


def test_a_file_that_is_none_is_told_beside_the_input(rini_at, melati):
    file = SimpleUploadedFile("daftar.xlsx", b"not at all")
    answer = rini_at.post(url("upload", melati), {"file": file})
    assert answer.status_code == 422
    assert "not a spreadsheet" in str(answer.context["form"].errors["file"])
    with scope.cooperative(melati.pk):
        assert not ImportBatch.objects.of(melati).exists()


def test_the_page_says_what_to_send(rini_at, melati):
    page = rini_at.get(url("upload", melati))
    assert page.status_code == 200
    assert not page.context["form"].errors
    assert "NIK" in page.content.decode()


def test_no_file_and_a_file_too_large_are_told(rini_at, melati):
    assert rini_at.post(url("upload", melati)).status_code == 422
    file = SimpleUploadedFile("daftar.xlsx", b"x" * (spreadsheet.MAX_BYTES + 1))
    answer = rini_at.post(url("upload", melati), {"file": file})
    assert "5 MB" in str(answer.context["form"].errors["file"])


def test_columns_show_samples_without_identity_numbers(rini_at, melati, members_file):
    batch_id = send(rini_at, melati, members_file)
    page = rini_at.get(url("columns", melati, batch_id=batch_id)).content.decode()
    assert "[NIK]" in page
    assert not re.search(r"\d{16}", page)


def test_a_column_chosen_twice_or_missing_is_told(rini_at, melati, sent):
    page = url("columns", melati, batch_id=sent)
    twice = rini_at.post(page, {"column_1": "name", "column_2": "name"})
    assert twice.status_code == 422
    assert "chosen twice" in str(twice.context["form"].errors)
    missing = rini_at.post(page, {"column_1": "name"})
    assert missing.status_code == 422
    assert "NIK" in str(missing.context["form"].non_field_errors())


def test_an_import_is_found_again_where_it_was_left(rini_at, melati, sent, members_file):
    opened = url("opened", melati, batch_id=sent)
    listing = rini_at.get(reverse("imports:list", args=[melati.code]))
    assert opened in listing.content.decode()
    assert rini_at.get(opened)["Location"] == url("rows", melati, batch_id=sent)
    fresh = send(rini_at, melati, members_file)
    assert rini_at.get(url("opened", melati, batch_id=fresh))["Location"] == url(
        "columns", melati, batch_id=fresh
    )
    rini_at.post(url("run", melati, batch_id=sent), {"expected": 2})
    assert rini_at.get(opened)["Location"] == url("result", melati, batch_id=sent)


# --- Rows ------------------------------------------------------------------------------------


def test_rows_with_problems_come_first_with_the_reason(rini_at, melati, sent):
    page = rini_at.get(url("rows", melati, batch_id=sent))
    text = page.content.decode()
    assert page.context["tab"] == "problem"
    assert "Budi Santoso" in text
    assert "16 digits" in text
    assert "Siti Aminah" not in text
    ready = rini_at.get(url("rows", melati, batch_id=sent), {"tab": "ready"}).content.decode()
    assert "Siti Aminah" in ready
    assert "Rp\xa0200,000" in ready


def test_a_page_holds_fifty_rows(rini_at, melati, members_file):
    batch_id = send(rini_at, melati, members_file)
    page = url("rows", melati, batch_id=batch_id)
    assert len(rini_at.get(page, {"tab": "ready"}).context["lines"]) == 50
    assert len(rini_at.get(page, {"tab": "ready", "page": "6"}).context["lines"]) == 24


def test_a_row_is_corrected_in_place(rini_at, melati, sent):
    fix = url("fix", melati, batch_id=sent, number=3)
    form = rini_at.get(fix, **HTMX)
    assert form.content.decode().lstrip().startswith("<li")
    assert "3374" in form.content.decode()
    answer = rini_at.post(fix, {"name": "Budi Santoso", "nik": "3374110101800002"}, **HTMX)
    text = answer.content.decode()
    assert answer.context["ready"] == 3
    assert 'id="row-3"' in text
    assert 'id="import-summary" hx-swap-oob="true"' in text
    assert "Import 3 rows" in text


def test_without_javascript_a_correction_leads_back_to_the_rows(rini_at, melati, sent):
    fix = url("fix", melati, batch_id=sent, number=3)
    page = rini_at.get(fix)
    assert "<html" in page.content.decode()
    answer = rini_at.post(f"{fix}?tab=problem", {"nik": "3374110101800002"})
    assert answer["Location"].endswith("?tab=problem#row-3")
    answer = rini_at.post(f"{fix}?tab=%0d%0anothing", {"nik": "3374110101800002"})
    assert answer["Location"].endswith("?tab=ready#row-3")


def test_cells_that_are_not_sent_stay_as_they_are(rini_at, melati, sent):
    fix = url("fix", melati, batch_id=sent, number=3)
    answer = rini_at.post(fix, {"nik": "3374110101800002"}, **HTMX)
    assert "Budi Santoso" in answer.content.decode()


def test_the_result_waits_for_the_import(rini_at, melati, sent):
    answer = rini_at.get(url("result", melati, batch_id=sent))
    assert answer["Location"] == url("opened", melati, batch_id=sent)


def test_an_endless_cell_is_refused(rini_at, melati, sent):
    fix = url("fix", melati, batch_id=sent, number=3)
    assert rini_at.post(fix, {"nik": "9" * 501}, **HTMX).status_code == 422


def test_a_row_is_left_out_and_taken_in_again(rini_at, melati, sent):
    answer = rini_at.post(url("skip", melati, batch_id=sent, number=2), **HTMX)
    assert answer.context["ready"] == 1
    assert "Take in again" in answer.content.decode()
    answer = rini_at.post(url("restore", melati, batch_id=sent, number=2), **HTMX)
    assert answer.context["ready"] == 2
    assert (
        "Siti" in rini_at.get(url("row", melati, batch_id=sent, number=2), **HTMX).content.decode()
    )


def test_a_row_that_is_not_there_is_404(rini_at, melati, sent):
    for page in ("row", "fix"):
        assert rini_at.get(url(page, melati, batch_id=sent, number=99)).status_code == 404


def test_the_day_of_the_balances_is_chosen(rini_at, melati, sent):
    day = url("date", melati, batch_id=sent)
    assert rini_at.post(day, {"on": "2025-10-18"}).status_code == 302
    assert batch_of(melati, sent).balance_on.isoformat() == "2025-10-18"
    refused = rini_at.post(day, {"on": "2099-01-01"})
    assert refused.status_code == 422
    assert "has-error" in refused.content.decode()


# --- Importing -------------------------------------------------------------------------------


def test_a_second_click_imports_nothing_more(rini_at, melati, sent):
    run = url("run", melati, batch_id=sent)
    for _click in range(2):
        assert rini_at.post(run, {"expected": 2})["Location"] == url(
            "result", melati, batch_id=sent
        )
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).count() == 2
        assert Journal.objects.of(melati).count() == 1


def test_other_rows_than_were_shown_are_not_imported(rini_at, melati, sent):
    answer = rini_at.post(url("run", melati, batch_id=sent), {"expected": 3})
    assert answer.status_code == 409
    assert "Nothing was imported" in answer.content.decode()
    with scope.cooperative(melati.pk):
        assert not Member.objects.of(melati).exists()


def test_bad_rows_are_downloaded_and_it_is_noted(rini_at, melati, sent):
    rini_at.post(url("run", melati, batch_id=sent), {"expected": 2})
    answer = rini_at.get(url("leftover", melati, batch_id=sent))
    assert "attachment" in answer["Content-Disposition"]
    assert spreadsheet.read(answer.content)[0].rows[1].cells[1] == "Budi Santoso"
    with scope.cooperative(melati.pk):
        assert AuditEvent.objects.of(melati).filter(action="import.download").count() == 1


def test_a_file_is_discarded(rini_at, melati, sent):
    answer = rini_at.post(url("discard", melati, batch_id=sent))
    assert answer["Location"] == reverse("imports:list", args=[melati.code])
    batch = batch_of(melati, sent)
    assert (batch.status, batch.has_content) == (BatchStatus.DISCARDED, False)
    assert rini_at.get(url("rows", melati, batch_id=sent)).status_code == 404
    assert rini_at.get(url("leftover", melati, batch_id=sent)).status_code == 404
    assert rini_at.get(url("result", melati, batch_id=sent)).status_code == 200


# --- Who may -----------------------------------------------------------------------------------

_GETS = ("opened", "columns", "rows", "result", "leftover")
_POSTS = ("columns", "date", "run", "discard")
_ROW_PAGES = ("row", "fix", "skip", "restore")


def _answers(client: Client, cooperative: Cooperative, batch_id: str, kind: str = "members"):
    at = {"batch_id": batch_id, "kind": kind}
    for page in _GETS:
        yield client.get(url(page, cooperative, **at)).status_code
    for page in _POSTS:
        yield client.post(url(page, cooperative, **at)).status_code
    for page in _ROW_PAGES:
        ask = client.get if page == "row" else client.post
        yield ask(url(page, cooperative, **at, number=2)).status_code


def test_cashier_and_supervisor_get_403(client_of, sari, wati, melati, sent):
    for user in (sari, wati):
        client = client_of(user)
        assert set(_answers(client, melati, sent)) == {403}
        assert client.get(url("upload", melati)).status_code == 403
        assert client.get(reverse("imports:list", args=[melati.code])).status_code == 403


def test_the_outsider_gets_404(client_of, joko, melati, sent):
    client = client_of(joko)
    assert set(_answers(client, melati, sent)) == {404}
    assert client.get(reverse("imports:list", args=[melati.code])).status_code == 404


def test_a_batch_of_another_cooperative_is_404(client_of, joko, mawar, sent):
    assert set(_answers(client_of(joko), mawar, sent)) == {404}


def test_a_batch_of_another_kind_is_404(client_of, budi, melati, sent):
    assert set(_answers(client_of(budi), melati, sent, "products")) == {404}


def test_the_clerk_imports_members_but_no_goods(rini_at, melati):
    assert rini_at.get(url("upload", melati, "products")).status_code == 403
    page = rini_at.get(reverse("imports:list", args=[melati.code])).content.decode()
    assert url("upload", melati) in page
    assert url("upload", melati, "products") not in page


def test_who_may_not_see_identity_numbers_sees_none_of_anothers_file(client_of, tono, melati, sent):
    treasurer = client_of(tono)
    form = treasurer.get(url("fix", melati, batch_id=sent, number=2))
    assert "nik" not in form.context["form"].fields
    assert not re.search(r"\d{16}", form.content.decode())
    assert treasurer.get(url("leftover", melati, batch_id=sent)).status_code == 403
    own = send(treasurer, melati, xlsx(MEMBER_TITLES, listed(1, "Siti")))
    form = treasurer.get(url("fix", melati, batch_id=own, number=2))
    assert "nik" in form.context["form"].fields


def test_a_page_of_rows_asks_little_of_the_database(
    rini_at, melati, members_file, django_assert_max_num_queries
):
    batch_id = send(rini_at, melati, members_file)
    with django_assert_max_num_queries(21):
        rini_at.get(url("rows", melati, batch_id=batch_id))
