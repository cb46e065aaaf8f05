"""Importing, undoing and paying at the same moment: the database makes them take turns."""

from typing import Any
from uuid import uuid4

import pytest

from finance.ledger import checks
from kkmp.access.models import User
from kkmp.city.figures.services import rebuild
from kkmp.imports.models import BatchStatus, ImportBatch
from kkmp.imports.services import batches, choosing, undo
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member, SavingsKind, Status
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import savings
from members.takeover.kind import MemberList
from tests.at_once import at_once
from tests.imports.conftest import LISTED, MEMBER_TITLES, NOW, listed, xlsx

pytestmark = pytest.mark.django_db(transaction=True)
KIND = MemberList()


def _upload(cooperative: Cooperative, by: User, *rows: Any) -> ImportBatch:
    with scope.cooperative(cooperative.pk):
        return batches.upload(
            cooperative=cooperative, kind=KIND, content=xlsx(MEMBER_TITLES, *rows),
            filename="daftar.xlsx", on=LISTED, at=NOW, by=by,
        )  # fmt: skip


def _run(batch: ImportBatch, by: User) -> ImportBatch:
    return batches.run(batch=batch, kind=KIND, at=NOW, by=by)


def _agree(cooperative: Cooperative) -> None:
    with scope.cooperative(cooperative.pk):
        assert checks.differences(cooperative) == []
        assert rebuild.compare(cooperative=cooperative) == []


@pytest.fixture
def brought(melati: Cooperative, rini: User) -> ImportBatch:
    batch = _upload(melati, rini, listed(1, "Siti"))
    with scope.cooperative(melati.pk):
        return _run(batch, rini)


def test_a_payment_and_an_undo_take_turns(melati: Cooperative, rini: User, brought) -> None:
    with scope.cooperative(melati.pk):
        siti = Member.objects.of(melati).get()
        kind = SavingsKind.objects.of(melati).get(code="wajib")

    def pay() -> Any:
        return savings.deposit(
            member=siti, kind=kind, amount_idr=10_000, key=uuid4(), on=LISTED, by=rini
        )

    def take_back() -> Any:
        return undo.undo(batch=brought, kind=KIND, reason="salah", on=LISTED, at=NOW, by=rini)

    paid, undone = at_once(melati, pay, take_back)
    assert isinstance(paid, savings.DepositRefused) != isinstance(undone, undo.UndoBlocked)
    _agree(melati)


def test_two_who_undo_at_once_undo_once(melati: Cooperative, rini: User, brought) -> None:
    def take_back() -> Any:
        return undo.undo(batch=brought, kind=KIND, reason="salah", on=LISTED, at=NOW, by=rini)

    answers = at_once(melati, take_back, take_back)
    assert [answer.status for answer in answers] == [BatchStatus.UNDONE] * 2
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).get().status == Status.LEFT
    _agree(melati)


def test_a_clerks_edit_and_a_list_cannot_both_win_unseen(
    melati: Cooperative, rini: User, brought
) -> None:
    second = _upload(melati, rini, listed(1, "Siti Aminah"))
    with scope.cooperative(melati.pk):
        second = choosing.accept_changes(batch=second, accepts=True)
        seen = batches.examine(second, KIND).seen
        siti = Member.objects.of(melati).get()

    def edit() -> Any:
        particulars = Particulars(name="Siti Nur")
        return membership.edit(member=siti, particulars=particulars, version=1, on=LISTED, by=rini)

    def change() -> Any:
        return batches.run(batch=second, kind=KIND, at=NOW, by=rini, seen=seen)

    edited, changed = at_once(melati, edit, change)
    refused = (membership.EditConflict, batches.PreviewOutdated)
    assert isinstance(edited, refused) != isinstance(changed, refused)
