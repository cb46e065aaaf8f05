"""An import is undone as a whole while nothing has been built on it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger import checks
from finance.models import Journal
from kkmp.city.figures.services import rebuild
from kkmp.imports.models import BatchItem, BatchStatus, ImportBatch
from kkmp.imports.preview import State
from kkmp.imports.services import batches, choosing, undo
from kkmp.registry.models import CooperativeFigures
from members.models import (
    Channel,
    Contact,
    Member,
    Paper,
    Purpose,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    Status,
    StatusChange,
)
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import receipts, savings
from members.takeover.kind import MemberList
from shops.goods.imports.kind import ProductList
from tests.imports.conftest import LISTED, MEMBER_TITLES, NOW, listed, xlsx

KIND = MemberList()
LATER = LISTED + timedelta(days=3)


def run(batch, kind: Any = KIND):
    return batches.run(batch=batch, kind=kind, at=NOW, by=batch.created_by)


def undone(batch, kind: Any = KIND, **more):
    options = {"reason": "salah berkas", "on": LATER, "at": NOW, "by": batch.created_by} | more
    return undo.undo(batch=batch, kind=kind, **options)


def agree(cooperative) -> None:
    """The books, the counters and the register say the same."""
    connection.check_constraints()
    assert checks.differences(cooperative) == []
    assert rebuild.compare(cooperative=cooperative) == []


@pytest.fixture
def brought(upload, in_melati) -> ImportBatch:
    """Siti is a member with savings of three kinds, Budi has paid a part."""
    more = {"mandatory": "20.000", "voluntary": "5.000"}
    part = {"principal": "40.000", "status": "belum lengkap"}
    return run(upload(xlsx(MEMBER_TITLES, listed(1, "Siti", **more), listed(2, "Budi", **part))))


def test_people_leave_the_register_and_the_books_agree(brought, in_melati, rini):
    batch = undone(brought)
    people = Member.objects.of(in_melati)
    assert (batch.status, batch.undone_by, batch.undone_why) == ("undone", rini, "salah berkas")
    assert {m.status for m in people} == {Status.LEFT}
    assert {(m.nik_hash, m.nik_sealed) for m in people} == {(None, None)}
    assert {m.left_on for m in people} == {LATER}
    assert {b.balance_idr for b in SavingsBalance.objects.of(in_melati)} == {0}
    reversal = Journal.objects.of(in_melati).get(reverses__isnull=False)
    assert (reversal.date, reversal.kind) == (LATER, "savings.opening.reversal")
    assert "salah berkas" in reversal.memo
    figures = CooperativeFigures.objects.of(in_melati).get()
    assert (figures.active_members, figures.principal_idr, figures.voluntary_idr) == (0, 0, 0)
    agree(in_melati)


def test_the_corrected_file_goes_in_right_after(brought, upload, in_melati):
    undone(brought)
    batch = run(upload(xlsx(MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi Santoso"))))
    active = Member.objects.of(in_melati).with_status(Status.ACTIVE).order_by("number")
    assert batch.imported_rows == 2
    assert [(m.name, m.number) for m in active] == [("Siti", 2), ("Budi Santoso", 3)]
    agree(in_melati)


def test_the_list_of_gedawang_is_undone(upload, members_file, in_melati):
    batch = undone(run(upload(members_file)))
    assert batch.status == BatchStatus.UNDONE
    assert BatchItem.objects.of(in_melati).filter(batch=batch).count() == 274
    assert StatusChange.objects.of(in_melati).filter(after=Status.LEFT).count() == 274
    agree(in_melati)
    assert batches.examine(upload(members_file), KIND).counts[State.READY] == 274


def test_undoing_twice_undoes_once(brought, in_melati):
    assert undone(undone(brought)).status == BatchStatus.UNDONE
    assert Journal.objects.of(in_melati).count() == 2


def _siti(cooperative) -> Member:
    return Member.objects.of(cooperative).get(name="Siti")


def _edit(cooperative, by) -> None:
    membership.edit(
        member=_siti(cooperative), particulars=Particulars(name="Siti"), version=1, on=LATER, by=by
    )


def _pay(cooperative, by) -> None:
    kind = SavingsKind.objects.of(cooperative).get(code="wajib")
    savings.deposit(
        member=_siti(cooperative), kind=kind, amount_idr=10_000, key=uuid4(), on=LATER, by=by
    )


def _correct(cooperative, by) -> None:
    entry = SavingsEntry.objects.of(cooperative).get(kind__code="sukarela")
    savings.reverse_entry(entry=entry, reason="salah", key=uuid4(), on=LATER, by=by)


def _print(cooperative, by) -> None:
    entry = SavingsEntry.objects.of(cooperative).get(kind__code="sukarela")
    receipts.issue(entry=entry, paper=Paper.A4, by=by)


def _call(cooperative, by) -> None:
    Contact.objects.create(
        cooperative=cooperative,
        member=_siti(cooperative),
        purpose=Purpose.OTHER,
        channel=Channel.CALL,
        on=LATER,
        by=by,
    )


@pytest.mark.parametrize("act", [_edit, _pay, _correct, _print, _call])
def test_what_was_built_on_it_stands_in_the_way(brought, in_melati, rini, act: Callable[..., None]):
    act(in_melati, rini)
    before = Journal.objects.of(in_melati).count()
    with pytest.raises(undo.UndoBlocked, match="Siti"):
        undone(brought)
    assert Journal.objects.of(in_melati).count() == before
    assert ImportBatch.objects.of(in_melati).get(id=brought.id).status == BatchStatus.IMPORTED


def test_a_step_through_the_funnel_stands_in_the_way(brought, in_melati, rini):
    budi = Member.objects.of(in_melati).get(name="Budi")
    membership.move(member=budi, to=Status.APPLIED, on=LATER, by=rini)
    with pytest.raises(undo.UndoBlocked, match="Budi"):
        undone(brought)


def test_a_payment_that_was_taken_back_does_not(brought, in_melati, rini):
    _pay(in_melati, rini)
    entry = SavingsEntry.objects.of(in_melati).order_by("-number").first()
    savings.reverse_entry(entry=entry, reason="salah orang", key=uuid4(), on=LATER, by=rini)
    assert undone(brought).status == BatchStatus.UNDONE
    agree(in_melati)


def test_the_first_few_are_named_and_the_others_counted(upload, in_melati, rini):
    rows = [listed(n, f"Orang {n}") for n in range(1, 6)]
    batch = run(upload(xlsx(MEMBER_TITLES, *rows)))
    Member.objects.of(in_melati).update(rw="009")
    with pytest.raises(undo.UndoBlocked, match=r"Orang 1.*Orang 3.*2"):
        undone(batch)


def test_changes_are_put_back(brought, upload, in_melati):
    row = list(listed(1, "Siti Aminah"))
    row[3] = "Jl. Melati 2"
    second = upload(xlsx(MEMBER_TITLES, tuple(row), listed(3, "Ani")))
    second = run(choosing.accept_changes(batch=second, accepts=True))
    assert second.kept_sealed is not None
    assert b"Mawar" not in bytes(second.kept_sealed)
    second = undone(second)
    siti = Member.objects.of(in_melati).get(name="Siti")
    assert (siti.address, siti.version, siti.party.name) == ("Jl. Mawar 1", 3, "Siti")
    assert second.kept_sealed is None
    assert Member.objects.of(in_melati).get(name="Ani").status == Status.LEFT
    # The first list can be undone as well: Siti is again as it had brought her.
    undone(brought)
    agree(in_melati)


def test_what_was_changed_and_edited_since_stands_in_the_way(brought, upload, in_melati):
    second = upload(xlsx(MEMBER_TITLES, listed(1, "Siti Aminah")))
    second = run(choosing.accept_changes(batch=second, accepts=True))
    Member.objects.of(in_melati).filter(name="Siti Aminah").update(rw="009")
    with pytest.raises(undo.UndoBlocked, match="Siti Aminah"):
        undone(second)


def test_a_reason_is_asked_for(brought):
    with pytest.raises(undo.UndoRefused) as refusal:
        undone(brought, reason="  ")
    assert refusal.value.field == "reason"


def test_a_file_that_waits_has_nothing_to_undo(upload):
    with pytest.raises(undo.UndoRefused):
        undone(upload(xlsx(MEMBER_TITLES, listed(1, "Siti"))))


def test_after_a_month_it_is_too_late_and_the_old_values_are_forgotten(brought, upload, in_melati):
    second = upload(xlsx(MEMBER_TITLES, listed(1, "Siti Aminah")))
    second = run(choosing.accept_changes(batch=second, accepts=True))
    with pytest.raises(undo.UndoRefused, match="30"):
        undone(second, at=NOW + timedelta(days=31))
    ImportBatch.objects.of(in_melati).update(imported_at=NOW - timedelta(days=31))
    upload(xlsx(MEMBER_TITLES, listed(9, "Wulan")))
    second.refresh_from_db()
    assert second.kept_sealed is None


def test_goods_are_not_undone_as_a_whole(upload, goods_file):
    batch = run(upload(goods_file, ProductList()), ProductList())
    with pytest.raises(undo.UndoRefused, match=r"[Bb]arang|goods"):
        undone(batch, ProductList())


def test_a_closed_month_is_left_as_it_is(brought, in_melati, rini):
    from finance.models import Month

    Month.objects.create(cooperative=in_melati, month=date(2025, 10, 1), closed_by=rini)
    batch = undone(brought, on=date(2025, 11, 2))
    assert batch.status == BatchStatus.UNDONE
    agree(in_melati)


amounts = st.tuples(*(st.integers(0, 3) for _ in range(2)))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(amounts, min_size=1, max_size=5))
def test_no_rupiah_is_left_of_a_list_that_was_undone(upload, in_melati, people):
    rows = [
        listed(n, f"Orang {n}", mandatory=str(more * 10_000), voluntary=str(extra * 777))
        for n, (more, extra) in enumerate(people, 1)
    ]
    with transaction.atomic():
        undone(run(upload(xlsx(MEMBER_TITLES, *rows))))
        assert {row.balance_idr for row in SavingsBalance.objects.of(in_melati)} <= {0}
        agree(in_melati)
        transaction.set_rollback(True)


def test_the_database_refuses_half_an_undo(brought):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.of(brought.cooperative_id).filter(id=brought.id).update(status="undone")


def test_an_item_stands_once(brought, in_melati):
    item = BatchItem.objects.of(in_melati).filter(batch=brought).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchItem.objects.create(
            cooperative=in_melati,
            batch=brought,
            subject_id=item.subject_id,
            is_new=False,
            fingerprint=b"x",
        )


@pytest.mark.parametrize("statement", ["UPDATE {} SET is_new = false", "DELETE FROM {}"])
def test_the_application_has_no_right_to_change_an_item(brought, statement, in_melati):
    statement = f"{statement.format('imports_batchitem')} WHERE cooperative_id = '{in_melati.pk}'"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
