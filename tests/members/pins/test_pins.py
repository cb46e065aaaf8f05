"""The PIN of a member: who gets one, what is too easy, and what becomes of it."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.hashers import check_password
from django.utils.translation import override

from kkmp.access.models import AuditEvent
from members.leaving.services.exits import Heir
from members.models import ExitReason, MemberPin
from members.pins.services import pins
from members.pins.services.pins import MemberPinChanged, MemberPinRefused
from members.register.models import Member
from members.register.services import leaving_open

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PIN = "482915"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def choose(rini):
    """Ayu types it at Rini's desk, who has seen her KTP."""

    def at_the_desk(member, digits=PIN, **changes):
        given = {"has_seen_ktp": True, "version": 0, "at": NOW, "by": rini} | changes
        return pins.choose(member=member, digits=digits, **given)

    return at_the_desk


def refused(words, call, refusal=MemberPinRefused):
    with pytest.raises(refusal, match=words) as found:
        call()
    return found.value


def events(member, *names):
    rows = AuditEvent.objects.of(member.cooperative_id).filter(subject_id=str(member.id))
    return rows.filter(action__in=names)


# --- Setting it ------------------------------------------------------------------------------


def test_the_pin_is_kept_as_a_hash_and_its_setting_is_on_record(ayu, choose, rini):
    pin = choose(ayu)
    assert PIN not in pin.digest
    (event,) = events(ayu, "member.pin_set")
    assert (event.actor, event.details["has_seen_ktp"]) == (rini, True)
    assert PIN not in str(event.details)


def test_the_hash_is_no_hash_of_the_digits_alone(ayu, choose):
    """A copy of the database without the server's key cannot be tried out."""
    assert not check_password(PIN, choose(ayu).digest)


def test_without_the_ktp_no_pin_is_set(ayu, choose):
    refusal = refused("Look at the KTP first", lambda: choose(ayu, has_seen_ktp=False))
    assert "has_seen_ktp" in refusal.fields
    assert not MemberPin.objects.of(ayu.cooperative_id).exists()


@pytest.mark.parametrize("digits", ["", "0012", "48291", "4829157", "48291a", "٤٨٢٩١٥"])
def test_a_pin_has_six_digits(ayu, choose, digits):
    refused("has 6 digits", lambda: choose(ayu, digits))


@pytest.mark.parametrize(
    "digits",
    ["000000", "777777", "121212", "112211", "123456", "654321", "890123", "321098", "482482"],
)
def test_a_plain_pin_is_refused(ayu, choose, digits):
    refused("too easy", lambda: choose(ayu, digits))


@pytest.mark.parametrize(
    "digits",
    [
        "120390",  # born on 12 March 1990
        "031290",
        "900312",
        "199075",
        "851990",
        "337411",  # of her NIK, 3374115203900002
        "520390",
        "900002",
        "400027",  # with its last four digits
        "281200",  # of her telephone number
        "730001",  # with her member number
    ],
)
def test_a_pin_that_her_papers_tell_is_refused(ayu, choose, digits):
    Member.objects.of(ayu.cooperative_id).filter(id=ayu.id).update(
        number=1, birth_date=date(1990, 3, 12)
    )
    refused("too easy", lambda: choose(ayu, digits))


def test_only_active_members_have_one(enrol, choose):
    refused("is not an active member", lambda: choose(enrol()))


def test_whose_leaving_waits_gets_none(rich, ask, choose):
    ask(rich)
    refused("Ayu", lambda: choose(rich), leaving_open.LeavingOpen)


def test_another_one_takes_its_place_and_both_are_on_record(ayu, choose, budi):
    choose(ayu)
    choose(ayu, "739104", version=1, by=budi)
    first, second = MemberPin.objects.of(ayu.cooperative_id).order_by("set_at", "id")
    assert (first.digest, first.ended_on) == ("", date(2026, 11, 23))
    assert (second.ended_on, second.set_by) == (None, budi)
    (event,) = events(ayu, "member.pin_reset")
    assert (event.actor, event.details["was_blocked"]) == (budi, False)


def test_a_page_that_was_open_before_sets_none(ayu, choose):
    choose(ayu)
    refused(r"Another PIN was set meanwhile, by Rini", lambda: choose(ayu), MemberPinChanged)
    assert MemberPin.objects.of(ayu.cooperative_id).count() == 1


# --- Leaving ---------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [ExitReason.RESIGNED, ExitReason.DIED])
def test_who_left_or_died_has_no_pin_any_more(rich, ask, decide, choose, reason):
    choose(rich)
    heir = {"heir": Heir("Tini (rekaan)", "anak")} if reason == ExitReason.DIED else {}
    decide(ask(rich, reason, **heir))
    pin = MemberPin.objects.of(rich.cooperative_id).get()
    assert (pin.digest, pin.ended_on) == ("", date(2026, 11, 23))
    refused("is not an active member", lambda: choose(rich, "739104", version=1))
