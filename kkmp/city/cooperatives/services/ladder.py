"""The ladder's acts, each with its audit event in the cooperative it concerns."""

from datetime import date

from django.core.files import File
from django.db import transaction

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.registry.models import Cooperative, Stage, StageStep
from kkmp.registry.services import stages


@transaction.atomic
def record(
    *,
    cooperative: Cooperative,
    stage: Stage,
    on: date,
    today: date,
    by: User,
    document_number: str = "",
    document: File[bytes] | None = None,
) -> StageStep:
    """Record a stage that the cooperative reached, with its evidence.

    :param document: already checked by :mod:`kkmp.city.cooperatives.evidence`
    :raises StepRefused: as :func:`kkmp.registry.services.stages.record` says
    """
    step = stages.record(
        cooperative=cooperative,
        stage=stage,
        on=on,
        today=today,
        by=by,
        document_number=document_number,
        document=document,
    )
    _audit("stage.record", step, by=by, document_number=step.document_number)
    return step


@transaction.atomic
def verify(*, step: StageStep, on: date, by: User) -> StageStep:
    """The Dinas confirms a step.

    :raises StepRefused: as :func:`kkmp.registry.services.stages.verify` says
    """
    step = stages.verify(step=step, on=on, by=by)
    _audit("stage.verify", step, by=by)
    return step


@transaction.atomic
def withdraw(*, step: StageStep, why: str, on: date, by: User) -> StageStep:
    """Take a step back; it stays on record with the reason.

    :raises StepRefused: as :func:`kkmp.registry.services.stages.withdraw` says
    """
    step = stages.withdraw(step=step, why=why, on=on)
    _audit("stage.withdraw", step, by=by, why=step.withdrawn_why)
    return step


@transaction.atomic
def open_document(*, step: StageStep, by: User) -> StageStep:
    """Note that somebody reads a step's document: deeds name people and their numbers."""
    _audit("stage.document", step, by=by)
    return step


def _audit(action: str, step: StageStep, *, by: User, **details: str) -> None:
    audit.record(
        cooperative=step.cooperative,
        action=action,
        by=by,
        subject=step,
        stage=Stage(step.stage).name.lower(),
        **details,
    )
