"""What is sent to break the server is refused in the shape of whoever sent it."""

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from rest_framework.test import APIClient

from kkmp.access.models import Tries, User
from kkmp.lib import outside
from kkmp.lib.private_files import PrivateStorage
from kkmp.lib.unicode_form import composed
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member

Browsers = Callable[[User], Client]
Programs = Callable[..., APIClient]
MEMBERS = "/api/v1/members/"


def in_shape(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/json"
    said = answer.json()
    assert said.keys() == {"code", "message", "fields"}
    assert said["message"]
    assert answer.headers["X-Request-Id"]
    return dict(said)


# --- Letters that nothing keeps ---------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/?regency=%00",
        "/?%00=1",
        "/kota/%00/",
        "/gabung/%00/",
        "/masuk/%00/",
        "/akun/login/?next=%00",
    ],
)
def test_a_stranger_who_sends_nul_reads_a_page_in_indonesian(
    address: str, melati: Cooperative
) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == 400
    assert "Permintaan ini tidak terbaca" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "city/progress/?regency=%00",
        "members/?q=a%00",
        "members/?%00=1",
        "%00/",
        "products/?cursor=%00",
    ],
)
def test_a_program_that_sends_nul_is_answered_in_its_shape(
    address: str, rini: User, api_of: Programs
) -> None:
    assert in_shape(api_of(rini).get(f"/api/v1/{address}"), 400)["code"] == "parse_error"


def test_nul_in_cookies_headers_forms_and_names_of_files_is_refused(
    rini: User, melati: Cooperative, client_of: Browsers, api_of: Programs
) -> None:
    here = reverse("members:register", args=[melati.code])
    browser = client_of(rini)
    form = {"name": "Ani", "status": "applied", "key": str(uuid4())}
    assert browser.post(here, form | {"name": "A\x00ni"}).status_code == 400
    assert browser.post(here, form | {"na\x00me": "Ani"}).status_code == 400
    upload = reverse("imports:members_upload", args=[melati.code])
    part = b'Content-Disposition: form-data; name="file"; filename="a\x00.csv"'
    raw = b"--x\r\n" + part + b"\r\n\r\na\r\n--x--\r\n"
    sent = browser.post(upload, raw, content_type="multipart/form-data; boundary=x")
    assert sent.status_code in (400, 422)
    browser.cookies["kkmp_saved"] = '"\\000"'
    assert browser.get("/").status_code in (200, 302, 400)
    assert in_shape(api_of(rini).get(MEMBERS, headers={"X-Cooperative": "a\x00"}), 400)
    with scope.cooperative(melati.pk):
        assert not Member.objects.of(melati).exists()


@pytest.mark.parametrize("letters", ["utf-16", "utf-7", "latin-1", "idna"])
def test_a_form_in_other_letters_than_ours_is_refused(letters: str, melati: Cooperative) -> None:
    kind = f"application/x-www-form-urlencoded; charset={letters}"
    browser = Client(raise_request_exception=False)
    answer = browser.post("/akun/login/", "login=a", content_type=kind)
    assert answer.status_code == 400
    assert "Kirim huruf-hurufnya sebagai UTF-8." in answer.content.decode()
    sent = browser.post("/api/v1/sales/", "a=b", content_type=kind)
    assert in_shape(sent, 400)["code"] == "parse_error"


@pytest.mark.parametrize("letters", ["utf-8", "UTF8", "us-ascii"])
def test_a_form_in_our_letters_is_read(letters: str, melati: Cooperative) -> None:
    kind = f"application/x-www-form-urlencoded; charset={letters}"
    answer = Client().post("/akun/login/", "login=a", content_type=kind)
    assert answer.status_code == 200


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    "body",
    [
        '{"name": "A\\u0000ni"}',
        '{"name": "A\\ud800ni"}',
        '{"na\\u0000me": "Ani"}',
        '{"name": NaN}',
        '{"name": Infinity}',
        '{"name": 1e999}',
        '{"name": 99999999999999999999}',
        '{"name": ' + "9" * 5000 + "}",
        DEEP,
        '{"name": ' + "[" * 40 + "]" * 40 + "}",
        '{"a":' * 100_000 + "1" + "}" * 100_000,
    ],
    ids=lambda body: body[:24],
)
def test_json_that_cannot_be_kept_is_refused_in_the_apis_shape(
    body: str, rini: User, api_of: Programs
) -> None:
    answer = api_of(rini).post(MEMBERS, body, content_type="application/json")
    in_shape(answer, 400)


