"""What is due every night is asked for once, for each cooperative, and says what it found."""

import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import CommandError, get_commands

from finance.ledger import checks
from kkmp.registry.models import Cooperative
from kkmp.tasks import nightly
from kkmp.tasks.models import Night
from kkmp.tasks.nightly import Nightly
from kkmp.tasks.work import WorkFailed
from tests.tasks.conftest import queued

#: One in the morning in Semarang, of the 24th.
ONE_AT_NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def books(monkeypatch):
    """Only one command is nightly."""
    one = Nightly("check_books", at=time(1, 0))
    monkeypatch.setattr(nightly, "_registered", {one.command: one})
    return one


@pytest.fixture
def known(books, melati, mawar):
    """It was due before."""
    Night.objects.create(command=books.command, day=date(2026, 11, 20))


def test_the_checks_and_the_clearing_are_nightly():
    assert [(one.command, one.each_cooperative) for one in nightly.registered()] == [
        ("forget_exports", True),
        ("forget_tries", False),
        ("check_books", True),
        ("check_figures", True),
        ("clearsessions", False),
        ("forget_tasks", False),
    ]
    assert {one.command for one in nightly.registered()} <= get_commands().keys()


@pytest.mark.parametrize("command", [one.command for one in nightly.registered()])
def test_each_nightly_command_runs_at_a_cooperative_or_for_all(command, melati, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    if command in ("clearsessions", "forget_tasks", "forget_tries"):
        result = nightly.for_all.enqueue(command=command)
    else:
        result = nightly.at_cooperative.enqueue(cooperative_id=str(melati.pk), command=command)
    assert result.status == "SUCCESSFUL", result.errors


def test_each_cooperative_has_a_task_of_its_own(known):
    assert nightly.ask(at=ONE_AT_NIGHT) == ["check_books"]
    asked = [row.args_kwargs["kwargs"] for row in queued("at_cooperative")]
    everywhere = Cooperative.objects.order_by("code").values_list("pk", flat=True)
    assert asked == [{"cooperative_id": str(pk), "command": "check_books"} for pk in everywhere]


def test_a_night_is_asked_for_once(known):
    assert nightly.ask(at=ONE_AT_NIGHT)
    assert not nightly.ask(at=ONE_AT_NIGHT)
    assert not nightly.ask(at=ONE_AT_NIGHT + timedelta(hours=23, minutes=59))
    assert nightly.ask(at=ONE_AT_NIGHT + DAY)


def test_it_waits_for_its_hour_in_semarang(known):
    Night.objects.create(command="check_books", day=date(2026, 11, 23))
    assert not nightly.ask(at=ONE_AT_NIGHT - timedelta(seconds=1))
    assert nightly.ask(at=ONE_AT_NIGHT)
    assert Night.objects.filter(day=date(2026, 11, 24)).exists()


def test_a_machine_that_was_off_at_night_catches_up_with_the_last_one(known):
    assert nightly.ask(at=ONE_AT_NIGHT + timedelta(hours=7))
    assert set(Night.objects.values_list("day", flat=True)) == {
        date(2026, 11, 20),
        date(2026, 11, 24),
    }


def test_a_new_installation_begins_with_the_next_night(books, melati):
    assert not nightly.ask(at=ONE_AT_NIGHT + timedelta(hours=7))
    assert not queued("at_cooperative")
    assert nightly.ask(at=ONE_AT_NIGHT + DAY)


def test_a_difference_fails_the_task_and_the_log_says_where_to_look(melati, monkeypatch, caplog):
    monkeypatch.setattr(checks, "differences", lambda _one: ["account of Siti Aminah differs"])
    with pytest.raises(WorkFailed), caplog.at_level(logging.ERROR):
        nightly.at_cooperative.call(cooperative_id=str(melati.pk), command="check_books")
    assert f"`manage.py check_books --cooperative {melati.code}`" in caplog.text
    assert "Siti" not in caplog.text


def test_a_command_that_fails_says_nothing_of_its_own(melati, monkeypatch):
    def refuse(*_arguments, **_options):
        raise CommandError("Siti Aminah")

    monkeypatch.setattr(nightly, "call_command", refuse)
    with pytest.raises(WorkFailed, match=r"^check_books$") as fault:
        nightly.at_cooperative.call(cooperative_id=str(melati.pk), command="check_books")
    assert fault.value.__suppress_context__
