"""Audit events, written by services in the transaction of the act itself."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.db import models

from kkmp.access.models import AuditEvent, SystemEvent, User
from kkmp.lib.identity import COVERED
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel

_Detail = TypeVar("_Detail")
#: As people type it into a reason: in one piece, or in groups of four.
_NIK = re.compile(r"(?<![\w-])\d{4}[ .]?\d{4}[ .]?\d{4}[ .]?\d{4}(?![\w-])")


def record(
    *,
    cooperative: Cooperative,
    action: str,
    by: User | None,
    subject: models.Model | None = None,
    **details: Any,
) -> AuditEvent:
    """Write down an act within a cooperative.

    :param action: dotted, as in ``savings.deposit``; its sentence is declared in ``plugins``
    :param details: what a reader will want to know; never an identity number
    """
    return AuditEvent.objects.create(
        cooperative=cooperative, action=action, actor=by, details=_fit(details), **_named(subject)
    )


def note(action: str, subject: TenantModel, by: User, **details: Any) -> AuditEvent:
    """Write down an act on a row of a cooperative."""
    return record(cooperative=subject.cooperative, action=action, by=by, subject=subject, **details)


def record_many(
    *,
    cooperative: Cooperative,
    action: str,
    by: User | None,
    subjects: Iterable[tuple[models.Model, dict[str, Any]]],
) -> None:
    """Write down the same act on many subjects, each with its own details."""
    events = (
        AuditEvent(
            cooperative=cooperative,
            action=action,
            actor=by,
            details=_fit(details),
            **_named(subject),
        )
        for subject, details in subjects
    )
    AuditEvent.objects.bulk_create(events, batch_size=1000)


def record_system(
    *, action: str, by: User | None, subject: models.Model | None = None, **details: Any
) -> SystemEvent:
    """Write down an act outside any cooperative."""
    return SystemEvent.objects.create(
        action=action, actor=by, details=_fit(details), **_named(subject)
    )


def _fit(value: _Detail) -> _Detail:
    """Details as they may stay for ever: an identity number in what somebody typed is covered."""
    return cast(_Detail, _covered(value))


def _covered(value: object) -> object:
    if isinstance(value, str):
        return _NIK.sub(COVERED, value)
    if isinstance(value, dict):
        return {name: _covered(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_covered(each) for each in value]
    return value


def _named(subject: models.Model | None) -> dict[str, str]:
    if subject is None:
        return {}
    return {"subject_label": subject._meta.label, "subject_id": str(subject.pk)}
