import pytest
from django.test import Client

from kkmp.access.models import AuditEvent
from kkmp.city.cooperatives.services import ladder
from kkmp.registry import scope
from kkmp.registry.models import Stage, StageStep
from tests.city.conftest import PDF
from tests.conftest import MONDAY

GEDAWANG = "/kota/koperasi/3374111002/"


@pytest.fixture
def officer(dewi, client_of) -> Client:
    return client_of(dewi)


@pytest.fixture
def claimed(melati, operating) -> StageStep:
    """Melati says that it operates."""
    operating(melati, verified=False)
    return step_of(melati, Stage.OPERATING)


def step_of(cooperative, stage) -> StageStep:
    with scope.cooperative(cooperative.pk):
        return StageStep.objects.of(cooperative).get(stage=stage)


def act(step, name) -> str:
    return f"{GEDAWANG}tahap/{step.id}/{name}/"


def test_an_officer_verifies_and_the_map_follows(officer, dewi, melati, claimed):
    assert officer.get("/kota/").context["totals"].operating == 0
    answer = officer.post(act(claimed, "verifikasi"))
    assert answer.url == GEDAWANG
    assert officer.get("/kota/").context["totals"].operating == 1
    step = step_of(melati, Stage.OPERATING)
    assert (step.verified_by, step.verified_on) == (dewi, MONDAY)


def test_verifying_twice_is_told_and_changes_nothing(officer, melati, claimed):
    officer.post(act(claimed, "verifikasi"), follow=True)
    answer = officer.post(act(claimed, "verifikasi"), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    with scope.cooperative(melati.pk):
        assert AuditEvent.objects.of(melati).filter(action="stage.verify").count() == 1


def test_a_mentor_may_not_verify(bayu, client_of, claimed):
    assert client_of(bayu).post(act(claimed, "verifikasi")).status_code == 403


def test_a_chair_cannot_verify_the_own_step(budi, client_of, melati, claimed):
    assert client_of(budi).post(act(claimed, "verifikasi")).status_code == 404
    assert step_of(melati, Stage.OPERATING).verified_on is None


def test_a_step_of_another_cooperative_is_not_found_here(officer, mawar, claimed):
    here = f"/kota/koperasi/{mawar.code}/tahap/{claimed.id}/verifikasi/"
    assert officer.post(here).status_code == 404
    assert officer.get(here.replace("verifikasi", "cabut")).status_code == 404
    assert officer.get(here.replace("verifikasi", "berkas")).status_code == 404


def test_a_step_is_withdrawn_with_its_reason(officer, melati, claimed):
    officer.post(act(claimed, "verifikasi"))
    assert officer.get(act(claimed, "cabut")).status_code == 200
    officer.post(act(claimed, "cabut"), {"why": "Gerai tutup"})
    page = officer.get(GEDAWANG)
    assert page.context["status"].stage == Stage.LEGAL_ENTITY
    assert "Gerai tutup" in page.content.decode()


def test_withdrawing_without_a_reason_is_refused(officer, melati, claimed):
    answer = officer.post(act(claimed, "cabut"), {"why": " "})
    assert answer.status_code == 422
    assert step_of(melati, Stage.OPERATING).withdrawn_on is None


def test_a_document_is_saved_and_not_shown(officer, melati, budi, dewi, deed):
    with scope.cooperative(melati.pk):
        step = ladder.record(
            today=MONDAY,
            cooperative=melati,
            stage=Stage.DEED,
            on=MONDAY,
            by=budi,
            document=deed(name="x.pdf"),
        )
    answer = officer.get(act(step, "berkas"))
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="3374111002-deed.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    with scope.cooperative(melati.pk):
        event = AuditEvent.objects.of(melati).get(action="stage.document")
    assert event.actor == dewi


def test_a_step_without_a_document_has_none_to_give(officer, claimed):
    assert officer.get(act(claimed, "berkas")).status_code == 404


def test_a_mentor_reads_no_documents(bayu, client_of, claimed):
    assert client_of(bayu).get(act(claimed, "berkas")).status_code == 403
