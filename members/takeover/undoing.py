"""Undoing an import of members: what it touched, and the old values of what it changed."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from finance.ledger.models import Journal
from kkmp.access.models import User
from kkmp.imports.models import BatchItem, ImportBatch
from kkmp.imports.rows import Blocker
from members.takeover.services import opening, opening_undo
from members.takeover.services.updates import Updated


def kept(updated: Sequence[Updated]) -> str:
    """The old values of what was changed, as text."""
    return json.dumps(
        {
            str(one.member.id): {name: _dumped(value) for name, value in one.before.items()}
            for one in updated
        }
    )


def blockers(batch: ImportBatch) -> list[Blocker]:
    """What has been built on an import of members; holds their rows."""
    return opening_undo.blockers(
        cooperative=batch.cooperative,
        added=_items(batch, is_new=True),
        changed=_items(batch, is_new=False),
        journals=_journals(batch),
    )


def undo(batch: ImportBatch, *, reason: str, on: date, by: User | None) -> None:
    """Take an import of members back."""
    opening_undo.take_back(
        cooperative=batch.cooperative,
        added=list(_items(batch, is_new=True)),
        old_values=_old_values(batch),
        journals=_journals(batch),
        reason=reason,
        key=batch.id,
        on=on,
        by=by,
    )


def _items(batch: ImportBatch, *, is_new: bool) -> dict[UUID, bytes]:
    rows = BatchItem.objects.of(batch.cooperative_id).filter(batch=batch, is_new=is_new)
    found = rows.order_by("subject_id").values_list("subject_id", "fingerprint")
    return {subject_id: bytes(fingerprint) for subject_id, fingerprint in found}


def _journals(batch: ImportBatch) -> list[Journal]:
    return opening.journals_of(cooperative=batch.cooperative, key=batch.id, count=batch.journals)


def _old_values(batch: ImportBatch) -> dict[UUID, dict[str, Any]]:
    text = batch.kept()
    return {
        UUID(member_id): {name: _loaded(name, value) for name, value in old.items()}
        for member_id, old in (json.loads(text) if text else {}).items()
    }


def _dumped(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _loaded(name: str, value: str | bool) -> str | bool | date:
    if name == "birth_date" and isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value