def test_the_tills_own_json_is_bounded_too(
    sari: User, melati: Cooperative, client_of: Browsers
) -> None:
    here = reverse("shops:unknown_code_note", args=[melati.code])
    browser = client_of(sari)
    for body in (DEEP, '{"code": "\\u0000"}', '{"code": "\\ud800"}', '{"code": 1e999}'):
        answer = browser.post(here, body, content_type="application/json")
        assert answer.status_code == 400, body[:20]


# --- Numbers and days beyond every column -----------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/savings/returns/1-1/",
        "/api/v1/savings/returns/99999-12/",
        "/api/v1/savings/returns/2026-13/",
        "/api/v1/savings/returns/99999999999999999999-1/",
        "/api/v1/members/99999999999999999999/",
        "/api/v1/nowhere/",
        "/api/v2/members/",
        "/api/",
    ],
)
def test_a_number_beyond_every_address_is_no_address(
    address: str, tono: User, api_of: Programs
) -> None:
    in_shape(api_of(tono).get(address), 404)


@pytest.mark.parametrize(
    "month", ["0001-01", "1-1", "99999-12", "2026-13", "2026-0", "9" * 20 + "-1"]
)
def test_a_month_beyond_every_address_is_a_page_that_says_so(
    month: str, tono: User, melati: Cooperative, client_of: Browsers
) -> None:
    answer = client_of(tono).get(f"/k/{melati.code}/anggota/jasa/{month}/")
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()


@pytest.mark.parametrize(
    "cursor", ["x", "%FF", "cD0%3D", "bz05OTk5OTk5OTk5OTk5OTk5OTk5OQ==", "A" * 9000]
)
def test_a_cursor_of_garbage_is_refused(cursor: str, rini: User, api_of: Programs) -> None:
    in_shape(api_of(rini).get(f"{MEMBERS}?cursor={cursor}"), 400)


# --- Methods ----------------------------------------------------------------------------------


def test_options_is_answered_wherever_the_api_is(chair_program: APIClient) -> None:
    from tests.guards.addresses import all_of_them, path

    found = [one for one in all_of_them() if one.route.startswith("api/v1/")]
    assert len(found) > 100
    for address in found:
        answer = chair_program.options(path(address, chair_program.code))  # type: ignore[attr-defined]
        assert answer.status_code < 500, address
        assert answer.status_code in (200, 403, 404), address


@pytest.mark.parametrize("address", ["shifts/{id}/movements/", "vouchers/AAAA-AAAA/"])
def test_a_method_that_an_address_has_not_is_no_try(
    address: str, sari: User, melati: Cooperative, api_of: Programs
) -> None:
    program = api_of(sari)
    here = "/api/v1/" + address.format(id=uuid4())
    for _time in range(30):
        in_shape(program.delete(here), 405)
        assert program.options(here).status_code == 200
    assert not Tries.objects.exists()


@pytest.fixture
def chair_program(budi: User, melati: Cooperative, api_of: Programs) -> APIClient:
    program = api_of(budi)
    program.code = melati.code  # type: ignore[attr-defined]
    program.raise_request_exception = False
    return program


def test_head_asks_for_what_get_asks_for(sari: User, api_of: Programs, melati: Cooperative) -> None:
    from shops.goods.api.products import Products

    view = Products()
    for method in ("GET", "HEAD"):
        request = RequestFactory().generic(method, "/")
        assert view.permission_for(request) == Products.permission  # type: ignore[arg-type]


def test_a_wrong_method_is_told_in_shape(chair_program: APIClient) -> None:
    in_shape(chair_program.delete("/api/v1/members/"), 405)


# --- What breaks ------------------------------------------------------------------------------


def _breaking(error: BaseException) -> Callable[..., Any]:
    def broken(*_args: Any, **_kwargs: Any) -> Any:
        raise error

    return broken


