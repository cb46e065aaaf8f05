from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError

from finance.models import Party
from kkmp.access.models import AuditEvent, User
from kkmp.lib.idempotency import KeyReused
from kkmp.lib.identity import Nik
from kkmp.registry.models import Cooperative, CooperativeFigures
from members.models import Member, Sex, Status, StatusChange
from members.register.persons import nik_hash
from members.register.services import membership
from members.register.services.membership import (
    EditConflict,
    Particulars,
    RegistrationRefused,
)
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Enrol = Callable[..., Member]


def test_a_person_comes_onto_the_register_as_applied(wulan: Member) -> None:
    assert (wulan.status, wulan.number, wulan.applied_on) == (Status.APPLIED, None, MONDAY)
    assert wulan.party.name == "Wulan (rekaan)"
    step = StatusChange.objects.of(wulan.cooperative).get(member=wulan)
    assert (step.before, step.after, step.on) == ("", Status.APPLIED, MONDAY)
    assert _acts(wulan.cooperative) == ["member.register"]


def test_birth_date_and_sex_follow_from_the_nik(wulan: Member) -> None:
    assert (wulan.birth_date, wulan.sex) == (date(1990, 3, 12), Sex.FEMALE)


def test_a_man_s_sex_follows_from_the_nik(enrol: Enrol) -> None:
    assert enrol("Slamet (rekaan)", nik=Nik("3374111203900001")).sex == Sex.MALE


def test_birth_date_and_sex_that_are_given_stay(enrol: Enrol) -> None:
    member = enrol(nik=NIKS[0], birth_date=date(1991, 1, 2), sex=Sex.MALE)
    assert (member.birth_date, member.sex) == (date(1991, 1, 2), Sex.MALE)


def test_the_nik_is_kept_sealed(wulan: Member) -> None:
    wulan.refresh_from_db()
    assert wulan.unsealed_nik() == "3374115203900001"
    kept = b"".join(
        bytes(getattr(wulan, f.attname)) for f in Member._meta.fields if "nik" in f.name
    )
    assert b"3374" not in kept
    assert wulan.unsealed_nik() == NIKS[0].digits


def test_who_has_no_nik_shows_none(enrol: Enrol) -> None:
    member = enrol()
    assert (member.has_nik, member.unsealed_nik()) == (False, "")


def test_spaces_are_set_right_and_rt_rw_get_three_digits(enrol: Enrol) -> None:
    member = enrol("  Sri   Wahyuni ", rt="2", rw=" 11 ", address="Jl.  Durian  5")
    assert (member.name, member.rt, member.rw) == ("Sri Wahyuni", "002", "011")
    assert member.address == "Jl. Durian 5"


def test_rt_that_is_not_a_number_stays_as_written(enrol: Enrol) -> None:
    assert enrol(rt="2A").rt == "2A"


def test_a_nameless_person_is_refused(enrol: Enrol) -> None:
    with pytest.raises(RegistrationRefused) as refusal:
        enrol("   ")
    assert "name" in refusal.value.fields


def test_what_is_too_long_is_refused_by_name(enrol: Enrol) -> None:
    with pytest.raises(RegistrationRefused) as refusal:
        enrol(occupation="x" * 61)
    assert list(refusal.value.fields) == ["occupation"]


def test_a_nik_is_registered_once(enrol: Enrol, wulan: Member) -> None:
    with pytest.raises(RegistrationRefused) as refusal:
        enrol("Orang lain", nik=NIKS[0])
    assert "Wulan (rekaan)" in str(refusal.value)
    assert list(refusal.value.fields) == ["nik"]


def test_the_same_nik_hashes_to_something_else_in_another_cooperative(
    melati: Cooperative, mawar: Cooperative
) -> None:
    hashes = {nik_hash(place.pk, NIKS[0].digits) for place in (melati, mawar)}
    assert len(hashes) == 2


def test_the_same_form_registers_once(in_melati: Cooperative, rini: User) -> None:
    act = {
        "cooperative": in_melati,
        "particulars": Particulars(name="Wulan"),
        "on": MONDAY,
        "by": rini,
        "key": uuid4(),
    }
    first, again = membership.register(**act), membership.register(**act)
    assert first == again
    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert Party.objects.of(in_melati).count() == 1
    assert _acts(in_melati) == ["member.register"]
    with pytest.raises(KeyReused):
        membership.register(**act | {"particulars": Particulars(name="Orang lain")})


def test_an_edit_is_kept_with_the_names_of_what_changed(wulan: Member, rini: User) -> None:
    edited = membership.edit(
        member=wulan,
        particulars=Particulars(
            name="Wulandari", phone=wulan.phone, rw="3", sex="F", birth_date=wulan.birth_date
        ),
        version=1,
        on=MONDAY,
        by=rini,
    )
    assert (edited.name, edited.version, edited.unsealed_nik()) == (
        "Wulandari",
        2,
        "3374115203900001",
    )
    assert Party.objects.of(wulan.cooperative).get(id=wulan.party_id).name == "Wulandari"
    event = AuditEvent.objects.of(wulan.cooperative).get(action="member.edit")
    assert event.details == {"fields": ["name"]}


def test_an_edit_that_changes_nothing_leaves_no_trace(wulan: Member, rini: User) -> None:
    same = Particulars(
        name=wulan.name,
        nik=NIKS[0],
        phone=wulan.phone,
        rw=wulan.rw,
        sex="F",
        birth_date=wulan.birth_date,
    )
    edited = membership.edit(member=wulan, particulars=same, version=1, on=MONDAY, by=rini)
    assert edited.version == 1
    assert not AuditEvent.objects.of(wulan.cooperative).filter(action="member.edit").exists()


