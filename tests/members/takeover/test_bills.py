"""Payments that an older system had recorded, by member number and month."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger import checks
from finance.ledger.services import ledger
from finance.models import Journal, Line
from kkmp.city.figures.services import rebuild
from kkmp.imports.models import BatchStatus
from kkmp.imports.preview import State
from kkmp.imports.rows import SourceRow
from kkmp.imports.services import batches, undo
from kkmp.lib.identity import parse_nik
from members.models import (
    Collection,
    CollectionEntry,
    CollectionSource,
    ImportedBill,
    Member,
    Paper,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
    Status,
)
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import receipts, savings
from members.takeover.bill_kind import BillList
from members.takeover.kind import MemberList
from members.takeover.services import bills
from members.takeover.services.bills_rules import Bill, BillRefused
from tests.imports.conftest import LISTED, MEMBER_TITLES, NOW, listed, xlsx

KIND = BillList()
KEY = UUID("01934000-0000-7000-8000-000000000002")
TITLES = ("No Anggota", "Nama", "Bulan", "Jumlah", "Jenis", "Tgl Bayar")
LATER = LISTED + timedelta(days=3)


def run(batch, kind: Any = KIND):
    return batches.run(batch=batch, kind=kind, at=NOW, by=batch.created_by)


def undone(batch):
    return undo.undo(
        batch=batch, kind=KIND, reason="salah berkas", on=LATER, at=NOW, by=batch.created_by
    )


def agree(cooperative) -> None:
    connection.check_constraints()
    assert checks.differences(cooperative) == []
    assert rebuild.compare(cooperative=cooperative) == []


@pytest.fixture
def people(upload, in_melati) -> dict[str, Member]:
    """Siti (1) and Ani (2) are members, Budi has paid a part of the principal."""
    part = {"principal": "40.000", "status": "belum lengkap"}
    rows = (listed(1, "Siti"), listed(2, "Budi", **part), listed(3, "Ani"))
    run(upload(xlsx(MEMBER_TITLES, *rows)), MemberList())
    return {member.name: member for member in Member.objects.of(in_melati)}


@pytest.fixture
def send(people, upload):
    """Send a file of payments; each row as the titles above have it."""

    def rows(*payments: tuple[Any, ...]):
        return upload(xlsx(TITLES, *payments), KIND)

    return rows


FILE = (
    ("0001", "Siti", "2025-08", "10.000", "", "05/08/2025"),
    ("0001", "Siti", "September 2025", "10.000", "wajib", ""),
    ("0002", "Ani", "2025-08", "10.000", "", ""),
)


def test_payments_become_savings_out_of_the_clearing_account(send, in_melati):
    batch = run(send(*FILE))
    assert (batch.imported_rows, batch.journals) == (3, 2)
    assert batch.amounts == {"mandatory": 30_000, "principal": 0}
    journals = Journal.objects.of(in_melati).filter(kind="savings.bills").order_by("number")
    assert [(j.amount_idr, j.date) for j in journals] == [(20_000, LISTED), (10_000, LISTED)]
    lines = Line.objects.of(in_melati).filter(journal__in=journals)
    assert sum(line.debit_idr for line in lines.filter(account__code="3-9101")) == 30_000
    assert not lines.filter(account__code="1-1101").exists()
    held = SavingsBalance.objects.of(in_melati).filter(kind__code="wajib")
    assert {b.member.number: b.balance_idr for b in held} == {1: 20_000, 2: 10_000}
    agree(in_melati)


def test_they_are_one_collection_and_remembered_by_month(send, in_melati):
    batch = run(send(*FILE))
    collection = Collection.objects.of(in_melati).get()
    assert (collection.source, collection.key) == (CollectionSource.BILLS, batch.id)
    assert (collection.payments, collection.total_idr) == (3, 30_000)
    assert CollectionEntry.objects.of(in_melati).filter(collection=collection).count() == 3
    first = ImportedBill.objects.of(in_melati).get(month=date(2025, 8, 1), member__number=1)
    assert (first.amount_idr, first.paid_on) == (10_000, date(2025, 8, 5))
    assert first.entry.date == LISTED


def test_the_same_file_twice_adds_nothing(send, in_melati):
    run(send(*FILE))
    again = send(*FILE)
    assert batches.examine(again, KIND).counts[State.EXISTS] == 3
    with pytest.raises(batches.ImportRefused):
        run(again)
    assert Collection.objects.of(in_melati).count() == 1


def test_a_row_that_stands_there_twice_is_taken_once(send, in_melati):
    batch = run(send(FILE[0], FILE[0], FILE[1]))
    assert (batch.imported_rows, batch.existing_rows) == (2, 1)


@pytest.fixture
def judge(people, in_melati):
    def check(*rows: dict[str, Any], **cells: Any):
        plain = {"number": "1", "name": "Siti", "month": "2025-09", "amount": "10.000"}
        sources = [SourceRow(n, plain | row) for n, row in enumerate(rows or (cells,), start=2)]
        verdicts = KIND.check(sources, cooperative=in_melati, on=LISTED)
        return verdicts if rows else verdicts[0]

    return check


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "ok"),
        ({"number": "A-0001"}, "ok"),
        ({"number": 1.0}, "ok"),
        ({"number": "", "nik": "3374110101800001"}, "ok"),
        ({"number": ""}, "number_missing"),
        ({"number": "satu"}, "number_unreadable"),
        ({"number": "99"}, "member_unknown"),
        ({"number": "", "nik": "3374110101800099"}, "member_unknown"),
        ({"number": "", "nik": "12"}, "nik_length"),
        ({"month": ""}, "month_missing"),
        ({"month": "kemarin"}, "month_unreadable"),
        ({"month": "2027-01"}, "bill_refused"),
        ({"month": 45901.0}, "ok"),
        ({"amount": ""}, "amount_missing"),
        ({"amount": "0"}, "bill_refused"),
        ({"amount": "banyak"}, "amount_unreadable"),
        ({"kind": "simpanan wajib"}, "ok"),
        ({"kind": "pokok"}, "bill_refused"),
        ({"kind": "sukarela"}, "kind_unknown"),
        ({"paid_on": "19/10/2025"}, "bill_refused"),
        ({"number": "", "nik": "3374110101800002", "name": "Budi"}, "bill_refused"),
        ({"number": "", "nik": "3374110101800002", "kind": "pokok", "name": "Budi"}, "ok"),
    ],
)
def test_a_row_gets_its_code(judge, cells, code):
    verdict = judge(**cells)
    assert verdict.code == code
    assert all(problem.message for problem in verdict.problems)


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"month": "2025-08"}, "before_joining"),
        ({"paid_on": "besok"}, "paid_on_unreadable"),
    ],
)
def test_what_is_odd_is_told(judge, cells, warning):
    verdict = judge(**cells)
    assert verdict.code == "ok"
    assert warning in [one.code for one in verdict.warnings]


def test_a_name_that_shares_a_word_is_told_and_another_one_waits_for_a_decision(judge, in_melati):
    Member.objects.of(in_melati).filter(number=1).update(name="Siti Aminah")
    alike, other = judge({"name": "Siti Rahayu"}, {"name": "Wulan", "month": "2025-10"})
    assert [one.code for one in alike.warnings] == ["name_differs"]
    assert (alike.code, other.code) == ("ok", "name_other")
    assert other.problems[0].is_question


def test_a_name_with_a_title_is_the_same_name(judge):
    assert not judge(name="SITI, S.Pd").warnings


def test_savings_that_came_with_the_list_of_members_are_told(upload, in_melati):
    run(upload(xlsx(MEMBER_TITLES, listed(1, "Siti", mandatory="30.000"))), MemberList())
    row = SourceRow(2, {"number": "1", "month": "2025-09", "amount": "10.000"})
    warning = KIND.check([row], cooperative=in_melati, on=LISTED)[0].warnings[0]
    assert warning.code == "taken_with_list"
    assert "Rp30.000" in warning.message


def test_the_same_month_with_another_amount_is_a_problem(judge):
    first, second = judge({}, {"amount": "5.000"})
    assert (first.code, second.code) == ("ok", "bill_refused")
    assert "2" in second.problems[0].message


def test_a_month_taken_over_with_another_amount_is_a_problem(send, judge):
    run(send(*FILE))
    assert judge(amount="5.000").code == "bill_refused"
    assert judge().code == "exists"


def test_who_has_left_pays_no_more(judge, people, in_melati):
    Member.objects.of(in_melati).filter(name="Siti").update(status=Status.LEFT)
    assert judge().code == "bill_refused"


def test_the_principal_paid_in_full_makes_a_member(people, upload, in_melati):
    titles = ("NIK", "Bulan", "Jumlah", "Jenis")
    nik = "3374110101800002"
    rows = ((nik, "2025-09", "10.000", "wajib"), (nik, "2025-08", "60.000", "pokok"))
    batch = run(upload(xlsx(titles, *rows), KIND))
    budi = Member.objects.of(in_melati).get(name="Budi")
    assert (batch.imported_rows, budi.status, budi.number) == (2, Status.ACTIVE, 3)
    agree(in_melati)
    with pytest.raises(undo.UndoBlocked, match="Budi"):
        undone(batch)


def test_a_part_of_the_principal_moves_an_applicant_on(people, in_melati, rini):
    wulan = membership.register(
        cooperative=in_melati,
        particulars=Particulars(name="Wulan", nik=parse_nik("3374110101800044")),
        on=LISTED,
        by=rini,
    )
    _take(in_melati, rini, _bill(wulan, role=SavingsRole.PRINCIPAL))
    wulan.refresh_from_db()
    assert wulan.status == Status.INCOMPLETE


def _bill(member: Member, month: int = 9, amount_idr: int = 10_000, **more: Any) -> Bill:
    return Bill(member_id=member.id, month=date(2025, month, 1), amount_idr=amount_idr, **more)


def _take(cooperative, by, *payments: Bill, key: UUID = KEY) -> bills.TakenOver:
    return bills.take_over(
        cooperative=cooperative, payments=payments, title="Portal", key=key, on=LISTED, by=by
    )


def test_the_same_key_takes_the_same_payments_once(people, in_melati, rini):
    first = _take(in_melati, rini, _bill(people["Siti"]))
    second = _take(in_melati, rini, _bill(people["Siti"]))
    assert second.collection == first.collection
    assert second.collection.is_repeat
    assert second.journals == first.journals
    with pytest.raises(ledger.KeyReused):
        _take(in_melati, rini, _bill(people["Siti"], amount_idr=9_000))


def test_one_that_may_not_be_taken_keeps_all_out(people, in_melati, rini):
    with pytest.raises(BillRefused):
        _take(in_melati, rini, _bill(people["Siti"]), _bill(people["Budi"]))
    assert not Collection.objects.of(in_melati).exists()
    assert not ImportedBill.objects.of(in_melati).exists()


def test_more_than_a_deposit_may_be_is_no_payment_of_a_month(people, in_melati, rini):
    with pytest.raises(BillRefused, match=r"Rp1\.000\.000\.000\."):
        _take(in_melati, rini, _bill(people["Siti"], amount_idr=1_000_000_001))
    assert not ImportedBill.objects.of(in_melati).exists()


def test_whoever_has_no_nik_is_not_made_a_member(people, in_melati, rini):
    wulan = membership.register(
        cooperative=in_melati, particulars=Particulars(name="Wulan"), on=LISTED, by=rini
    )
    whole = _bill(wulan, amount_idr=100_000, role=SavingsRole.PRINCIPAL)
    with pytest.raises(BillRefused, match="NIK"):
        _take(in_melati, rini, whole)


def test_long_months_are_cut_into_several_journals(people, in_melati, rini, monkeypatch):
    monkeypatch.setattr(bills, "LINES_A_JOURNAL", 1)
    taken = _take(in_melati, rini, _bill(people["Siti"]), _bill(people["Ani"]))
    assert len(taken.journals) == 2
    agree(in_melati)


def test_payments_are_undone_and_may_be_taken_over_again(send, in_melati):
    batch = undone(run(send(*FILE)))
    assert batch.status == BatchStatus.UNDONE
    held = SavingsBalance.objects.of(in_melati).filter(kind__code="wajib")
    assert {row.balance_idr for row in held} == {0}
    agree(in_melati)
    assert run(send(*FILE)).imported_rows == 3
    agree(in_melati)


def test_a_later_payment_stays_when_a_list_is_undone(send, people, in_melati, rini):
    batch = run(send(*FILE))
    kind = SavingsKind.objects.of(in_melati).get(code="wajib")
    options = {"amount_idr": 7_000, "key": uuid4(), "on": LATER, "by": rini}
    savings.deposit(member=people["Siti"], kind=kind, **options)
    undone(batch)
    assert (
        SavingsBalance.objects.of(in_melati).get(member=people["Siti"], kind=kind).balance_idr
        == 7_000
    )
    agree(in_melati)


def test_a_printed_receipt_stands_in_the_way(send, in_melati, rini):
    batch = run(send(*FILE))
    entry = SavingsEntry.objects.of(in_melati).filter(kind__code="wajib").order_by("number").first()
    receipts.issue(entry=entry, paper=Paper.A4, by=rini)
    with pytest.raises(undo.UndoBlocked, match="Siti"):
        undone(batch)


def test_who_has_left_stands_in_the_way(send, in_melati):
    batch = run(send(*FILE))
    Member.objects.of(in_melati).filter(name="Ani").update(status=Status.LEFT)
    with pytest.raises(undo.UndoBlocked, match="Ani"):
        undone(batch)


payments = st.lists(
    st.tuples(st.sampled_from(["Siti", "Ani"]), st.integers(1, 9), st.integers(1, 50_000)),
    min_size=1,
    max_size=8,
    unique_by=lambda payment: payment[:2],
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(paid=payments)
def test_no_rupiah_is_made_or_lost(people, in_melati, rini, paid):
    with transaction.atomic():
        taken = _take(in_melati, rini, *(_bill(people[name], m, idr) for name, m, idr in paid))
        assert taken.collection.total_idr == sum(idr for _name, _month, idr in paid)
        assert sum(journal.amount_idr for journal in taken.journals) == taken.collection.total_idr
        agree(in_melati)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change",
    [
        {"month": date(2025, 9, 2)},
        {"amount_idr": 0},
        {"entry": "same"},
        {"month": date(2025, 8, 1), "entry": "other"},
    ],
)
def test_the_database_keeps_a_month_once(people, in_melati, rini, change):
    taken = _take(in_melati, rini, _bill(people["Siti"]), _bill(people["Siti"], month=8))
    kind = SavingsKind.objects.of(in_melati).get(code="wajib")
    entries = {"same": taken.entries[0], "other": taken.entries[1]}
    row = {"month": date(2025, 7, 1), "amount_idr": 1, "entry": "other"} | change
    ImportedBill.objects.of(in_melati).filter(entry=entries["other"]).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedBill.objects.create(
            cooperative=in_melati, member=people["Siti"], kind=kind,
            **row | {"entry": entries[row["entry"]]},
        )  # fmt: skip