def test_what_is_broken_is_500_in_the_apis_shape_with_its_number(
    chair_program: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("members.register.api.Members.get", _breaking(KeyError("x")))
    answer = chair_program.get(MEMBERS)
    said = in_shape(answer, 500)
    assert said["code"] == "server_error"
    assert answer.headers["X-Request-Id"] in said["message"]


def test_what_is_broken_is_a_page_with_its_number_for_people(
    rini: User, melati: Cooperative, client_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of(rini)
    browser.raise_request_exception = False
    monkeypatch.setattr("members.people.views.render", _breaking(KeyError("x")))
    answer = browser.get(reverse("members:list", args=[melati.code]))
    assert answer.status_code == 500
    page = answer.content.decode()
    assert answer.headers["X-Request-Id"] in page
    assert "rusak" in page or "kesalahan" in page


def test_a_full_disk_is_told_and_leaves_nothing(
    budi: User,
    melati: Cooperative,
    client_of: Browsers,
    chair_program: APIClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr("members.register.api.Members.get", _breaking(full))
    assert in_shape(chair_program.get(MEMBERS), 507)["code"] == "disk_full"
    monkeypatch.setattr(
        "django.core.files.storage.filesystem.FileSystemStorage._save", _breaking(full)
    )
    here = reverse("cooperative:record_step", args=[melati.code])
    form = {"stage": 1, "on": "1/11/2026", "document_number": "7", "document": _pdf()}
    answer = client_of(budi).post(here, form)
    assert answer.status_code == 507
    assert "tidak ada yang disimpan" in answer.content.decode().lower()


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + b" " * 50 + b"\n%%EOF\n")


def test_what_could_not_be_written_whole_is_taken_away(tmp_path: Path) -> None:
    class Torn(ContentFile):  # type: ignore[type-arg]
        def chunks(self, chunk_size: int | None = None) -> Any:
            yield b"half of it"
            raise OSError(errno.ENOSPC, "No space left on device")

    storage = PrivateStorage(location=tmp_path)
    with pytest.raises(OSError, match="No space"):
        storage.save("2026/a.pdf", Torn(b"x"))
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_a_full_disk_of_the_database_is_one_too() -> None:
    from django.db import OperationalError
    from psycopg import errors

    error = OperationalError("could not extend file")
    error.__cause__ = errors.DiskFull("could not extend file")
    assert outside.is_disk_full(error)
    assert not outside.is_disk_full(OperationalError("connection lost"))
    assert not outside.is_disk_full(OSError(errno.ENOENT, "gone"))


# --- Letters that steer -----------------------------------------------------------------------

#: Name, and as it is kept.
STEERED = {
    "Ani\u202eitsel": "Aniitsel",
    "\u2066Ani\u2069 Lestari": "Ani Lestari",
    "A\u200bni\ufeff": "Ani",
    "Ani\x1b@\x07\x9b": "Ani@",
    "\u200fAni\u061c": "Ani",
    "Ani\U000e0041": "Ani",
}


def test_what_steers_is_taken_out_and_what_is_written_stays() -> None:
    for typed, kept in STEERED.items():
        assert composed(typed) == kept
        assert composed({typed: [typed]}) == {kept: [kept]}
    for stays in ("Nur\u200dul", "👩\u200d🌾", "satu\ndua\tTiga\r\n", "Ma’ruf", "محمد", "Niño"):
        assert composed(stays) == stays


def test_no_name_reads_as_another_one_by_any_way_in(
    rini: User, melati: Cooperative, client_of: Browsers, api_of: Programs
) -> None:
    typed = "Ani\u202e Lestari\x1b"
    form = {"name": typed, "status": "applied", "key": str(uuid4())}
    assert (
        client_of(rini).post(reverse("members:register", args=[melati.code]), form).status_code
        == 302
    )
    sent = api_of(rini).post(
        MEMBERS, json.dumps(form | {"key": str(uuid4())}), content_type="application/json"
    )
    assert sent.status_code == 201, sent.content
    with scope.cooperative(melati.pk):
        assert {one.name for one in Member.objects.of(melati)} == {"Ani Lestari"}


def test_an_id_that_is_none_is_refused_by_every_page_of_the_administration(
    agus: User, client_of: Browsers
) -> None:
    browser = client_of(agus)
    assert browser.get("/admin/registry/cooperative/9999-12-31/lihat/").status_code == 404
    for page in ("/admin/jejak/?person=x", "/admin/access/roleholding/add/?user=x"):
        answer = browser.get(page)
        assert answer.status_code == 400, page
        assert "Permintaan ini tidak terbaca" in answer.content.decode()
