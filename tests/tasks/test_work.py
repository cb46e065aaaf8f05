"""What may stand in the queue, and what work may touch."""

import pytest
from django.db import connection, transaction

from kkmp.registry import scope
from kkmp.registry.scope import CrossedScopes
from kkmp.tasks.work import ArgumentRefused
from members.register.services import membership
from members.register.services.membership import Particulars
from tests.conftest import MONDAY
from tests.tasks import pieces
from tests.tasks.conftest import queued


@pytest.fixture
def member(melati, rini):
    with scope.cooperative(melati.pk):
        return membership.register(
            cooperative=melati, particulars=Particulars(name="Ani (rekaan)"), on=MONDAY, by=rini
        )


@pytest.fixture
def at_once(settings):
    """Work is done where it is asked for."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    pieces.done.clear()


def test_asking_writes_a_row_of_the_application(in_melati):
    pieces.note.enqueue(cooperative_id=str(in_melati.pk), name="hello")
    [row] = queued("note")
    assert row.args_kwargs == {
        "args": [],
        "kwargs": {"cooperative_id": str(in_melati.pk), "name": "hello"},
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableowner = current_user, current_user LIKE %s FROM pg_tables"
            " WHERE tablename = 'django_tasks_database_dbtaskresult'",
            ["%\\_app"],
        )
        assert cursor.fetchone() == (False, True)


def test_what_is_asked_for_in_vain_is_not_there(in_melati):
    with transaction.atomic():
        pieces.note.enqueue(cooperative_id=str(in_melati.pk), name="hello")
        transaction.set_rollback(True)
    assert not queued("note")


@pytest.mark.parametrize(
    "value",
    ["3374115501900001", 3374115501900001, "Siti Aminah", "081234567890", "", None, ["a"], "2026"],
)
def test_nothing_that_people_have_told_goes_into_the_queue(in_melati, value):
    with pytest.raises(ArgumentRefused):
        pieces.note.enqueue(cooperative_id=str(in_melati.pk), name=value)
    assert not queued("note")


@pytest.mark.parametrize("value", ["check_books", "2026-11-30"])
def test_names_of_ours_and_days_do(in_melati, value):
    pieces.note.enqueue(cooperative_id=str(in_melati.pk), name=value)
    assert len(queued("note")) == 1


def test_a_task_says_which_cooperative_it_serves(melati):
    with pytest.raises(ArgumentRefused):
        pieces.note.enqueue(name="hello")
    with pytest.raises(ArgumentRefused):
        pieces.note.enqueue(str(melati.pk), "hello")
    with pytest.raises(ArgumentRefused):
        pieces.count_without_scope.enqueue(cooperative_id=str(melati.pk))


def test_a_transaction_asks_only_for_its_own_cooperative(in_melati, mawar):
    with pytest.raises(CrossedScopes):
        pieces.note.enqueue(cooperative_id=str(mawar.pk), name="hello")


def test_work_sees_the_rows_of_its_cooperative(at_once, melati, member):
    pieces.count_members.enqueue(cooperative_id=str(melati.pk))
    assert pieces.done == ["1"]


def test_work_opens_no_other_scope(at_once, melati, mawar, caplog):
    pieces.look_at_another.enqueue(cooperative_id=str(melati.pk), other_id=str(mawar.pk))
    pieces.look_at_the_city.enqueue(cooperative_id=str(melati.pk))
    assert pieces.done == []
    faults = [line.exc_info[0] for line in caplog.records if line.name == "kkmp.tasks.work"]
    assert faults == [CrossedScopes, CrossedScopes]


@pytest.mark.raw_statements
def test_shared_work_sees_no_rows_of_a_cooperative(at_once, melati, member):
    pieces.count_without_scope.enqueue(id=str(melati.pk))
    assert pieces.done == ["0"]
