"""A file from upload to the books."""

from datetime import timedelta

import pytest

from finance.models import Balance, Journal, Line
from kkmp.access.models import AuditEvent
from kkmp.imports.models import BatchStatus, ImportBatch
from kkmp.imports.preview import Skip, State
from kkmp.imports.services import batches, choosing
from kkmp.registry.models import Cooperative, CooperativeFigures, DayFigures
from members.models import Member, SavingsBalance, SavingsEntry, Status, StatusChange
from members.takeover.kind import MemberList
from members.takeover.services import opening
from tests.imports.conftest import LISTED, MEMBER_TITLES, NOW, listed, xlsx

KIND = MemberList()


def run(batch: ImportBatch, **more):
    return batches.run(batch=batch, kind=KIND, at=NOW, by=batch.created_by, **more)


def test_the_list_of_gedawang_goes_in(upload, members_file, in_melati):
    batch = run(upload(members_file))
    members = Member.objects.of(in_melati)
    assert (batch.imported_rows, batch.problem_rows, batch.skipped_rows) == (274, 28, 2)
    assert members.filter(status=Status.ACTIVE).count() == 73
    assert members.filter(status=Status.INCOMPLETE).count() == 88
    assert members.filter(status=Status.LEAD).count() == 113


def test_opening_savings_are_in_the_books(upload, members_file, in_melati):
    batch = run(upload(members_file))
    journal = Journal.objects.of(in_melati).get()
    lines = Line.objects.of(in_melati).filter(journal=journal)
    sums = {
        code: sum(line.debit_idr - line.credit_idr for line in lines.filter(account__code=code))
        for code in ("3-1101", "3-1102", "2-1103", "3-9101")
    }
    assert batch.amounts == {
        "principal": 8_850_000,
        "mandatory": 1_790_000,
        "voluntary": 16_150_000,
    }
    assert sums == {
        "3-1101": -8_850_000,
        "3-1102": -1_790_000,
        "2-1103": -16_150_000,
        "3-9101": 26_790_000,
    }
    assert (journal.date, journal.kind) == (LISTED, "savings.opening")
    assert sum(b.debit_idr for b in Balance.objects.of(in_melati)) == 26_790_000


def test_counters_move_with_the_books(upload, members_file, in_melati):
    run(upload(members_file))
    figures = CooperativeFigures.objects.of(in_melati).get()
    day = DayFigures.objects.of(in_melati).get(date=LISTED)
    assert figures.active_members == day.active_members == 73
    assert figures.principal_idr == day.principal_idr == 8_850_000
    assert figures.mandatory_idr == 1_790_000
    assert figures.voluntary_idr == 16_150_000


def test_a_member_has_name_number_balances_and_history(upload, members_file, in_melati):
    run(upload(members_file))
    member = Member.objects.of(in_melati).order_by("number").first()
    held = SavingsBalance.objects.of(in_melati).filter(member=member)
    assert (member.name, member.number) == ("Eka Widodo", 1)
    assert (member.rt, member.rw, member.phone) == ("002", "007", "+6281897825707")
    assert member.address == "Jl. Jayawijaya No. 31"
    assert member.joined_on.isoformat() == member.applied_on.isoformat() == "2025-07-25"
    assert sorted(b.balance_idr for b in held) == [10_000, 100_000, 1_000_000]
    assert SavingsEntry.objects.of(in_melati).filter(member=member).count() == 3
    assert StatusChange.objects.of(in_melati).filter(member=member).get().on == LISTED


def test_identity_numbers_are_sealed_in_the_batch_and_gone_after(upload, members_file):
    batch = upload(members_file)
    assert b"3374115507630001" not in bytes(batch.table_sealed)
    batch = run(batch)
    assert {row.number for row in batch.table().rows} == set(batch.table().remarks)
    assert len(batch.table().rows) == 28


def test_the_same_file_twice_adds_nothing(upload, members_file, in_melati):
    run(upload(members_file))
    again = upload(members_file)
    found = batches.examine(again, KIND)
    assert found.counts[State.READY] == 0
    assert found.counts[State.EXISTS] == 274
    with pytest.raises(batches.ImportRefused):
        run(again)
    assert Member.objects.of(in_melati).count() == 274
    assert Journal.objects.of(in_melati).count() == 1


def test_a_batch_goes_in_once(upload, members_file, in_melati):
    batch = upload(members_file)
    run(batch)
    with pytest.raises(batches.BatchClosed):
        run(batch)
    assert Member.objects.of(in_melati).count() == 274


