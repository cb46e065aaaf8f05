"""Applications: sent once, decided once, and forgotten but for the decision."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kkmp.access.models import AuditEvent, User
from kkmp.lib.idempotency import KeyReused
from kkmp.lib.identity import Nik
from kkmp.registry.models import Cooperative
from members.joining.queries import queue
from members.joining.services import applications
from members.models import (
    Application,
    ApplicationState,
    Consent,
    Means,
    Member,
    SavingsEntry,
    SavingsKind,
    Status,
)
from members.register.persons import Person
from members.register.services import membership
from members.register.services.particulars import Particulars
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
Enrol = Callable[..., Member]
Send = Callable[..., Application]
Act = Callable[..., SavingsEntry]


@pytest.fixture
def send(in_melati: Cooperative) -> Send:
    """Send the public form."""

    def submit(name: str = "Tuti (rekaan)", **options: Any) -> Application:
        call = {"key": uuid4(), "at": NOON, "notice_version": "2026-11"}
        call |= {name: options.pop(name) for name in [*call] if name in options}
        particulars = Particulars(name=name, **options)
        return applications.submit(cooperative=in_melati, particulars=particulars, **call)

    return submit


@pytest.fixture
def accept(rini: User) -> Callable[..., Member]:
    """Verify an application as it was sent, but for what is given."""

    def take(application: Application, into: Member | None = None, **changes: Any) -> Member:
        names = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
        sent = {name: getattr(application, name) for name in names} | changes
        return applications.accept(
            application=application, particulars=Particulars(**sent), into=into, at=NOON, by=rini
        )

    return take


def _events(subject: Any, action: str) -> Any:
    return AuditEvent.objects.of(subject.cooperative_id).filter(action=action)


# --- Sending ---------------------------------------------------------------------------------


def test_what_is_sent_waits_and_keeps_version_and_time(send: Send) -> None:
    sent = send(nik=NIKS[0], rt="3", rw="11")
    assert (sent.state, sent.notice_version, sent.submitted_at) == ("waiting", "2026-11", NOON)
    assert (sent.rt, sent.rw, sent.sex) == ("003", "011", "F")
    assert sent.unsealed_nik() == NIKS[0].digits


def test_a_nik_on_the_register_is_taken_without_a_word(send: Send, wulan: Member) -> None:
    assert send(nik=NIKS[0]).state == ApplicationState.WAITING


def test_the_same_form_is_one_application(send: Send) -> None:
    key = uuid4()
    assert send(key=key, nik=NIKS[0]).id == send(key=key, nik=NIKS[0], at=NOON).id
    assert _events(send(key=key, nik=NIKS[0]), "application.submit").count() == 1


@pytest.mark.parametrize("change", [{"phone": "+6281200000009"}, {"nik": NIKS[1]}, {"name": "X"}])
def test_the_same_form_with_other_content_is_refused(send: Send, change: dict[str, Any]) -> None:
    key = uuid4()
    send(key=key, nik=NIKS[0])
    with pytest.raises(KeyReused):
        send(**{"key": key, "nik": NIKS[0]} | change)


def test_a_form_sent_again_after_the_decision_is_known(send: Send, accept: Any) -> None:
    key = uuid4()
    first = send(key=key, nik=NIKS[0])
    accept(first)
    assert send(key=key, nik=NIKS[0]).state == ApplicationState.ACCEPTED


def test_a_name_is_needed(send: Send) -> None:
    with pytest.raises(membership.RegistrationRefused):
        send(name="  ")


# --- Taking ----------------------------------------------------------------------------------


def test_a_new_person_comes_onto_the_register(send: Send, accept: Any, rini: User) -> None:
    sent = send(nik=NIKS[0], category="extraordinary", phone="+6281200000007")
    member = accept(sent, name="Tuti Astuti (rekaan)")
    assert (member.status, member.name) == (Status.APPLIED, "Tuti Astuti (rekaan)")
    assert (member.category, member.unsealed_nik()) == ("extraordinary", NIKS[0].digits)
    sent.refresh_from_db()
    assert (sent.state, sent.member_id, sent.decided_by) == ("accepted", member.id, rini)


def test_the_consent_of_the_form_goes_along(send: Send, accept: Any) -> None:
    sent = send(at=NOON - timedelta(days=3))
    consent = Consent.objects.of(sent.cooperative).get(member=accept(sent))
    assert (consent.is_given, consent.means) == (True, Means.WEB)
    assert (consent.notice_version, consent.at) == ("2026-11", sent.submitted_at)
    assert consent.recorded_by is None


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_decided_application_forgets_the_person(
    send: Send, accept: Any, rini: User, is_taken: bool
) -> None:
    sent = send(
        nik=NIKS[0],
        birth_place="Semarang",
        birth_date=date(1975, 3, 2),
        sex="F",
        address="Jl. Melati 1",
        rt="002",
        rw="005",
        phone="+6281200000007",
        occupation="Guru",
        is_civil_servant=True,
        agency="Dinas",
    )
    said = [field.name for field in Person._meta.get_fields()]
    assert [name for name in said if not getattr(sent, name)] == []
    if is_taken:
        accept(sent)
    else:
        applications.decline(application=sent, why="sudah pindah", at=NOON, by=rini)
    sent.refresh_from_db()
    assert {name: getattr(sent, name) for name in said if getattr(sent, name)} == {
        "name": "Tuti (rekaan)",
        "rt": "002",
        "rw": "005",
    }


def test_a_lead_is_taken_as_the_same_person(send: Send, accept: Any, enrol: Enrol) -> None:
    lead = enrol("TUTI", status=Status.LEAD, rw="005", address="Gang Dahlia 2")
    member = accept(send(nik=NIKS[0], phone="+6281200000007"), into=lead)
    assert (member.id, member.status) == (lead.id, Status.APPLIED)
    assert (member.name, member.phone) == ("Tuti (rekaan)", "+6281200000007")
    assert (member.rw, member.address) == ("005", "Gang Dahlia 2")
    assert member.unsealed_nik() == NIKS[0].digits


def test_who_has_paid_a_part_stays_incomplete(
    send: Send, accept: Any, wulan: Member, principal: SavingsKind, pay: Act
) -> None:
    pay(wulan, principal, 40_000)
    assert accept(send(nik=NIKS[0]), into=wulan).status == Status.INCOMPLETE


def test_a_member_is_not_taken_a_second_time(send: Send, accept: Any, ayu: Member) -> None:
    with pytest.raises(applications.ApplicationRefused) as refusal:
        accept(send(nik=NIKS[1]), into=ayu)
    assert "into" in refusal.value.fields


def test_a_person_with_another_nik_is_not_the_same(send: Send, accept: Any, wulan: Member) -> None:
    with pytest.raises(applications.ApplicationRefused):
        accept(send(nik=NIKS[5]), into=wulan)
    wulan.refresh_from_db()
    assert wulan.unsealed_nik() == NIKS[0].digits


def test_a_registered_nik_is_not_taken_as_somebody_new(
    send: Send, accept: Any, wulan: Member
) -> None:
    with pytest.raises(membership.RegistrationRefused) as refusal:
        accept(send(nik=NIKS[0]))
    assert "nik" in refusal.value.fields


def test_who_has_left_applies_once_more(send: Send, accept: Any, ayu: Member) -> None:
    Member.objects.of(ayu.cooperative).filter(id=ayu.id).update(status="left", left_on=MONDAY)
    member = accept(send(nik=NIKS[1]), into=ayu)
    assert (member.id, member.status) == (ayu.id, Status.APPLIED)
    assert (member.number, member.joined_on, member.left_on) == (None, None, None)
    event = _events(member, "member.readmit").get()
    assert event.details["number"] == 1


# --- Deciding once ---------------------------------------------------------------------------


def test_what_is_decided_is_not_decided_again(send: Send, accept: Any, rini: User) -> None:
    sent = send()
    accept(sent)
    with pytest.raises(applications.ApplicationDecided):
        accept(sent)
    with pytest.raises(applications.ApplicationDecided):
        applications.decline(application=sent, why="salah", at=NOON, by=rini)
    assert Member.objects.of(sent.cooperative).count() == 1


@pytest.mark.parametrize("why", ["", "  ", "x" * 201])
def test_declining_needs_a_reason_that_fits(send: Send, rini: User, why: str) -> None:
    with pytest.raises(applications.ApplicationRefused) as refusal:
        applications.decline(application=send(), why=why, at=NOON, by=rini)
    assert "why" in refusal.value.fields


def test_looking_at_the_nik_is_on_record(send: Send, rini: User) -> None:
    sent = send(nik=NIKS[0])
    assert applications.reveal_nik(application=sent, by=rini) == NIKS[0].digits
    assert _events(sent, "application.nik_reveal").get().actor == rini


@pytest.mark.parametrize(
    "change",
    [{"state": "accepted"}, {"state": "declined"}, {"decided_at": NOON}],
)
def test_the_database_keeps_decisions_whole(send: Send, change: dict[str, Any]) -> None:
    sent = send(nik=NIKS[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.of(sent.cooperative).filter(id=sent.id).update(**change)


# --- The queue -------------------------------------------------------------------------------


def _look(*rows: Application) -> list[queue.Waiting]:
    return queue.look(rows, rows[0].cooperative, on=MONDAY + timedelta(days=4))


def test_the_queue_says_what_is_missing_and_how_old_it_is(send: Send) -> None:
    bare, whole = _look(
        send(),
        send(nik=NIKS[0], phone="+6281200000007", address="Jl. Melati", rt="1", rw="2"),
    )
    assert bare.missing == ("NIK", "nomor HP", "alamat", "RT/RW", "tanggal lahir")
    assert (whole.missing, whole.age_days, whole.remarks) == ((), 4, [])


def test_a_nik_of_another_place_is_a_warning(send: Send) -> None:
    (seen,) = _look(send(nik=Nik("3322015203900001")))
    assert [warning.code for warning in seen.warnings] == ["nik_area"]
    assert "332201" not in " ".join(seen.remarks)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"nik": NIKS[0]}, [("Wulan (rekaan)", "nik")]),
        ({"phone": "+6281200000001"}, [("Wulan (rekaan)", "phone")]),
        ({"name": "wulan (REKAAN)"}, [("Wulan (rekaan)", "name")]),
        ({"nik": NIKS[5], "phone": "+6281200000001"}, []),
        ({"phone": "+6281299999999"}, []),
    ],
)
def test_the_clerk_sees_who_it_may_be(
    send: Send, wulan: Member, ayu: Member, sent: dict[str, Any], found: list[Any]
) -> None:
    (seen,) = _look(send(**sent))
    assert [(match.member.name, match.by) for match in seen.matches] == found


def test_only_who_is_no_member_can_take_it(send: Send, ayu: Member) -> None:
    (seen,) = _look(send(nik=NIKS[1]))
    assert [(match.is_certain, match.can_take) for match in seen.matches] == [(True, False)]


def test_the_same_nik_sent_twice_is_said(send: Send) -> None:
    first, _second = _look(send(nik=NIKS[0]), send(nik=NIKS[0], phone="+6281200000007"))
    assert first.sent_again == 1
    assert len(first.remarks) == 1


def test_looking_at_many_costs_no_more_than_at_one(send: Send) -> None:
    rows = [send(f"Orang {number}", nik=NIKS[number]) for number in range(6)]
    with CaptureQueriesContext(connection) as one:
        _look(rows[0])
    with CaptureQueriesContext(connection) as many:
        _look(*rows)
    assert len(one) == len(many) == 2


def test_the_queue_counts_and_orders(send: Send, accept: Any, rini: User) -> None:
    late, early = send("B"), send("A", at=NOON - timedelta(days=1))
    gone = send("C")
    applications.decline(application=gone, why="pindah", at=NOON, by=rini)
    here = late.cooperative
    assert list(queue.applications(here, "waiting")) == [early, late]
    assert queue.counts(here) == {"waiting": 2, "accepted": 0, "declined": 1}
    assert queue.waiting_count(here) == 2
    (seen,) = queue.look(list(queue.applications(here, "declined")), here, on=MONDAY)
    assert (seen.missing, seen.age_days) == ((), 0)
