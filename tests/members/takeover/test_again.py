"""A second file changes what it says otherwise of people on the register."""

from datetime import date

import pytest

from finance.ledger import checks
from finance.models import Journal, Party
from kkmp.access.models import AuditEvent
from kkmp.city.figures.services import rebuild
from kkmp.imports.preview import State
from kkmp.imports.rows import SourceRow
from kkmp.imports.services import batches, choosing
from kkmp.lib.identity import parse_nik
from members.models import Member, SavingsBalance, Status
from members.register.services import membership
from members.register.services.membership import Particulars
from members.takeover.kind import MemberList
from members.takeover.services import updates
from tests.imports.conftest import DATA, LISTED, MEMBER_TITLES, NOW, listed, xlsx

KIND = MemberList()


def run(batch, **more):
    return batches.run(batch=batch, kind=KIND, at=NOW, by=batch.created_by, **more)


def accepted(batch):
    return choosing.accept_changes(batch=batch, accepts=True)


def moved(number: int, name: str, address: str, **more):
    """A listed row with another address."""
    row = list(listed(number, name, **more))
    row[3] = address
    return tuple(row)


@pytest.fixture
def two(upload, in_melati):
    """Siti and Budi are members since the first list."""
    run(upload(xlsx(MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi", mandatory="20.000"))))
    return {member.name: member for member in Member.objects.of(in_melati)}


def test_old_and_new_stand_side_by_side(two, upload):
    batch = upload(xlsx(MEMBER_TITLES, moved(1, "Siti Aminah", "Jl. Melati 2"), listed(2, "Budi")))
    found = batches.examine(batch, KIND)
    assert (found.row(2).state, found.row(3).state) == (State.CHANGES, State.EXISTS)
    assert [(c.label, c.old, c.new) for c in found.row(2).verdict.changes] == [
        ("Nama", "Siti", "Siti Aminah"),
        ("Alamat", "Jl. Mawar 1", "Jl. Melati 2"),
    ]
    assert found.total("principal") == 0


def test_nothing_changes_before_somebody_has_agreed(two, upload, in_melati):
    batch = upload(xlsx(MEMBER_TITLES, moved(1, "Siti", "Jl. Melati 2"), listed(3, "Ani")))
    batch = run(batch)
    assert (batch.imported_rows, batch.changed_rows, batch.existing_rows) == (1, 0, 1)
    assert Member.objects.of(in_melati).get(name="Siti").address == "Jl. Mawar 1"


def test_changes_alone_need_to_be_accepted(two, upload):
    batch = upload(xlsx(MEMBER_TITLES, moved(1, "Siti", "Jl. Melati 2")))
    with pytest.raises(batches.ImportRefused, match=r"[Tt]erima|[Aa]ccept"):
        run(batch)


def test_accepted_changes_and_new_rows_go_in_together(two, upload, in_melati, rini):
    batch = upload(xlsx(MEMBER_TITLES, moved(1, "Siti A", "Jl. Melati 2"), listed(3, "Ani")))
    batch = run(accepted(batch), expected=1)
    siti = Member.objects.of(in_melati).get(id=two["Siti"].id)
    assert (batch.imported_rows, batch.changed_rows) == (1, 1)
    assert (siti.name, siti.address, siti.version) == ("Siti A", "Jl. Melati 2", 2)
    assert Party.objects.of(in_melati).get(id=siti.party_id).name == "Siti A"
    event = AuditEvent.objects.of(in_melati).get(action="member.edit", subject_id=str(siti.id))
    assert event.details == {"fields": ["address", "name"]}
    assert checks.differences(in_melati) == []
    assert rebuild.compare(cooperative=in_melati) == []


def test_a_row_left_out_is_not_changed(two, upload, in_melati):
    rows = (moved(1, "Siti", "Jl. Melati 2"), moved(2, "Budi", "Jl. Melati 3"))
    batch = choosing.skip_row(batch=accepted(upload(xlsx(MEMBER_TITLES, *rows))), number=2)
    assert run(batch).changed_rows == 1
    assert Member.objects.of(in_melati).get(name="Siti").address == "Jl. Mawar 1"


def test_one_failure_changes_nobody(two, upload, in_melati, monkeypatch):
    batch = upload(xlsx(MEMBER_TITLES, moved(1, "Siti", "Jl. Melati 2"), listed(3, "Ani")))
    monkeypatch.setattr("members.takeover.services.opening._count", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(accepted(batch))
    assert Member.objects.of(in_melati).get(name="Siti").address == "Jl. Mawar 1"


def test_an_edit_since_the_preview_is_a_conflict(two, upload, in_melati, rini):
    batch = accepted(upload(xlsx(MEMBER_TITLES, moved(1, "Siti", "Jl. Melati 2"))))
    seen = batches.examine(batch, KIND).seen
    membership.edit(
        member=two["Siti"],
        particulars=Particulars(name="Siti", address="Jl. Kenanga 9"),
        version=1,
        on=LISTED,
        by=rini,
    )
    with pytest.raises(batches.PreviewOutdated):
        run(batch, seen=seen)
    assert Member.objects.of(in_melati).get(name="Siti").address == "Jl. Kenanga 9"
    assert run(batch, seen=batches.examine(batch, KIND).seen).changed_rows == 1


def test_the_service_refuses_what_was_edited_meanwhile(two, in_melati, rini):
    change = updates.Update(two["Siti"].id, 7, Particulars(name="Siti A"))
    with pytest.raises(membership.EditConflict, match="Siti"):
        updates.edit_many(cooperative=in_melati, updates=[change], on=LISTED, by=rini)


def test_the_service_refuses_what_does_not_fit(two, in_melati, rini):
    change = updates.Update(two["Siti"].id, 1, Particulars(name="Siti", rt="12345"))
    with pytest.raises(membership.RegistrationRefused, match="Siti"):
        updates.edit_many(cooperative=in_melati, updates=[change], on=LISTED, by=rini)


def test_the_same_file_twice_adds_and_changes_nothing(upload, members_file, in_melati):
    run(upload(members_file))
    found = batches.examine(accepted(upload(members_file)), KIND)
    assert found.counts[State.CHANGES] == found.counts[State.READY] == 0
    assert found.counts[State.EXISTS] == 274


def test_the_corrected_list_of_gedawang_changes_three_people(upload, members_file, in_melati):
    run(upload(members_file))
    again = accepted(upload((DATA / "anggota-gedawang-baru.xlsx").read_bytes()))
    found = batches.examine(again, KIND)
    counts = {State.READY: 1, State.CHANGES: 3, State.EXISTS: 1, State.SKIPPED: 1}
    assert {state: count for state, count in found.counts.items() if count} == counts
    assert run(again).changed_rows == 3


def test_savings_of_who_is_registered_are_only_told(two, upload, in_melati):
    rows = (moved(2, "Budi", "Jl. Melati 2", mandatory="50.000", principal="1.000"),)
    batch = accepted(upload(xlsx(MEMBER_TITLES, *rows)))
    verdict = batches.examine(batch, KIND).row(2).verdict
    assert any("Rp50.000" in note and "Rp20.000" in note for note in verdict.notes)
    assert not verdict.problems
    run(batch)
    held = SavingsBalance.objects.of(in_melati).get(kind__code="wajib")
    assert held.balance_idr == 20_000
    assert Journal.objects.of(in_melati).count() == 1


@pytest.fixture
def judge(two, in_melati):
    def check(**cells):
        plain = {"name": "Siti", "nik": "3374110101800001"}
        return KIND.check([SourceRow(2, plain | cells)], cooperative=in_melati, on=LISTED)[0]

    return check


@pytest.mark.parametrize(
    ("cells", "change"),
    [
        ({"name": ""}, None),
        ({"address": ""}, None),
        ({"birth_date": "01/01/1980"}, None),
        ({"birth_date": "02/01/1980"}, ("1 Januari 1980", "2 Januari 1980")),
        ({"sex": "P"}, ("Laki-laki", "Perempuan")),
        ({"phone": "081234567890"}, ("", "0812-3456-7890")),
        ({"phone": "tidak ada"}, None),
        ({"rt_rw": "2/7"}, ("", "002")),
        ({"occupation": "PNS"}, ("", "PNS")),
        ({"status": "keluar"}, None),
        ({"principal": "banyak"}, None),
        ({"since": "kemarin"}, None),
    ],
)
def test_a_particular_changes_as_people_read_it(judge, cells, change):
    verdict = judge(**cells)
    assert not verdict.problems
    found = [(one.old, one.new) for one in verdict.changes]
    assert (change in found) if change else not found


def test_who_has_left_is_known_and_not_changed(judge, in_melati):
    Member.objects.of(in_melati).filter(name="Siti").update(status=Status.LEFT)
    assert judge(address="Jl. Melati 2").code == "exists"


def test_a_list_that_says_somebody_left_is_told(judge):
    assert len(judge(status="keluar").notes) == 1


def test_no_civil_servant_is_unmade_by_a_list(judge, in_melati):
    Member.objects.of(in_melati).filter(name="Siti").update(is_civil_servant=True)
    assert [c.new for c in judge(occupation="Guru").changes] == ["Guru"]


def test_what_cannot_be_read_leaves_the_register_as_it_is(judge):
    warning = judge(phone="tidak ada").warnings[0]
    assert warning.code == "phone_unreadable"
    assert "tidak ada" not in warning.message


@pytest.mark.parametrize(
    ("kept", "cells"),
    [
        ({"phone": "+6281234567890"}, {"phone": "0812-3456-7890"}),
        ({"rt": "2", "rw": "7"}, {"rt_rw": "02/07"}),
    ],
)
def test_somebody_without_a_nik_may_be_the_same_person(in_melati, rini, kept, cells):
    membership.register(
        cooperative=in_melati,
        particulars=Particulars(name="Wulan Sari", **kept),
        status=Status.LEAD,
        on=LISTED,
        by=rini,
    )
    row = SourceRow(2, {"name": "WULAN SARI", "nik": "3374110101800077"} | cells)
    verdict = KIND.check([row], cooperative=in_melati, on=LISTED)[0]
    assert verdict.code == "ok"
    assert "maybe_known" in [warning.code for warning in verdict.warnings]
    other = SourceRow(3, {"name": "Wulan", "nik": "3374110101800077"} | cells)
    verdict = KIND.check([other], cooperative=in_melati, on=LISTED)[0]
    assert "maybe_known" not in [warning.code for warning in verdict.warnings]


def test_a_fingerprint_follows_every_particular(two, in_melati):
    siti = Member.objects.of(in_melati).get(name="Siti")
    before = updates.fingerprint(siti)
    for name, value in {"name": "S", "birth_date": date(1981, 1, 1), "nik_hash": b"x"}.items():
        old = getattr(siti, name)
        setattr(siti, name, value)
        assert updates.fingerprint(siti) != before
        setattr(siti, name, old)
    assert updates.fingerprint(siti) == before
    assert parse_nik("3374110101800001").digits not in str(before)
