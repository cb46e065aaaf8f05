"""Taking out on the pages: at once, by a job that is followed, and the log."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from kkmp.access.models import AuditEvent
from kkmp.exports.models import ExportJob, JobState
from kkmp.exports.services import jobs
from kkmp.exports.workbook import CONTENT_TYPE
from kkmp.registry.models import Cooperative
from tests.conftest import MONDAY
from tests.exports.conftest import rows_of, table_of
from tests.finance.books import post
from tests.tasks.conftest import queued


@pytest.fixture
def here(in_melati, crowd):
    """Jobs are put into the queue, but made by hand."""
    return in_melati


def begun():
    return [row.args_kwargs["kwargs"] for row in queued("make_file")]


def url(here, name, *args, **query):
    return reverse(f"exports:{name}", args=[here.code, *args], query=query)


def finished(job):
    file = jobs.make(job=job, at=timezone.now(), progress=lambda rows: None)
    assert jobs.finish(job=job, file=file, at=timezone.now())


def asked(here, client, **query):
    answer = client.post(url(here, "members_take_out", **query))
    return answer, ExportJob.objects.of(here).order_by("-id").first()


def test_a_short_list_is_answered_with_the_file(here, rini, client_of):
    answer, _job = asked(here, client_of(rini), rw="002", page="7")
    assert answer.status_code == 200
    assert answer["Content-Type"] == CONTENT_TYPE
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert len(table_of(answer.content)) == 3


def test_the_file_has_the_columns_of_the_page_in_its_order(here, rini, client_of):
    browser = client_of(rini)
    page = browser.get(reverse("members:list", args=[here.code])).content.decode()
    titles = table_of(asked(here, browser)[0].content)[0]
    places = [page.index(f'scope="col">{title}</th>') for title in titles[:-1]]
    assert places == sorted(places)
    assert page.count("<th ") == len(titles)


def test_the_button_takes_out_what_the_page_shows(here, budi, client_of):
    browser = client_of(budi)
    for page, name in (
        ("members:list", "members"),
        ("members:figures", "figures"),
    ):
        shown = browser.get(reverse(page, args=[here.code], query={"rw": "002", "sex": "none"}))
        action = url(here, f"{name}_take_out", rw="002", sex="none").replace("&", "&amp;")
        assert f'action="{action}"' in shown.content.decode()


def test_every_button_says_the_same_and_only_the_savings_book_asks_for_a_day(here, tono, client_of):
    """A word or a box that the page uses for something else does not slip into the button."""
    post(here)
    browser, code = client_of(tono), here.code
    for view, args, buttons in (
        ("finance:trial_balance", [], 1),
        ("finance:account", ["1-1101"], 1),
        ("members:registers", [], 4),
    ):
        answer = browser.get(reverse(view, args=[code, *args]), {"since": MONDAY, "date": MONDAY})
        page = answer.content.decode()
        assert page.count('class="take-out') == buttons
        assert page.count("Simpan ke Excel") == buttons
        assert page.count('id="take-out-day"') == (view == "members:registers")


def test_a_day_beside_the_button_counts(here, tono, client_of):
    address = url(here, "register_savings_take_out")
    answer = client_of(tono).post(address, {"on": "2026-11-20"})
    assert "20 November 2026" in rows_of(answer.content)[2][0]
    assert "2026-11-20.xlsx" in answer["Content-Disposition"]


def test_looking_takes_nothing_out(here, rini, client_of):
    assert client_of(rini).get(url(here, "members_take_out")).status_code == 405


@pytest.mark.parametrize(("person", "status"), [("sari", 403), ("tono", 200), ("wati", 200)])
def test_only_who_may_take_members_out_does(here, person, status, request, client_of):
    user = request.getfixturevalue(person)
    assert asked(here, client_of(user))[0].status_code == status


def test_other_lists_ask_for_the_permission_to_read_them(here, sari, rini, client_of):
    assert client_of(sari).post(url(here, "products_take_out")).status_code == 200
    assert client_of(sari).post(url(here, "journals_take_out")).status_code == 403
    assert client_of(rini).post(url(here, "products_take_out")).status_code == 403


def test_a_long_list_leads_to_a_page_that_follows_it(here, rini, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    browser = client_of(rini)
    answer, job = asked(here, browser, rw="002")
    assert answer["Location"] == url(here, "members_job", job.id)
    assert begun() == [{"cooperative_id": str(here.pk), "job_id": str(job.id)}]
    assert 'max="2"' not in browser.get(answer["Location"]).content.decode()
    assert jobs.beat(job=job, done=0, at=timezone.now())
    page = browser.get(answer["Location"]).content.decode()
    assert 'max="2"' in page
    assert f'hx-get="{url(here, "members_job", job.id)}"' in page
    assert f'href="{url(here, "members_job", job.id)}"' in page
    assert reverse("members:list", args=[here.code], query={"rw": "002"}) in page


def test_a_second_click_begins_nothing(here, rini, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    browser = client_of(rini)
    first, second = (asked(here, browser)[0]["Location"] for _click in range(2))
    assert first == second
    assert len(begun()) == 1


def test_a_finished_job_offers_the_file_and_polls_no_more(here, rini, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    browser = client_of(rini)
    answer, job = asked(here, browser)
    finished(job)
    part = browser.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-trigger" not in part
    assert url(here, "members_file", job.id) in part
    file = browser.get(url(here, "members_file", job.id))
    assert len(table_of(file.content)) == 4
    assert "no-store" in file["Cache-Control"]


def test_nobody_else_finds_it_neither_colleague_nor_chair(
    here, rini, budi, colleague, client_of, monkeypatch
):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    _answer, job = asked(here, client_of(rini))
    finished(job)
    for person in (colleague, budi):
        browser = client_of(person)
        for name in ("members_job", "members_file"):
            assert browser.get(url(here, name, job.id)).status_code == 404
        assert browser.post(url(here, "members_again", job.id)).status_code == 404
        assert job.filename not in browser.get(url(here, "list")).content.decode()
    job.refresh_from_db()
    assert job.downloaded_at is None
    assert client_of(rini).get(url(here, "figures_file", job.id)).status_code == 404


def test_an_interrupted_job_is_made_anew(here, rini, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    browser = client_of(rini)
    answer, job = asked(here, browser, rw="002")
    jobs_of = ExportJob.objects.of(here)
    jobs_of.filter(id=job.id).update(beat_at=timezone.now() - timedelta(minutes=2))
    page = browser.get(answer["Location"]).content.decode()
    assert url(here, "members_again", job.id) in page
    job.refresh_from_db()
    assert job.state == JobState.INTERRUPTED
    again = browser.post(url(here, "members_again", job.id))
    other = jobs_of.get(state=JobState.RUNNING)
    assert again["Location"] == url(here, "members_job", other.id)
    assert other.query == "rw=002"


def test_a_forgotten_file_says_so(here, rini, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    browser = client_of(rini)
    answer, job = asked(here, browser)
    finished(job)
    ExportJob.objects.of(here).filter(id=job.id).update(
        finished_at=timezone.now() - timedelta(days=2)
    )
    file = browser.get(url(here, "members_file", job.id))
    assert file["Location"] == answer["Location"]
    assert url(here, "members_again", job.id) in browser.get(answer["Location"]).content.decode()


def test_a_refusal_leads_back_to_the_list(here, rini, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_ROWS", 1)
    answer, _job = asked(here, client_of(rini), rw="002")
    assert answer["Location"] == reverse("members:list", args=[here.code], query={"rw": "002"})


def test_own_files_are_listed_and_those_of_others_are_not(here, rini, tono, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    _answer, job = asked(here, client_of(rini))
    assert job.filename in client_of(rini).get(url(here, "list")).content.decode()
    assert job.filename not in client_of(tono).get(url(here, "list")).content.decode()


def test_the_chair_and_the_supervisor_read_the_log(here, rini, budi, wati, client_of):
    asked(here, client_of(rini), rw="002")
    for person in (budi, wati):
        answer = client_of(person).get(url(here, "log"))
        (told,) = answer.context["events"]
        assert told.text.startswith("Rini (rekaan) (rini) mengunduh daftar Anggota, ")
        assert told.text.endswith(" baris: RW: 002")
        assert str(told.html) in answer.content.decode()
    assert client_of(rini).get(url(here, "log")).status_code == 403


def test_a_file_fetched_is_written_down_once(here, rini, budi, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    browser = client_of(rini)
    _answer, job = asked(here, browser)
    finished(job)
    for _time in range(2):
        browser.get(url(here, "members_file", job.id))
    assert AuditEvent.objects.of(here).filter(action="export.fetch").count() == 1
    fetched = client_of(budi).get(url(here, "log")).context["events"][0]
    assert fetched.text == "Rini (rekaan) (rini) mengambil berkas daftar Anggota"


def test_the_command_forgets_old_files(here, rini, client_of, monkeypatch, capsys):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    _answer, job = asked(here, client_of(rini))
    finished(job)
    ExportJob.objects.of(here).filter(id=job.id).update(
        finished_at=timezone.now() - timedelta(days=2)
    )
    only_here = Cooperative.objects.filter(pk=here.pk)
    monkeypatch.setattr(Cooperative, "objects", only_here)
    call_command("forget_exports")
    assert "1 files" in capsys.readouterr().out
    job.refresh_from_db()
    assert job.size == 0