def test_one_failure_leaves_nothing_behind(upload, in_melati, monkeypatch):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi")))
    monkeypatch.setattr(opening, "_count", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(batch)
    assert not Member.objects.of(in_melati).exists()
    assert not Journal.objects.of(in_melati).exists()
    batch.refresh_from_db()
    assert batch.is_open


def test_rows_that_a_kind_has_swallowed_undo_the_import(upload, in_melati):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Ani"), listed(2, "Beni")))

    class Forgetful(MemberList):
        def post(self, ready, **more):
            return super().post(ready[1:], **more)

    with pytest.raises(batches.HalfPosted):
        batches.run(batch=batch, kind=Forgetful(), at=NOW, by=batch.created_by)
    assert not Member.objects.of(in_melati).exists()
    batch.refresh_from_db()
    assert batch.is_open


def test_a_row_registered_in_the_meantime_stops_the_import(upload, in_melati):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi")))
    run(upload(xlsx(MEMBER_TITLES, listed(1, "Siti"))))
    with pytest.raises(batches.PreviewOutdated):
        run(batch, expected=2)
    assert Member.objects.of(in_melati).count() == 1


def test_a_closed_month_refuses_the_import(upload, in_melati, rini):
    from finance.ledger.services.ledger import MonthClosed
    from finance.models import Month

    Month.objects.create(cooperative=in_melati, month=LISTED.replace(day=1), closed_by=rini)
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi")))
    with pytest.raises(MonthClosed):
        run(batch)
    assert not Member.objects.of(in_melati).exists()
    open_month = choosing.date_balances(batch=batch, on=LISTED + timedelta(days=30))
    assert run(open_month).imported_rows == 2


def test_a_corrected_row_becomes_ready(upload):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti", nik="337411"), listed(2, "Budi")))
    assert batches.examine(batch, KIND).row(2).verdict.code == "nik_length"
    batch = choosing.fix_row(batch=batch, number=2, cells={2: "3374110101800001"})
    row = batches.examine(batch, KIND).row(2)
    assert (row.state, row.is_fixed) == (State.READY, True)
    assert run(batch).imported_rows == 2


def test_only_changed_cells_are_corrections(upload):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi")))
    batch = choosing.fix_row(batch=batch, number=2, cells={1: "Siti", 5: "100.000"})
    assert batch.choices().fixes == {}
    batch = choosing.fix_row(batch=batch, number=2, cells={1: "Siti Aminah", 5: "100.000"})
    assert batch.choices().fixes == {2: {1: "Siti Aminah"}}


def test_a_row_left_out_stays_out_until_it_is_taken_in_again(upload, in_melati):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi")))
    batch = choosing.skip_row(batch=batch, number=2)
    row = batches.examine(batch, KIND).row(2)
    assert (row.state, row.skip) == (State.SKIPPED, Skip.USER)
    batch = choosing.restore_row(batch=batch, number=2)
    batch = choosing.skip_row(batch=batch, number=3)
    assert run(batch).imported_rows == 1
    assert Member.objects.of(in_melati).get().name == "Siti"


def test_leaving_out_the_first_of_two_frees_the_second(upload):
    same = "3374110101800001"
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti", nik=same), listed(2, "Budi", nik=same)))
    problem = batches.examine(batch, KIND).row(3).verdict.problems[0]
    assert problem.code == "nik_duplicate"
    assert "2" in problem.message
    assert "Siti" in problem.message
    batch = choosing.skip_row(batch=batch, number=2)
    assert batches.examine(batch, KIND).row(3).state == State.READY


def test_there_is_no_row_that_is_not_in_the_file(upload):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti")))
    with pytest.raises(batches.ImportRefused):
        choosing.skip_row(batch=batch, number=99)


def test_needed_columns_must_be_chosen(upload):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti")))
    with pytest.raises(batches.ColumnsRefused):
        choosing.choose_columns(batch=batch, kind=KIND, columns={"name": 1})
    batch = choosing.choose_columns(batch=batch, kind=KIND, columns={"name": 1, "nik": 2})
    assert batch.is_mapped
    assert batches.examine(batch, KIND).row(2).verdict.value.status == Status.APPLIED


def test_a_discarded_file_is_forgotten(upload, rini):
    batch = batches.discard(batch=upload(xlsx(MEMBER_TITLES, listed(1, "Siti"))), by=rini)
    assert batch.status == BatchStatus.DISCARDED
    assert batch.table_sealed is None
    with pytest.raises(batches.BatchClosed):
        run(batch)


def test_what_an_import_left_can_be_forgotten(upload, members_file, rini):
    batch = batches.discard(batch=run(upload(members_file)), by=rini)
    assert batch.status == BatchStatus.IMPORTED
    assert not batch.has_content
    assert batch.imported_rows == 274


def test_nothing_is_kept_where_every_row_went_in(upload):
    assert not run(upload(xlsx(MEMBER_TITLES, listed(1, "Siti")))).has_content


def test_unfinished_files_are_forgotten_after_a_month(upload, in_melati):
    old = upload(xlsx(MEMBER_TITLES, listed(1, "Siti")))
    ImportBatch.objects.of(in_melati).update(created_at=NOW - timedelta(days=31))
    upload(xlsx(MEMBER_TITLES, listed(2, "Budi")))
    old.refresh_from_db()
    assert (old.status, old.has_content) == (BatchStatus.DISCARDED, False)


def test_audit_tells_who_imported_what(upload, members_file, in_melati, rini):
    run(upload(members_file))
    events = {e.action: e for e in AuditEvent.objects.of(in_melati).filter(actor=rini)}
    assert {"import.upload", "import.run", "members.take_over"} <= events.keys()
    assert events["members.take_over"].details["people"] == 274
    assert events["members.take_over"].details["amount_idr"] == 26_790_000
    assert "337411" not in str([e.details for e in events.values()])


def test_the_file_of_another_cooperative_is_not_there(upload, in_melati: Cooperative, mawar):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti")))
    assert not ImportBatch.objects.of(mawar).filter(id=batch.id).exists()
