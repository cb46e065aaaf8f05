"""Taking lists out by a program."""

import pytest
from django.utils import timezone

from kkmp.exports.models import ExportJob
from kkmp.exports.services import jobs
from kkmp.exports.workbook import CONTENT_TYPE
from tests.exports.conftest import table_of

URL = "/api/v1/exports/"


@pytest.fixture
def ask(in_melati, crowd, rini, api_of):
    def post(user=None, **data):
        return api_of(user or rini).post(URL, {"list": "members"} | data, format="json")

    return post


def finished(job_id, cooperative):
    job = ExportJob.objects.of(cooperative).select_related("cooperative").get(id=job_id)
    file = jobs.make(job=job, at=timezone.now(), progress=lambda rows: None)
    jobs.finish(job=job, file=file, at=timezone.now())


def test_a_list_is_asked_for_followed_and_fetched(ask, in_melati, rini, api_of):
    asked = ask(query="rw=002")
    assert asked.status_code == 201
    assert (asked.data["state"], asked.data["total"]) == ("running", 2)
    program, one = api_of(rini), f"{URL}{asked.data['id']}/"
    assert program.get(f"{one}file/").status_code == 409
    finished(asked.data["id"], in_melati)
    assert program.get(one).data["state"] == "done"
    file = program.get(f"{one}file/")
    assert file["Content-Type"] == CONTENT_TYPE
    assert len(table_of(file.content)) == 3


def test_asked_for_twice_it_is_the_same(ask):
    first, second = ask(), ask()
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.data["id"] == second.data["id"]


def test_an_unknown_list_is_refused_with_the_known_ones(ask):
    answer = ask(list="secrets")
    assert answer.status_code == 400
    assert "journals" in answer.json()["fields"]["list"][0]


def test_a_role_without_the_permission_is_refused(ask, sari):
    assert ask(sari).status_code == 403
    assert ask(sari, list="products").status_code == 201


def test_nobody_else_finds_it(ask, in_melati, budi, colleague, api_of):
    job_id = ask().data["id"]
    finished(job_id, in_melati)
    for person in (colleague, budi):
        for address in (f"{URL}{job_id}/", f"{URL}{job_id}/file/"):
            assert api_of(person).get(address).status_code == 404


def test_a_program_that_accepts_only_the_file_is_served(ask, in_melati, rini, api_of):
    job_id = ask().data["id"]
    one = f"{URL}{job_id}/file/"
    refused = api_of(rini).get(one, headers={"Accept": CONTENT_TYPE})
    assert refused.status_code == 409
    finished(job_id, in_melati)
    assert api_of(rini).get(one, headers={"Accept": CONTENT_TYPE}).status_code == 200
