"""The ladder: steps are recorded with evidence, verified by the Dinas, or withdrawn.

The ladder is the union of the stages in use by the programme; *operating* follows the test of
Dinas Koperasi dan Usaha Mikro Kota Semarang (August 2025): a place, a running business and an
office, even if borrowed, verified by the Dinas. Each act is on record in the cooperative that it
concerns.
"""

from datetime import date

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.periods import refuse_far
from kkmp.registry.models import Cooperative, Stage, StageStep


class StepRefused(DomainError):
    """The step may not be recorded, verified or withdrawn."""


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
    """Record a stage with its evidence; from *operating* up it waits for verification.

    :param on: the day the stage was reached, as the document says
    :param document: already checked by :mod:`kkmp.city.cooperatives.evidence`
    :param today: nothing is reached after it
    :raises StepRefused: the stage stands already, neither number nor file is given, the day has
        not come or is not meant, or it is claimed to operate without being a legal entity
    """
    document_number = document_number.strip()
    _refuse_unfounded(stage, document_number, document)
    _refuse_day(on, today)
    _refuse_place(cooperative, stage)
    step = StageStep.objects.create(
        cooperative=cooperative,
        stage=stage,
        reached_on=on,
        document_number=document_number,
        document=document or "",
        recorded_by=by,
    )
    _audit("stage.record", step, by=by, document_number=step.document_number)
    return step


def _refuse_unfounded(stage: Stage, document_number: str, document: File[bytes] | None) -> None:
    if stage == Stage.NONE:
        raise StepRefused(_("Choose a stage to record."), field="stage")
    if not document_number and not document:
        raise StepRefused(
            _("Give the document's number or attach the file, so that it can be checked."),
            field="document_number",
        )


def _refuse_day(on: date, today: date) -> None:
    if on > today:
        raise StepRefused(_("This day has not come yet."), field="on")
    refuse_far(on, on=today, field="on", refusal=StepRefused)


def _refuse_place(cooperative: Cooperative, stage: Stage) -> None:
    """What stands already, or has to stand before."""
    # The cooperative's row is locked, so that two people recording the same stage wait.
    Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)
    recorded = {
        Stage(number)
        for number in StageStep.objects.of(cooperative)
        .filter(withdrawn_on=None)
        .values_list("stage", flat=True)
    }
    if stage in recorded:
        raise StepRefused(_("This stage is already recorded."), field="stage")
    if stage >= Stage.OPERATING and Stage.LEGAL_ENTITY not in recorded:
        raise StepRefused(_("Record the legal entity first."), field="stage")


@transaction.atomic
def verify(*, step: StageStep, on: date, by: User) -> StageStep:
    """The Dinas confirms what a step claims.

    :raises StepRefused: it is verified or withdrawn already, ``on`` lies before the day it was
        reached, or ``by`` recorded it: two people look at every claim
    """
    step = _locked(step)
    if step.withdrawn_on:
        raise StepRefused(_("This step was withdrawn; record it anew."))
    if step.verified_on:
        raise StepRefused(_("This step is already verified."))
    if step.recorded_by_id == by.pk:
        raise StepRefused(_("Somebody other than the one who recorded it must verify a step."))
    if on < step.reached_on:
        raise StepRefused(_("A step cannot be verified before it was reached."), field="on")
    step.verified_by, step.verified_on = by, on
    step.save(update_fields=["verified_by", "verified_on"])
    _audit("stage.verify", step, by=by)
    return step


@transaction.atomic
def withdraw(*, step: StageStep, why: str, on: date, by: User) -> StageStep:
    """Take a step back, as when a shop has closed; the row stays on record.

    :raises StepRefused: it was withdrawn before, or no reason is given
    """
    step = _locked(step)
    if step.withdrawn_on:
        raise StepRefused(_("This step was already withdrawn."))
    if not why.strip():
        raise StepRefused(_("Say why the step is withdrawn."), field="why")
    step.withdrawn_on, step.withdrawn_why = on, why.strip()
    step.save(update_fields=["withdrawn_on", "withdrawn_why"])
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


def _locked(step: StageStep) -> StageStep:
    """The step's row as it is now, held until the end."""
    return StageStep.objects.of(step.cooperative_id).select_for_update().get(id=step.id)