def test_a_nik_can_be_filled_in_later(enrol: Enrol, rini: User) -> None:
    member = enrol("Belum lengkap")
    edited = membership.edit(
        member=member,
        particulars=Particulars(name="Belum lengkap", nik=NIKS[3]),
        version=1,
        on=MONDAY,
        by=rini,
    )
    assert edited.unsealed_nik()[-4:] == "0004"


def test_a_nik_of_somebody_else_cannot_be_filled_in(
    enrol: Enrol, wulan: Member, rini: User
) -> None:
    member = enrol("Orang lain")
    with pytest.raises(RegistrationRefused, match="Wulan"):
        membership.edit(
            member=member,
            particulars=Particulars(name="Orang lain", nik=NIKS[0]),
            version=1,
            on=MONDAY,
            by=rini,
        )


def test_a_second_edit_of_the_same_state_is_a_conflict(wulan: Member, rini: User) -> None:
    act = {"member": wulan, "version": 1, "on": MONDAY, "by": rini}
    membership.edit(particulars=Particulars(name="Satu"), **act)
    with pytest.raises(EditConflict):
        membership.edit(particulars=Particulars(name="Dua"), **act)


def test_a_lead_moves_along_the_funnel(enrol: Enrol, rini: User) -> None:
    lead = enrol(status=Status.LEAD)
    moved = membership.move(member=lead, to=Status.APPLIED, on=MONDAY, by=rini)
    moved = membership.move(member=moved, to=Status.INCOMPLETE, on=MONDAY, by=rini)
    assert moved.status == Status.INCOMPLETE
    steps = StatusChange.objects.of(lead.cooperative).filter(member=lead).order_by("id")
    assert [step.after for step in steps] == ["lead", "applied", "incomplete"]


def test_moving_to_where_somebody_stands_changes_nothing(wulan: Member, rini: User) -> None:
    moved = membership.move(member=wulan, to=Status.APPLIED, on=MONDAY, by=rini)
    assert moved.version == 1
    assert StatusChange.objects.of(wulan.cooperative).count() == 1


def test_a_member_does_not_move_back(ayu: Member, rini: User) -> None:
    with pytest.raises(RegistrationRefused):
        membership.move(member=ayu, to=Status.APPLIED, on=MONDAY, by=rini)


def test_a_stale_copy_does_not_undo_a_membership(wulan: Member, rini: User, tono: User) -> None:
    stale = Member.objects.of(wulan.cooperative).get(id=wulan.id)
    membership.activate(member=membership.locked(wulan), on=MONDAY, by=tono)
    with pytest.raises(RegistrationRefused):
        membership.move(member=stale, to=Status.INCOMPLETE, on=MONDAY, by=rini)
    stale.refresh_from_db()
    assert (stale.status, stale.number) == (Status.ACTIVE, 1)


def test_becoming_a_member_gives_the_next_number_and_counts(
    wulan: Member, enrol: Enrol, tono: User
) -> None:
    second = enrol("Tuti", nik=NIKS[2])
    membership.activate(member=wulan, on=MONDAY, by=tono)
    membership.activate(member=second, on=MONDAY, by=tono)
    assert (wulan.number, second.number, second.joined_on) == (1, 2, MONDAY)
    assert CooperativeFigures.objects.of(wulan.cooperative).get().active_members == 2


def test_nobody_becomes_a_member_without_a_nik(enrol: Enrol, tono: User) -> None:
    with pytest.raises(RegistrationRefused, match="NIK"):
        membership.activate(member=enrol(), on=MONDAY, by=tono)


def test_looking_at_a_nik_leaves_a_trace_without_it(wulan: Member, rini: User) -> None:
    assert membership.reveal_nik(member=wulan, by=rini) == NIKS[0].digits
    event = AuditEvent.objects.of(wulan.cooperative).get(action="member.nik_reveal")
    assert (event.actor, event.subject_id) == (rini, str(wulan.id))
    assert NIKS[0].digits not in str(event.details)


def test_what_the_database_refuses_for_another_reason_is_not_explained_away(
    wulan: Member, enrol: Enrol, rini: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise IntegrityError("something else")

    monkeypatch.setattr(Member, "save", refuse)
    with pytest.raises(IntegrityError, match="something else"):
        enrol("Tuti")
    with pytest.raises(IntegrityError, match="something else"):
        membership.edit(
            member=wulan, particulars=Particulars(name="Lain"), version=1, on=MONDAY, by=rini
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wulan", {"Wulan (rekaan)"}),
        ("rekaan ayu", {"Ayu (rekaan)"}),
        ("1", {"Ayu (rekaan)"}),
        ("0001", {"Wulan (rekaan)", "Ayu (rekaan)"}),
        ("0002", {"Ayu (rekaan)"}),
        ("5203", set()),
        ("0812 0000 0001", {"Wulan (rekaan)"}),
        ("+62812-0000-0002", {"Ayu (rekaan)"}),
        ("62812", {"Wulan (rekaan)", "Ayu (rekaan)"}),
        ("3374115203900001", set()),
        ("tidak ada", set()),
        ("", {"Wulan (rekaan)", "Ayu (rekaan)"}),
    ],
)
def test_one_box_finds_by_name_number_or_phone_and_never_by_the_nik(
    wulan: Member, ayu: Member, text: str, found: set[str]
) -> None:
    people = Member.objects.of(wulan.cooperative).search(text)
    assert {member.name for member in people} == found


def _acts(cooperative: Cooperative) -> list[str]:
    rows = AuditEvent.objects.of(cooperative).filter(subject_label="members.Member")
    return list(rows.order_by("id").values_list("action", flat=True))
