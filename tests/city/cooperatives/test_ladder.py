from datetime import date, timedelta

import pytest

from kkmp.access.models import AuditEvent
from kkmp.city.cooperatives.services import ladder
from kkmp.city.cooperatives.services.ladder import StepRefused
from kkmp.registry import queries as registry_queries
from kkmp.registry.models import Stage, StageStep
from tests.conftest import MONDAY

pytestmark = pytest.mark.django_db


def record(cooperative, by, stage=Stage.LEGAL_ENTITY, number="AHU-1", **more):
    told = {"on": MONDAY, "today": MONDAY, "document_number": number} | more
    return ladder.record(cooperative=cooperative, stage=stage, by=by, **told)


def status(cooperative):
    return registry_queries.current_stage(StageStep.objects.of(cooperative))


def test_nothing_recorded_is_no_stage(in_melati):
    assert status(in_melati) == Stage.NONE


def test_a_recorded_rung_counts(in_melati, budi):
    record(in_melati, budi)
    assert status(in_melati) == Stage.LEGAL_ENTITY


def test_the_highest_rung_is_where_it_stands(in_melati, budi):
    record(in_melati, budi, Stage.PORTAL_ACCOUNT)
    record(in_melati, budi)
    assert status(in_melati) == Stage.PORTAL_ACCOUNT


def test_a_rung_needs_a_number_or_a_file(in_melati, budi):
    with pytest.raises(StepRefused) as refused:
        record(in_melati, budi, number="  ")
    assert "document_number" in refused.value.fields


def test_a_file_alone_is_evidence(in_melati, budi, deed):
    step = record(in_melati, budi, number="", document=deed(name="akta.pdf"))
    assert step.document.name.startswith("stages/2026/")


@pytest.mark.parametrize("day", [MONDAY + timedelta(days=1), date(2126, 1, 1), date(1926, 1, 1)])
def test_a_rung_is_reached_on_a_day_that_has_come_and_is_meant(in_melati, budi, day):
    with pytest.raises(StepRefused) as refused:
        record(in_melati, budi, on=day)
    assert "on" in refused.value.fields


def test_not_begun_is_no_rung(in_melati, budi):
    with pytest.raises(StepRefused):
        record(in_melati, budi, Stage.NONE)


def test_a_rung_is_recorded_once(in_melati, budi):
    record(in_melati, budi)
    with pytest.raises(StepRefused) as refused:
        record(in_melati, budi)
    assert "stage" in refused.value.fields


def test_nobody_operates_without_being_a_legal_entity(in_melati, budi):
    with pytest.raises(StepRefused):
        record(in_melati, budi, Stage.OPERATING)


def test_operating_waits_for_the_dinas(in_melati, budi, dewi):
    record(in_melati, budi)
    step = record(in_melati, budi, Stage.OPERATING)
    assert status(in_melati) == Stage.LEGAL_ENTITY
    ladder.verify(step=step, on=MONDAY, by=dewi)
    assert status(in_melati) == Stage.OPERATING


def test_who_recorded_it_may_not_verify_it(in_melati, budi):
    step = record(in_melati, budi)
    with pytest.raises(StepRefused):
        ladder.verify(step=step, on=MONDAY, by=budi)


def test_a_step_is_verified_once(in_melati, budi, dewi):
    step = record(in_melati, budi)
    ladder.verify(step=step, on=MONDAY, by=dewi)
    with pytest.raises(StepRefused):
        ladder.verify(step=step, on=MONDAY, by=dewi)


def test_nothing_is_verified_before_it_was_reached(in_melati, budi, dewi):
    step = record(in_melati, budi)
    with pytest.raises(StepRefused):
        ladder.verify(step=step, on=MONDAY - timedelta(days=1), by=dewi)


def test_a_withdrawn_step_no_longer_counts_and_stays_on_record(in_melati, budi, dewi):
    record(in_melati, budi)
    step = record(in_melati, budi, Stage.OPERATING)
    ladder.verify(step=step, on=MONDAY, by=dewi)
    ladder.withdraw(step=step, why=" Gerai tutup ", on=MONDAY, by=dewi)
    assert status(in_melati) == Stage.LEGAL_ENTITY
    kept = StageStep.objects.of(in_melati).get(id=step.id)
    assert (kept.withdrawn_on, kept.withdrawn_why) == (MONDAY, "Gerai tutup")


def test_a_step_is_withdrawn_with_a_reason(in_melati, budi, dewi):
    step = record(in_melati, budi)
    with pytest.raises(StepRefused) as refused:
        ladder.withdraw(step=step, why=" ", on=MONDAY, by=dewi)
    assert "why" in refused.value.fields


def test_a_withdrawn_step_is_neither_withdrawn_nor_verified_again(in_melati, budi, dewi):
    step = record(in_melati, budi)
    ladder.withdraw(step=step, why="keliru", on=MONDAY, by=dewi)
    with pytest.raises(StepRefused):
        ladder.withdraw(step=step, why="keliru", on=MONDAY, by=dewi)
    with pytest.raises(StepRefused):
        ladder.verify(step=step, on=MONDAY, by=dewi)


def test_a_withdrawn_rung_may_be_recorded_anew(in_melati, budi, dewi):
    ladder.withdraw(step=record(in_melati, budi), why="keliru", on=MONDAY, by=dewi)
    record(in_melati, budi, number="AHU-2")
    assert status(in_melati) == Stage.LEGAL_ENTITY


def test_every_act_is_written_down(in_melati, budi, dewi):
    step = record(in_melati, budi)
    ladder.verify(step=step, on=MONDAY, by=dewi)
    ladder.open_document(step=step, by=dewi)
    ladder.withdraw(step=step, why="keliru", on=MONDAY, by=dewi)
    events = AuditEvent.objects.of(in_melati).filter(action__startswith="stage.").order_by("id")
    assert [(event.action, event.actor) for event in events] == [
        ("stage.record", budi),
        ("stage.verify", dewi),
        ("stage.document", dewi),
        ("stage.withdraw", dewi),
    ]
    assert {event.details["stage"] for event in events} == {"legal_entity"}
